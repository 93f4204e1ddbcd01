"""A dot for each digit of a PIN that was typed. The digits themselves never come here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.theme import Theme

_TALL, _DOT, _STEP = 120, 32, 88


class PinDots(QWidget):
    """Places for ``most`` digits; those that may be left empty are fainter than the first ``least``."""

    private = True

    def __init__(self, theme: Theme, least: int, most: int) -> None:
        super().__init__()
        self._theme, self._least, self._most, self._count = theme, least, most, 0

    def said(self) -> str:
        return "•" * self._count

    def put(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(self.said())
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(_TALL)

    def fits(self) -> bool:
        return self._theme.px(self._most * _STEP) <= self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("action"), px(6)))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), px(12), px(12))
        dot, step = px(_DOT), px(_STEP)
        x = (self.width() - step * self._most) // 2 + (step - dot) // 2
        for at in range(self._most):
            filled = at < self._count
            role = "ink" if filled else "edge" if at < self._least else "line"
            painter.setPen(QPen(theme.colour(role), px(3)))
            painter.setBrush(theme.colour(role) if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(x, (self.height() - dot) / 2, dot, dot))
            x += step
        painter.end()
