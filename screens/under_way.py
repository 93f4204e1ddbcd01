"""The key of something applied for: what it is, a segment for each step, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from screens.key import Fill, Key
from screens.theme import CAPTION, LEAD_BOLD, Theme
from screens.typeset import Set, draw, typeset

_TOP, _BAR, _GAP = 16, 12, 8
_LEFT, _RIGHT = 28, 96


class UnderWay(Key):
    """``where`` says in words how far ``step`` of ``steps`` is."""

    private = True

    def __init__(self, theme: Theme, name: str, title: str, line: str, step: int, steps: int, where: str) -> None:
        super().__init__(theme, name, title, "", line)
        self._steps = max(1, min(steps, 12))
        self._step = min(max(0, step), self._steps)
        self._where = where
        self._nominal = theme.px(124)

    def said(self) -> str:
        return f"{self.title}\n{self._where}\n{self.line}"

    def _inner(self, width: int) -> int:
        return width - self.theme.px(_LEFT + _RIGHT)

    def _made(self, width: int) -> tuple[Set, Set, Set]:
        """Title, where, line. ``where`` stands at the end of the title's line."""
        inner = self._inner(width)
        where = typeset(self._where, CAPTION.bolder(), self.theme, inner)
        title = typeset(self.title, LEAD_BOLD, self.theme, inner - int(where.width) - self.theme.px(24), 2)
        return title, where, typeset(self.line, CAPTION, self.theme, inner, 2)

    def face_height(self, width: int) -> int:
        px = self.theme.px
        title, where, line = self._made(width)
        need = px(_TOP + _GAP + _BAR + _GAP - 2 + _TOP - 4) + max(title.height, where.height) + line.height
        edges = px(self.theme.roles.stroke + self.theme.roles.lip)
        return max(self._nominal - edges, need)

    def fits(self) -> bool:
        return all(made.whole for made in self._made(self.width())) and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        px, left, inner = self.theme.px, self.theme.px(_LEFT), self._inner(self.width())
        title, where, line = self._made(self.width())
        first = max(title.height, where.height)
        tall = first + px(_GAP + _BAR + _GAP - 2) + line.height
        y = face.center().y() + 1 - tall // 2
        self.draw_text(painter, title, left, y + (first - title.height) // 2, inner, fill.title)
        box = QRect(left, y + (first - where.height) // 2, inner, where.height)
        draw(painter, where, box, self.colour(fill.icon), Qt.AlignmentFlag.AlignRight)
        y += first + px(_GAP)
        self._bar(painter, left, y, inner)
        y += px(_BAR + _GAP - 2)
        self.draw_text(painter, line, left, y, inner, fill.line)
        at = QPoint(self.width() - px(30 + 44), face.center().y() + 1 - px(22))
        self.draw_icon(painter, "chevron-right", px(44), at, fill.line)

    def _bar(self, painter: QPainter, left: int, top: int, width: int) -> None:
        """Done steps are filled, later ones pale, or outlines in high contrast."""
        px, outlined = self.theme.px, self.theme.roles.outlined
        wide = (width - px(6) * (self._steps - 1)) / self._steps
        for at in range(self._steps):
            box = QRectF(left + at * (wide + px(6)), top, wide, px(_BAR))
            done = at < self._step
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour("action" if done else "track"))
            if outlined and not done:
                painter.setPen(QPen(self.colour("edge"), 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box.adjust(2, 2, -2, -2)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
