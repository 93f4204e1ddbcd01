"""A page as a picture, from the very bytes that are printed: what the screen shows is what comes out."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import ClassVar

import pypdfium2

_lock = threading.Lock()
_POINTS = 72


class NoPage(Exception):
    """Not a PDF of one page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots row by row from the top left, without a gap: red, green and blue, a byte each."""

    width: int
    height: int
    dots: bytes = field(repr=False)
    depth: ClassVar[int] = 24


def picture(pdf: bytes, dpi: int) -> Picture:
    """The one page of ``pdf`` in colour, ``dpi`` dots an inch. Raises ``NoPage``.

    PDFium works in one thread at a time in a process: calls here wait for each other, and no
    other part of the process may use it at the same time.
    """
    with _lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise NoPage from None
        try:
            if len(document) != 1:
                raise NoPage
            bitmap = document[0].render(scale=dpi / _POINTS, rev_byteorder=True)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            rows = memoryview(bytes(bitmap.buffer))
        finally:
            document.close()
    return Picture(width, height, b"".join(rows[y * stride : y * stride + 3 * width] for y in range(height)))
