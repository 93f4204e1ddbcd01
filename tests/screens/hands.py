"""What tests do to a window with a finger, and what it answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from screens.window import KioskWindow


def answers_of(window: KioskWindow) -> list[object]:
    """A list that fills with what the window answers."""
    said: list[object] = []
    window.answered.connect(said.append)
    return said


def key(window: KioskWindow, name: str) -> QAbstractButton:
    found = [each for each in window.findChildren(QAbstractButton, name) if each.isVisibleTo(window)]
    assert len(found) == 1, f"{name}: {len(found)} of it"
    return found[0]


def press(window: KioskWindow, *names: str) -> None:
    for name in names:
        QTest.mouseClick(key(window, name), Qt.MouseButton.LeftButton)
