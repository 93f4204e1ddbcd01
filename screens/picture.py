"""A page's very dots, one pixel each: for the screen, or as PNG for a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from screens.pages import Picture
from screens.paper import Bitmap


@dataclass(frozen=True, slots=True)
class Coloured:
    """A drawing as the dots of a page."""

    width: int
    height: int
    dots: bytes = field(repr=False)
    depth: ClassVar[int] = 24


def image_of(picture: Picture) -> QImage:
    """The dots as they are: nothing is decoded. Raises ``ValueError`` for more or fewer than width and height say."""
    one_bit, form = picture.depth == 1, QImage.Format
    row = (picture.width + 7) // 8 if one_bit else 3 * picture.width
    if not picture.dots or len(picture.dots) != row * picture.height:
        raise ValueError("the preview is no picture")
    layout = form.Format_Mono if one_bit else form.Format_RGB888
    image = QImage(picture.dots, picture.width, picture.height, row, layout).copy()
    if one_bit:
        image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image


def dots_of(image: QImage) -> Coloured:
    """The other way: three bytes a pixel, no gap between rows."""
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    wide, data = 3 * flat.width(), bytes(flat.constBits())
    rows = (data[at : at + wide] for at in range(0, len(data), flat.bytesPerLine()))
    return Coloured(flat.width(), flat.height(), b"".join(rows))


def png(slip: Bitmap) -> bytes:
    """Black on white, losslessly. May be called on any thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(slip))
    return bytes(buffer.data().data())
