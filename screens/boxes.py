"""Boxes for a few digits, one each, with a caret in the one that comes next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.theme import H1, Theme
from screens.typeset import draw, typeset

_SIDE, _GAP = 112, 16


class Boxes(QWidget):
    """``count`` boxes. Never read aloud into the room."""

    private = True

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._theme, self._count, self._digits = theme, count, ""

    def said(self) -> str:
        return " ".join(self._digits)

    def put(self, digits: str) -> None:
        self._digits = digits
        self.setAccessibleName(f"{len(digits)}/{self._count}")
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(self._count * px(_SIDE) + (self._count - 1) * px(_GAP), px(_SIDE))

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(_SIDE)

    def fits(self) -> bool:
        return self.width() >= self.sizeHint().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self.width() - self.sizeHint().width()
        for at in range(self._count):
            box = QRect(x, 0, px(_SIDE), px(_SIDE))
            active = at == len(self._digits)
            stroke = px(6 if active else 4 if theme.roles.outlined else 3)
            half = (stroke + 1) // 2
            painter.setPen(QPen(theme.colour("action" if active else "edge"), stroke))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(box.adjusted(half, half, -half, -half), px(12), px(12))
            if active:
                middle = box.center()
                painter.fillRect(middle.x() - px(2), middle.y() - px(30), px(5), px(60), theme.colour("action"))
            elif at < len(self._digits):
                made = typeset(self._digits[at], H1, theme, box.width())
                place = box.adjusted(0, (box.height() - made.height) // 2, 0, 0)
                draw(painter, made, place, theme.colour("ink"), Qt.AlignmentFlag.AlignHCenter)
            x += px(_SIDE + _GAP)
        painter.end()
