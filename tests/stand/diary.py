"""When a kiosk showed what, and when its devices spoke: times that can be compared over processes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from kiosk.app import Kiosk

_KEPT: Final = 10_000


class Diary(QObject):
    """Marks are (seconds by the machine's monotonic clock, what): names of kinds only, nothing of a citizen.

    ``page:Home``: that page was painted, whole, for the first time.
    ``told:CardRead``: a device or the hall said so; the time is that of its own thread.
    ``press:primary``: the finger came down.

    ``started`` is called when the first page was painted.
    """

    def __init__(self, kiosk: Kiosk, started: Callable[[], None]) -> None:
        super().__init__()
        self._window = kiosk.window
        self._marks: deque[tuple[float, str]] = deque(maxlen=_KEPT)
        self._seen: object = None
        self._started = started
        self._window.installEventFilter(self)
        kiosk.watch.told.connect(self._on_told, Qt.ConnectionType.DirectConnection)

    def mark(self, what: str) -> None:
        self._marks.append((time.monotonic(), what))

    def take(self) -> list[tuple[float, str]]:
        """Everything since it was last asked for."""
        return [self._marks.popleft() for _ in range(len(self._marks))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        page = self._window.page()
        if event.type() == QEvent.Type.Paint and page is not self._seen:
            if self._seen is None:
                QTimer.singleShot(0, self._started)
            self._seen = page
            # the event under way paints the window, then all that is in it, then the glass
            QTimer.singleShot(0, partial(self.mark, f"page:{type(page).__name__}"))
        return False

    def _on_told(self, news: Any) -> None:
        self.mark(f"told:{type(news).__name__}")
