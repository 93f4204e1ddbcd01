"""The picture of a page: whole beside what it is, or a piece of it as wide as it can be."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.layout import ground, height_in
from screens.theme import Theme

_PADDING = 28
_COLUMN = 224
_OVERLAP = 0.12
"""The part of a piece that is seen on the one before too."""


def _smooth(picture: QImage, size: QSize) -> QImage:
    """Scaled once to ``size``; dots of one bit become grey."""
    if picture.depth() == 1:
        picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(size, keep, smooth)


def _framed(painter: QPainter, theme: Theme, at: QPoint, picture: QImage, piece: QRect) -> None:
    painter.drawImage(at, picture, piece)
    stroke = theme.px(theme.roles.stroke)
    painter.setPen(QPen(theme.colour("edge"), stroke))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = stroke // 2
    painter.drawRect(QRect(at, piece.size()).adjusted(half, half, -half, -half))


class Sheet(QWidget):
    """The whole page on a panel; ``told`` stands beside its top, ``key`` beside its foot."""

    def __init__(self, theme: Theme, picture: QImage, told: QWidget | None = None, key: QWidget | None = None) -> None:
        super().__init__()
        self._theme, self._picture = theme, picture
        self._told, self._key = told, key
        self._scaled = QImage()
        self._panel = QRect()
        for part in (told, key):
            if part is not None:
                part.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        pad, column = self._theme.px(_PADDING), self._theme.px(_COLUMN) if self._told or self._key else 0
        room = self.size() - QSize(2 * pad + (column + pad if column else 0), 2 * pad)
        self._scaled = _smooth(self._picture, room)
        self._panel = QRect(0, 0, self.width(), self._scaled.height() + 2 * pad)
        self._at = QPoint(pad + (room.width() - self._scaled.width()) // 2, pad)
        left = self.width() - pad - column
        if self._told is not None:
            self._told.setGeometry(left, pad, column, height_in(self._told, column))
        if self._key is not None:
            tall = height_in(self._key, column)
            self._key.setGeometry(left, self._panel.bottom() + 1 - pad - tall, column, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground(painter, self._theme, self._panel, "sunk", "edge" if self._theme.roles.outlined else "")
        _framed(painter, self._theme, self._at, self._scaled, self._scaled.rect())
        painter.end()


class Piece(QWidget):
    """The page as wide as the widget, seen from one of several places on."""

    def __init__(self, theme: Theme, picture: QImage) -> None:
        super().__init__()
        self._theme, self._picture = theme, picture
        self._scaled = QImage()
        self._at, self._of = 0, 1

    def count(self, room: QSize) -> int:
        """How many pieces of the height of ``room`` there are, each with a little of the one before."""
        tall = round(self._picture.height() * room.width() / self._picture.width())
        step = room.height() * (1 - _OVERLAP)
        return 1 + max(0, ceil((tall - room.height()) / step))

    def put(self, at: int, of: int) -> None:
        self._at, self._of = at, of
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled = _smooth(self._picture, QSize(self.width(), 100_000))

    def paintEvent(self, event: QPaintEvent) -> None:
        spare = max(0, self._scaled.height() - self.height())
        top = spare * self._at // max(1, self._of - 1)
        piece = QRect(0, top, self._scaled.width(), min(self.height(), self._scaled.height()))
        painter = QPainter(self)
        _framed(painter, self._theme, QPoint(0, 0), self._scaled, piece)
        painter.end()
