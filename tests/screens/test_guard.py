"""Only a touch gets through to the window: of every other kind of event, no widget in it ever hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.menu import MenuScreen
from screens.window import KioskWindow
from tests.screens.hands import answers_of, key

AT: Final = QPoint(40, 40)
NO_KEYS: Final = Qt.KeyboardModifier.NoModifier
LURE: Final = QMimeData()
LURE.setText("990101199001011234")
LURE.setUrls([QUrl("https://localhost/"), QUrl.fromLocalFile("/etc/passwd")])


def _typed(kind: QEvent.Type, which: Qt.Key, text: str = "") -> Callable[[], QEvent]:
    return lambda: QKeyEvent(kind, which, NO_KEYS, text)


def _clicked(kind: QEvent.Type, button: Qt.MouseButton) -> Callable[[], QEvent]:
    return lambda: QMouseEvent(kind, QPointF(AT), QPointF(AT), button, button, NO_KEYS)


def _turned() -> QEvent:
    still, down = QPoint(), QPoint(0, -120)
    return QWheelEvent(
        QPointF(AT), QPointF(AT), still, down, Qt.MouseButton.NoButton, NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False
    )


def _dragged(kind: type[QDragEnterEvent | QDragMoveEvent]) -> Callable[[], QEvent]:
    return lambda: kind(AT, Qt.DropAction.CopyAction, LURE, Qt.MouseButton.LeftButton, NO_KEYS)


def _dropped() -> QEvent:
    return QDropEvent(QPointF(AT), Qt.DropAction.CopyAction, LURE, Qt.MouseButton.LeftButton, NO_KEYS)


PRESS, RELEASE, TWICE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)
EVENTS: Final[dict[str, Callable[[], QEvent]]] = {
    "letter": _typed(QEvent.Type.KeyPress, Qt.Key.Key_A, "a"),
    "space": _typed(QEvent.Type.KeyPress, Qt.Key.Key_Space, " "),
    "return": _typed(QEvent.Type.KeyRelease, Qt.Key.Key_Return, "\r"),
    "tab": _typed(QEvent.Type.KeyPress, Qt.Key.Key_Tab, "\t"),
    "power": _typed(QEvent.Type.KeyPress, Qt.Key.Key_PowerOff),
    "shortcut": _typed(QEvent.Type.ShortcutOverride, Qt.Key.Key_Q),
    "composed": lambda: QInputMethodEvent("ni", []),
    "menu": lambda: QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, AT, AT),
    "tool tip": lambda: QHelpEvent(QEvent.Type.ToolTip, AT, AT),
    "what is this": lambda: QHelpEvent(QEvent.Type.WhatsThis, AT, AT),
    "wheel": _turned,
    "drag in": _dragged(QDragEnterEvent),
    "drag over": _dragged(QDragMoveEvent),
    "drop": _dropped,
    "gesture": lambda: QGestureEvent([]),
    "right press": _clicked(PRESS, Qt.MouseButton.RightButton),
    "right release": _clicked(RELEASE, Qt.MouseButton.RightButton),
    "middle twice": _clicked(TWICE, Qt.MouseButton.MiddleButton),
    "eighth button": _clicked(PRESS, Qt.MouseButton.BackButton),
}


class Ear(QWidget):
    """Hears all that reaches it, and would take it."""

    def __init__(self, parent: QWidget) -> None:
        self.heard: list[QEvent.Type] = []
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def event(self, event: QEvent) -> bool:
        self.heard.append(event.type())
        return super().event(event)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], MenuScreen.SAMPLES["no-card"])
    yield made
    put_away(made)


@pytest.mark.parametrize("make", EVENTS.values(), ids=EVENTS.keys())
def test_what_is_no_touch_reaches_nothing_in_the_window(window: KioskWindow, make: Callable[[], QEvent]) -> None:
    said = answers_of(window)
    ear = Ear(window)
    ear.show()
    typed = key(window, "choice:typed")
    typed.setFocus()
    before, glass = window.words_shown(), window.grab().toImage()
    for target in (ear, typed, window, window.windowHandle()):
        QCoreApplication.sendEvent(target, make())
    assert make().type() not in ear.heard
    assert said == []
    assert window.words_shown() == before
    assert window.grab().toImage() == glass


def test_a_press_that_is_no_touch_does_not_keep_a_visit_alive(window: KioskWindow) -> None:
    told: list[bool] = []
    window.touched.connect(partial(told.append, True))
    for press in (PRESS, TWICE):
        for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            QCoreApplication.sendEvent(key(window, "choice:typed"), _clicked(press, button)())
    assert told == []
    QCoreApplication.sendEvent(window, _clicked(PRESS, Qt.MouseButton.LeftButton)())
    assert told == [True]


def test_a_finger_that_slides_off_a_key_or_onto_one_presses_nothing(window: KioskWindow) -> None:
    said = answers_of(window)
    typed = key(window, "choice:typed")
    left = Qt.MouseButton.LeftButton
    outside = QPoint(-30, -30)

    def put(kind: QEvent.Type, at: QPoint, target: QWidget) -> None:
        place = QPointF(at)
        QCoreApplication.sendEvent(target, QMouseEvent(kind, place, place, left, left, NO_KEYS))

    put(PRESS, AT, typed)
    put(QEvent.Type.MouseMove, outside, typed)
    put(RELEASE, outside, typed)
    put(PRESS, AT, window)
    put(RELEASE, AT, typed)
    assert said == []
