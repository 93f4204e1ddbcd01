"""The countdown: a ring that loses one step a second. It never flashes and never turns red."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.theme import CAPTION, Face, Theme
from screens.typeset import draw, typeset


class Ring(QWidget):
    """``seconds`` of ``of`` are left. ``units`` is the diameter, ``stroke`` the width of the band."""

    def __init__(self, theme: Theme, units: int = 84, stroke: int = 8, face: Face | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._face = face or Face(CAPTION.mm + 1, CAPTION.elder_mm - 1, True, 1.0)
        self._stroke = theme.px(stroke)
        self._seconds, self._of = 0, 1
        self.setFixedSize(theme.px(units), theme.px(units))

    def said(self) -> str:
        return str(self._seconds)

    def show_left(self, seconds: int, of: int) -> None:
        self._seconds, self._of = seconds, max(1, of)
        self.setAccessibleName(str(seconds))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def heightForWidth(self, width: int) -> int:
        return self.height()

    def fits(self) -> bool:
        return typeset(self.said(), self._face, self._theme, 1_000).width <= self.width() - 2 * self._stroke

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self._stroke / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        flat = Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(self._theme.colour("track"), self._stroke, Qt.PenStyle.SolidLine, flat))
        painter.drawEllipse(box)
        role = "action" if self._seconds <= 20 else "ink2"
        painter.setPen(QPen(self._theme.colour(role), self._stroke, Qt.PenStyle.SolidLine, flat))
        painter.drawArc(box, 90 * 16, -round(360 * 16 * min(1.0, self._seconds / self._of)))
        made = typeset(self.said(), self._face, self._theme, self.width())
        area = self.rect().adjusted(0, (self.height() - made.height) // 2, 0, 0)
        draw(painter, made, area, self._theme.colour("ink"), Qt.AlignmentFlag.AlignHCenter)
        painter.end()
