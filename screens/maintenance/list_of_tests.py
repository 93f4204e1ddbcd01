"""The list of guided tests: what is done, what is under way, what is to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.glyph import Glyph
from screens.layout import Panel, ground
from screens.pages import TestRow, TestState
from screens.text import RIGHT, Text
from screens.theme import CAPTION, HINT, LEAD, Theme
from screens.words import Words

TALL: Final = 60
LEAST: Final = 44
PADDING: Final = 16
_ICON, _SIDE = 40, 24
_LOOKS: Final = {
    TestState.WAITS: ("circle", "ink2"),
    TestState.RUNS: ("arrow-right", "action"),
    TestState.PASSED: ("circle-check", "ok"),
    TestState.FAILED: ("octagon-x", "bad"),
}


class _Line(QWidget):
    """One test. The one that is judged now has a ground of its own, and its words are bold."""

    def __init__(
        self, theme: Theme, say_: Callable[[Words], str], number: int, row: TestRow, now: bool, tall: int
    ) -> None:
        super().__init__()
        self._theme, self._now, self._tall = theme, now, tall
        icon, role = _LOOKS[row.state]
        self._icon = Glyph(theme, icon, _ICON, role)
        small = tall < theme.px(TALL)
        face = (HINT if small else LEAD).bolder() if now else HINT if small else LEAD
        self._name = Text(theme, f"{number}. {say_(row.name)}", face, most_lines=1)
        state = " ".join(part for part in (say_(say.STATES[row.state]), row.at) if part)
        self._state = Text(theme, state, CAPTION, "ink" if now and role != "action" else role, RIGHT, 1)
        for part in (self._icon, self._name, self._state):
            part.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self._tall

    def resizeEvent(self, event: QResizeEvent) -> None:
        px, tall = self._theme.px, self.height()
        side, state = px(_SIDE), self._state.sizeHint().width()
        self._icon.setGeometry(side, (tall - px(_ICON)) // 2, px(_ICON), px(_ICON))
        left = side + px(_ICON + 18)
        self._name.setGeometry(left, 0, self.width() - left - state - side - px(12), tall)
        self._state.setGeometry(self.width() - side - state, 0, state, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._now:
            painter = QPainter(self)
            ground(painter, self._theme, self.rect(), "soft", radius=8)
            painter.end()


def list_of_tests(theme: Theme, say_: Callable[[Words], str], rows: Sequence[TestRow], at: int, most: int) -> Panel:
    """All tests on a panel that is at most ``most`` pixels tall, as far as the rows' words let it."""
    padding = theme.px(PADDING)
    tall = max(theme.px(LEAST), min(theme.px(TALL), (most - 2 * padding) // max(1, len(rows))))
    lines = [_Line(theme, say_, number + 1, row, number == at, tall) for number, row in enumerate(rows)]
    return Panel(theme, lines, 0, PADDING)
