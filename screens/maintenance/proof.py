"""A paper as it was printed, or should have been, on a quiet ground."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.layout import ground
from screens.sheet import Scaled, framed
from screens.theme import Theme

_PADDING = 24
_TALLEST = 900


class Proof(QWidget):
    """As tall as it may be, in the middle of its width."""

    def __init__(self, theme: Theme, picture: QImage) -> None:
        super().__init__()
        self._theme, self._scaled, self._most = theme, Scaled(picture), theme.px(_TALLEST)
        self._at = QPoint()

    def most(self, pixels: int) -> None:
        """How tall it may be at the most."""
        self._most = min(self._most, pixels)

    def _fit(self, width: int) -> QSize:
        pad = self._theme.px(_PADDING)
        self._scaled.fit(QSize(width - 2 * pad, self._most - 2 * pad))
        return self._scaled.size

    def heightForWidth(self, width: int) -> int:
        return self._fit(width).height() + 2 * self._theme.px(_PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self._fit(self.width())
        self._at = QPoint((self.width() - size.width()) // 2, self._theme.px(_PADDING))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground(painter, self._theme, self.rect(), "sunk", "edge" if self._theme.roles.outlined else "")
        image = self._scaled.image()
        framed(painter, self._theme, self._at, image, image.rect())
        painter.end()
