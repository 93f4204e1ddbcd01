"""A number that is typed is never shown whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.type_number import TypeNumberScreen
from screens.window import KioskWindow
from tests.screens.hands import key, press

PLAIN = MODES[0]
NUMBER = TypeNumberScreen.SAMPLES["first"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, NUMBER)
    yield made
    put_away(made)


def test_typed_numbers_are_never_shown_whole(window: KioskWindow) -> None:
    press(window, *(f"digit:{each}" for each in "990101198001010028"))
    assert "990101198001010028" not in window.words_shown()
    assert "990•••••••••••0028" in window.words_shown()
    assert "990101198001010028" not in repr(window.findChildren(QWidget))


def test_x_is_taken_as_the_last_character_only(window: KioskWindow) -> None:
    press(window, "digit:X", "digit:9", "digit:X")
    assert "1/18" in window.words_shown()
    assert not key(window, "primary").isEnabled()
    press(window, "erase")
    assert "0/18" in window.words_shown()
