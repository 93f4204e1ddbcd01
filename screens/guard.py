"""What a public screen must not react to: keyboards, all but the first button of a mouse, drops, input methods.

A reader in keyboard-wedge mode types, and a space activates a focused button:
so no key event reaches a widget of the kiosk's window. What acts is a touch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

DROPPED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.InputMethod,
        QEvent.Type.ContextMenu,
        QEvent.Type.HelpRequest,
        QEvent.Type.WhatsThis,
        QEvent.Type.ToolTip,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.Wheel,
        QEvent.Type.Gesture,
        QEvent.Type.NativeGesture,
    }
)
PRESSES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease}
)
TOUCHES: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})


class Guard(QObject):
    """Watches all events of the application for one window; ``touched`` is given the widget at each press in it."""

    def __init__(self, window: QWidget, touched: Callable[[QWidget], None]) -> None:
        super().__init__(window)
        self._window = window
        self._touched = touched
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in DROPPED or (kind in PRESSES and not _by_finger(event)):
            return self._ours(watched)
        if kind in TOUCHES and isinstance(watched, QWidget) and self._ours(watched):
            self._touched(watched)
        return False

    def _ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched is self._window or self._window.isAncestorOf(watched)
        return watched is self._window.windowHandle()


def _by_finger(event: QEvent) -> bool:
    """A touch arrives as the first button of a mouse."""
    return isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton
