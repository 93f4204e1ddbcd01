"""A kiosk shows pages for months: nothing may grow with the number of pages shown."""

from __future__ import annotations

import gc
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away, samples
from screens.pages import Page
from screens.screen import Screen
from screens.window import KioskWindow


def _visit(window: KioskWindow, pages: list[Page[Any]], rounds: int) -> None:
    for at in range(rounds):
        window.show_page(pages[at % len(pages)], card_inside=True)
        window.warn(20)
        window.calm()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _screens_alive() -> int:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return sum(isinstance(each, Screen) for each in gc.get_objects())


def _counts(window: KioskWindow) -> tuple[int, int, int, int]:
    window.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    alive = gc.get_objects()
    screens = sum(isinstance(each, Screen) for each in alive)
    widgets = sum(isinstance(each, QWidget) for each in alive)
    return len(window.findChildren(QObject)), screens, widgets, len(alive)


def test_three_hundred_pages_leave_nothing_behind(qtbot: QtBot) -> None:
    others = _screens_alive()  # of windows that earlier tests have not let go of yet
    pages = [page for _, page in samples()]
    window = dressed(MODES[0], pages[0])
    _visit(window, pages, len(pages) * 2)
    children, screens, widgets, objects = _counts(window)
    _visit(window, pages, 300)
    after = _counts(window)
    put_away(window)
    assert after[:3] == (children, screens, widgets)
    assert screens == others
    assert (after[3] - objects) / 300 < 0.1, f"{after[3] - objects} objects more after 300 pages"


def test_void_calls_keep_the_reference_counts_of_none_and_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses a reference on each void call and aborts in the end; the pinned release does not."""
    widget = QWidget()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1_000):
        widget.update()
        widget.setEnabled(True)
        widget.resize(10, 10)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(abs(now - then) < 50 for now, then in zip(after, before, strict=True))
