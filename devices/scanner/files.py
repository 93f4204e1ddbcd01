"""Pictures from the bytes of a file: a photograph, a scan, the pages of a PDF. All of it is hostile."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
import pypdfium2

from devices.scanner.decode import LARGEST
from devices.scanner.headers import size
from devices.scanner.outline import Grey

LONGEST: Final = 20_000_000
"""Bytes in the longest file that is looked at."""

PAGES: Final = 10
"""Pages of a PDF that are looked at; a certificate has one."""

_UNPACKED: Final = 64_000_000
"""Dots in the largest picture that is unpacked, and then drawn smaller: what the best telephones take."""

_REDUCED: Final = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
}

_FINENESS: Final = (200, 300)
_POINT: Final = 72
"""Dots an inch at which pages are drawn, the second where the first was not enough; points of PDF to an inch."""


class Unreadable(ValueError):
    """The bytes, or some page of them, are no picture and no PDF, or are cut, locked, too large or too many."""


def pictures(data: bytes) -> Iterator[Grey]:
    """The pictures in a PNG, JPEG, WebP, BMP, TIFF or PDF file, each of at most ``LARGEST`` dots.

    A PDF gives its first ``PAGES`` pages, and then the same finer. Raises ``Unreadable`` at once or, where only some
    pages are broken or there are more, after all that could be looked at. One thread at a time, since PDFium has no
    locks.
    """
    if not data or len(data) > LONGEST:
        raise Unreadable("empty, or too long")
    if b"%PDF-" in data[:1024]:
        return _pages(_opened(data))
    return iter((_picture(data),))


def _picture(data: bytes) -> Grey:
    try:
        width, height = size(data)
    except ValueError as error:
        raise Unreadable(str(error)) from None
    dots = width * height
    if not 0 < dots <= _UNPACKED:
        raise Unreadable("too large, or nothing")
    smaller = next(factor for factor in _REDUCED if (width // factor) * (height // factor) <= LARGEST or factor == 4)
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), _REDUCED[smaller])
    except cv2.error:
        raise Unreadable("broken") from None
    if picture is None or not 0 < picture.size <= LARGEST:
        raise Unreadable("broken")
    return np.ascontiguousarray(picture, np.uint8)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable("a broken or locked PDF") from None


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Grey]:
    unread = f"more than {PAGES} pages" if len(document) > PAGES else ""
    with document:
        for dots in _FINENESS:
            for number in range(min(PAGES, len(document))):
                try:
                    yield _page(document, number, dots / _POINT)
                except Unreadable as error:
                    unread = unread or f"page {number + 1}: {error}"
    if unread:
        raise Unreadable(unread)


def _page(document: pypdfium2.PdfDocument, number: int, scale: float) -> Grey:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        raise Unreadable("a broken page") from None
    try:
        width, height = page.get_size()
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise Unreadable("a page without a size")
        scale = min(scale, math.sqrt(LARGEST / ((width + 1) * (height + 1))) * 0.99)
        if math.ceil(width * scale) * math.ceil(height * scale) > LARGEST:
            raise Unreadable("a page too long for its width")
        drawn = page.render(scale=scale, grayscale=True)
        picture = np.array(drawn.to_numpy(), np.uint8)
        drawn.close()
    except (pypdfium2.PdfiumError, MemoryError):
        raise Unreadable("a broken page") from None
    finally:
        page.close()
    return picture.reshape(picture.shape[:2])
