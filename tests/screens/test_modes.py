"""Every screen, in every language and mode, keeps the rules of the look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away, samples, turn
from screens.keys import Button
from screens.window import KioskWindow
from tests.screens.rules import broken

MOST_PAGES = 12


def _broken_on_all_pages(window: KioskWindow) -> list[str]:
    """The rules broken here and on every further page that the blocks are spread over."""
    found = broken(window)
    for _ in range(MOST_PAGES):
        after = [key for key in window.findChildren(Button, "page:after") if key.isVisibleTo(window)]
        if not after:
            return found
        after[0].click()
        QApplication.processEvents()
        found += broken(window)
    return [*found, f"more than {MOST_PAGES} pages"]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_screen_keeps_the_rules(qtbot: QtBot, mode: Mode) -> None:
    found: dict[str, list[str]] = {}
    pages = dict(samples())
    window = dressed(mode, next(iter(pages.values())))
    for name, page in pages.items():
        turn(window, page)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the page before
        if faults := _broken_on_all_pages(window):
            found[name] = faults
    put_away(window)
    assert found == {}
