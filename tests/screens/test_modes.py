"""Every screen, in every language and mode, keeps the rules of the look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away, samples, turn
from tests.screens.rules import broken_on_all_pages


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_screen_keeps_the_rules(qtbot: QtBot, mode: Mode) -> None:
    found: dict[str, list[str]] = {}
    pages = dict(samples())
    window = dressed(mode, next(iter(pages.values())))
    for name, page in pages.items():
        turn(window, page)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the page before
        if faults := broken_on_all_pages(window):
            found[name] = faults
    put_away(window)
    assert found == {}
