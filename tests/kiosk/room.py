"""A window, its lanes and a clock that is moved by hand: all that a visit on the screen needs, and all of it real."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kiosk.lanes import Lane
from kiosk.session import Session
from kiosk.steps import Ask, Visit
from screens.gallery import put_away
from screens.pages import Page
from screens.window import KioskWindow

PACE = 1 / 64
"""A second of a citizen's is so many of the clock, without a rounding error; ticks then come as fast as they can."""

PATIENCE_MS = 20_000
"""Only a failing test ever waits that long."""


class HandClock:
    """Time that passes when it is told to; it knows how often it was looked at."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self._seconds

    def pass_(self, seconds: float) -> None:
        """``seconds`` as the citizen counts them."""
        self._seconds += seconds * PACE


class Hang:
    """A call on a lane that hangs until it is let go, and tells when it began and ended."""

    def __init__(self, result: object = None) -> None:
        self._result = result
        self.began, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.thread: threading.Thread | None = None

    def __call__(self) -> object:
        self.thread = threading.current_thread()
        self.began.set()
        self.go.wait(10)
        self.ended.set()
        return self._result


class Room:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = KioskWindow(locked=False)
        self.window.show()
        self.clock = HandClock()
        self.lanes = {name: Lane(name) for name in ("store", "printer", "sheets", "hall", "journal")}
        self.ends: list[BaseException | None] = []
        self.warnings = 0
        self.session: Session | None = None

    def begin(self, visit: Visit, has_card: bool = False) -> Session:
        session = Session(visit, self.window, self.lanes, PACE, has_card, self.clock)
        session.ended.connect(self.ends.append)
        session.warned.connect(self._count_warning)
        self.session = session
        session.begin()
        return session

    def _count_warning(self) -> None:
        self.warnings += 1

    def page(self) -> Page[Any] | None:
        return self.window.page()

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE_MS)

    def until_page(self, kind: type[Page[Any]]) -> None:
        self.until(lambda: isinstance(self.page(), kind))

    def wait(self, seconds: float) -> None:
        """Let the citizen's time pass; returns when the session has seen it, or has ended by it."""
        self.clock.pass_(seconds)
        looks, ends = self.clock.looks, len(self.ends)
        self.until(lambda: self.clock.looks > looks + 2 or len(self.ends) > ends)

    def pressable(self) -> set[str]:
        found = self.window.findChildren(QAbstractButton)
        return {key.objectName() for key in found if key.isVisible() and key.isEnabled() and key.objectName()}

    def press(self, name: str) -> None:
        found = [key for key in self.window.findChildren(QAbstractButton, name) if key.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} of it in {self.pressable()}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        """Let everything that was posted happen, deletions too."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    def close(self) -> None:
        if self.session is not None:
            self.session.deleteLater()
        for lane in self.lanes.values():
            assert lane.stop(), f"{lane.name} hangs"
        put_away(self.window)


@contextmanager
def room_for(qtbot: QtBot) -> Iterator[Room]:
    room = Room(qtbot)
    try:
        yield room
    finally:
        room.close()


async def asks(*pages: Page[Any], heard: list[Any]) -> None:
    """Ask one page after the other and remember what came."""
    for page in pages:
        try:
            heard.append(await Ask(page))
        except Exception as left:
            heard.append(left)
            raise


def busy(room: Room, lane: str = "store") -> Hang:
    """Whatever comes next on this lane waits until this is let go."""
    hang = Hang()
    room.lanes[lane].submit(hang, lambda _result, _error: None)
    return hang


def through(room: Room, lane: str) -> None:
    """Return when the lane has done all it was given, and the shift has heard of it."""
    done: list[object] = []
    room.lanes[lane].submit(lambda: None, lambda *_: done.append(1))
    room.until(lambda: done)
