"""The kiosk's window over the whole panel, and back there when something moved, shrank, hid or covered it.

A window manager is not asked: what it does not manage it can't minimise, move or close, and on a kiosk there is none.
Other programs still may do so, and nothing tells of a window that is laid over this one: so it is looked after.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LOOK_MS: Final = 500
"""How long something may lie over the window."""

DISTURBED: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Hide,
        QEvent.Type.WindowStateChange,
        QEvent.Type.WindowDeactivate,
    }
)


class Hold(QObject):
    """Shows ``window`` over the whole panel, without a pointer, and keeps it there as long as it lives."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
        window.setCursor(Qt.CursorShape.BlankCursor)
        window.setGeometry(window.screen().geometry())
        window.showFullScreen()
        window.installEventFilter(self)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._put_back)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self._put_back)
        self._looks.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in DISTURBED:
            self._soon.start()
        return False

    def _put_back(self) -> None:
        window, handle = self._window, self._window.windowHandle()
        if handle is None:
            return
        if not (window.isVisible() and handle.isExposed()):
            window.hide()  # or Qt takes a window that somebody else unmapped for shown
            window.showFullScreen()
        panel = window.screen().geometry()
        if window.geometry() != panel:
            window.setGeometry(panel)
        if QGuiApplication.platformName() == "xcb":  # elsewhere nobody may lay a window over another's
            window.raise_()
