"""How large a picture in a file says it is, read before anything is unpacked: a few bytes may claim a billion dots.

Sources: PNG (ISO/IEC 15948) 11.2.2, JPEG (ITU-T T.81) B.2.2, BMP headers of Windows 2 and 3, RFC 9649 (WebP), TIFF 6.0.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Final

Size = tuple[int, int]

SCANS: Final = 64
"""Scans in one JPEG; a progressive one has about ten. Each may cost as much as all of a plain picture."""

_TAGS: Final = 200
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Entries of a TIFF directory that are looked through; JPEG markers without a length, and those that tell the size."""


def size(data: bytes) -> Size:
    """Width and height in dots. Raises ``ValueError`` where ``data`` is no PNG, JPEG, BMP, WebP or TIFF, or is cut."""
    for magic, read in _KINDS.items():
        if data.startswith(magic):
            try:
                width, height = read(data)
            except (struct.error, IndexError):
                break
            return abs(width), abs(height)
    raise ValueError("not a picture of a known kind")


def _png(data: bytes) -> Size:
    return struct.unpack_from(">II", data, 16)


def _jpeg(data: bytes) -> Size:
    if data.count(b"\xff\xda") > SCANS:
        raise ValueError("more scans than a picture has")
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE:
            at += 2
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
    raise ValueError("no frame before the data")


def _bmp(data: bytes) -> Size:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        return struct.unpack_from("<HH", data, 18)
    return struct.unpack_from("<ii", data, 18)


def _webp(data: bytes) -> Size:
    kind = data[8:16]
    if kind == b"WEBPVP8X":
        return 1 + int.from_bytes(_exactly(data, 24, 3), "little"), 1 + int.from_bytes(_exactly(data, 27, 3), "little")
    if kind == b"WEBPVP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"WEBPVP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("not a WebP picture")


def _tiff(data: bytes) -> Size:
    order = "<" if data.startswith(b"II") else ">"
    at = struct.unpack_from(order + "I", data, 4)[0]
    found = {}
    for entry in range(min(_TAGS, struct.unpack_from(order + "H", data, at)[0])):
        tag, kind = struct.unpack_from(order + "HH", data, at + 2 + 12 * entry)
        if tag in (0x100, 0x101):
            found[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, at + 10 + 12 * entry)[0]
    if len(found) < 2:
        raise ValueError("a TIFF without a size")
    return found[0x100], found[0x101]


def _exactly(data: bytes, at: int, length: int) -> bytes:
    return bytes(data[at + place] for place in range(length))


_KINDS: Final[Mapping[bytes, Callable[[bytes], Size]]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"BM": _bmp,
    b"RIFF": _webp,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
}
