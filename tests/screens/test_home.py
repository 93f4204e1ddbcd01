"""A name is shown as it is written, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.home import HomeScreen
from screens.pages import Home
from screens.window import KioskWindow
from tests.screens.rules import broken

PLAIN = MODES[0]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, HomeScreen.SAMPLES["plain"])
    yield made
    put_away(made)


def test_a_name_with_markup_is_shown_as_it_is_written(window: KioskWindow) -> None:
    assert "<b>王</b>*，晚上好" in window.words_shown()
    assert not window.findChildren(QLabel)
    assert not window.findChildren(QLineEdit)


def test_a_hostile_name_neither_breaks_the_page_nor_turns_the_text_round(window: KioskWindow) -> None:
    page = HomeScreen.SAMPLES["booked"]
    assert isinstance(page, Home)
    for name in ("\x1b@\x1dV\x00王*", "王" * 60 + "*", "\u202eeman*", "Z" + "\u0301" * 400, "𠮷*", "مريم*"):
        window.show_page(replace(page, name=name), card_inside=True)
        assert "\x1b" not in window.words_shown()
        assert "\u202e" not in window.words_shown()
        assert not [fault for fault in broken(window) if "reaches" in fault or "overlap" in fault], name
