"""The question of a guided test: how the paper should look, what to look at, and what the device itself said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.layout import Across, Down, ground, height_in
from screens.sheet import Scaled, framed
from screens.text import Text
from screens.theme import CAPTION, H2, LEAD, Theme

_PADDING, _GAP = 32, 24
_PICTURE = 0.42
"""The part of the width that the picture may have."""


class Bullet(QWidget):
    """A small square before the first line of a point."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(16), self._theme.px(16))

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.width()
        top = round(self._theme.size(LEAD) * LEAD.leading - side) // 2
        painter.fillRect(0, top, side, side, self._theme.colour("action"))
        painter.end()


class Judging(QWidget):
    """With a picture it takes the height that is left: as large as that lets it be, and the words beside it."""

    def __init__(
        self, theme: Theme, question: str, points: Sequence[str], told: Sequence[str], picture: QImage | None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._scaled = Scaled(picture) if picture else None
        self._question = Text(theme, question, H2, most_lines=2)
        lines = [Across(theme, (Bullet(theme), Text(theme, point, LEAD)), (0, 1), 18) for point in points]
        said = [Text(theme, "\n".join(told), CAPTION, "ink2")] if told else []
        self._words = Down(theme, [Down(theme, lines, 20), *said], 24)
        for part in (self._question, self._words):
            part.setParent(self)
        self._at = QPoint()

    def heightForWidth(self, width: int) -> int:
        if self._scaled:
            return self.height()
        pad, gap = self._theme.px(_PADDING), self._theme.px(_GAP)
        inner = width - 2 * pad
        return 2 * pad + gap + height_in(self._question, inner) + height_in(self._words, inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._theme.px
        pad = px(_PADDING)
        inner = self.width() - 2 * pad
        tall = height_in(self._question, inner)
        self._question.setGeometry(pad, pad, inner, tall)
        top, left = pad + tall + px(_GAP), pad
        if self._scaled:
            self._scaled.fit(QSize(round(inner * _PICTURE), self.height() - top - pad))
            self._at = QPoint(pad, top)
            left += self._scaled.size.width() + px(40)
        width = self.width() - pad - left
        self._words.setGeometry(left, top, width, height_in(self._words, width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground(painter, self._theme, self.rect(), "surface", "edge" if self._theme.roles.outlined else "")
        if self._scaled:
            image = self._scaled.image()
            framed(painter, self._theme, self._at, image, image.rect())
        painter.end()
