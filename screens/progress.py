"""How far a form is: a segment for each step, and the same in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens import say
from screens.layout import Across
from screens.text import Text
from screens.theme import CAPTION, Theme
from screens.words import Words

_SHORT, _LONG, _THICK, _GAP = 40, 64, 12, 8


class Segments(QWidget):
    """Done and now are filled, now is longer; later is pale, or an outline in high contrast."""

    def __init__(self, theme: Theme, step: int, steps: int) -> None:
        super().__init__()
        self._theme, self._step, self._steps = theme, step, steps

    def sizeHint(self) -> QSize:
        wide = _LONG + (self._steps - 1) * (_SHORT + _GAP)
        return QSize(self._theme.px(wide), self._theme.px(_THICK))

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(_THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0
        for at in range(1, self._steps + 1):
            wide = theme.px(_LONG if at == self._step else _SHORT)
            box = QRectF(x, 0, wide, theme.px(_THICK))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("action" if at <= self._step else "track"))
            if at > self._step and theme.roles.outlined:
                painter.setPen(QPen(theme.colour("edge"), 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box.adjust(2, 2, -2, -2)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            x += wide + theme.px(_GAP)
        painter.end()


def progress(theme: Theme, step: int, steps: int, subject: Words | None) -> Across:
    """The line above the title of a form's question."""
    words = say.step_of(step, steps, subject).into(theme.look.language)
    return Across(theme, (Segments(theme, step, steps), Text(theme, words, CAPTION, "ink2")), (0, 1), 16, stretch=False)
