"""A page as a picture, from the very bytes that are printed: what the screen shows is what comes out."""

from __future__ import annotations

import struct
import threading
import zlib

import pypdfium2

_lock = threading.Lock()
_POINTS = 72


class NoPage(Exception):
    """Not a PDF of one page."""


def picture(pdf: bytes, dpi: int) -> bytes:
    """The one page of ``pdf`` as a PNG in colour, ``dpi`` dots an inch. Raises ``NoPage``.

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
    unfiltered = b"".join(b"\0" + bytes(rows[y * stride : y * stride + 3 * width]) for y in range(height))
    return _png(width, height, unfiltered)


def _png(width: int, height: int, rows: bytes) -> bytes:
    """Eight bits for each of red, green and blue; every row begins with its filter byte (ISO/IEC 15948, 11.2)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
