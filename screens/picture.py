"""A picture for the screen, as PNG: a slip's very dots, one pixel each."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from screens.paper import Bitmap


def png(slip: Bitmap) -> bytes:
    """Black on white, losslessly. May be called on any thread."""
    return png_of(image_of(slip))


def image_of(slip: Bitmap) -> QImage:
    """One pixel a dot."""
    image = QImage(slip.dots, slip.width, slip.height, (slip.width + 7) // 8, QImage.Format.Format_Mono).copy()
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image


def png_of(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
