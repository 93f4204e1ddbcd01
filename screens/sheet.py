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


class Scaled:
    """The page in the size at which it is looked at, made when it is first painted in it."""

    def __init__(self, picture: QImage) -> None:
        self._picture = picture
        self._seen = QImage()
        self.size = picture.size()

    def fit(self, room: QSize) -> None:
        self.size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def image(self) -> QImage:
        """Dots of one bit become grey."""
        if self._seen.size() != self.size:
            grey, smooth = QImage.Format.Format_Grayscale8, Qt.TransformationMode.SmoothTransformation
            picture = self._picture.convertToFormat(grey) if self._picture.depth() == 1 else self._picture
            self._seen = picture.scaled(self.size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return self._seen


def framed(painter: QPainter, theme: Theme, at: QPoint, picture: QImage, piece: QRect) -> None:
    """Draw a ``piece`` of the picture with an edge around it."""
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
        self._theme, self._scaled = theme, Scaled(picture)
        self._told, self._key = told, key
        self._panel = QRect()
        for part in (told, key):
            if part is not None:
                part.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        pad, column = self._theme.px(_PADDING), self._theme.px(_COLUMN) if self._told or self._key else 0
        room = self.size() - QSize(2 * pad + (column + pad if column else 0), 2 * pad)
        self._scaled.fit(room)
        self._panel = QRect(0, 0, self.width(), self._scaled.size.height() + 2 * pad)
        self._at = QPoint(pad + (room.width() - self._scaled.size.width()) // 2, pad)
        left = self.width() - pad - column
        if self._told is not None:
            self._told.setGeometry(left, pad, column, height_in(self._told, column))
        if self._key is not None:
            tall = height_in(self._key, column)
            self._key.setGeometry(left, self._panel.bottom() + 1 - pad - tall, column, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground(painter, self._theme, self._panel, "sunk", "edge" if self._theme.roles.outlined else "")
        image = self._scaled.image()
        framed(painter, self._theme, self._at, image, image.rect())
        painter.end()


class Piece(QWidget):
    """The page as wide as the widget, seen from one of several places on."""

    def __init__(self, theme: Theme, picture: QImage) -> None:
        super().__init__()
        self._theme, self._scaled, self._whole = theme, Scaled(picture), picture.size()
        self._at, self._of = 0, 1

    def count(self, room: QSize) -> int:
        """How many pieces of the height of ``room`` there are, each with a little of the one before."""
        tall = round(self._whole.height() * room.width() / self._whole.width())
        step = room.height() * (1 - _OVERLAP)
        return 1 + max(0, ceil((tall - room.height()) / step))

    def put(self, at: int, of: int) -> None:
        self._at, self._of = at, of
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled.fit(QSize(self.width(), 100_000))

    def paintEvent(self, event: QPaintEvent) -> None:
        image = self._scaled.image()
        spare = max(0, image.height() - self.height())
        top = spare * self._at // max(1, self._of - 1)
        piece = QRect(0, top, image.width(), min(self.height(), image.height()))
        painter = QPainter(self)
        framed(painter, self._theme, QPoint(0, 0), image, piece)
        painter.end()
