"""Tags and lengths of a chip's files and answers, bounded and strict.

Tags have one to three bytes, lengths the short form or one to four bytes; the
indefinite length does not exist here. Source: ISO/IEC 7816-4 section 6
(BER-TLV); X.690 for the same bytes in certificates.
"""

from __future__ import annotations

from typing import Final

from devices.card.apdu import Garbled

MOST_DEPTH: Final = 24
"""Constructed in constructed. A certificate in a signed message has 13."""

_MOST_TAG_BYTES: Final = 3
_MOST_LENGTH_BYTES: Final = 4


def items(data: bytes) -> list[tuple[int, bytes]]:
    """Tag and value of each item in ``data``, in order, with nothing left over. Raises ``Garbled``."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        tag, begins, ends = _header(data, at)
        if ends > len(data):
            raise Garbled("an item longer than what holds it")
        found.append((tag, data[begins:ends]))
        at = ends
    return found


def distinct(data: bytes) -> dict[int, bytes]:
    """The items in ``data`` by tag. Raises ``Garbled``, also where a tag stands there twice."""
    found = items(data)
    values = dict(found)
    if len(values) != len(found):
        raise Garbled("the same tag twice")
    return values


def one(data: bytes, tag: int) -> bytes:
    """The value of the one item that ``data`` is. Raises ``Garbled``."""
    found = items(data)
    if len(found) != 1 or found[0][0] != tag:
        raise Garbled("not the one item that belongs here")
    return found[0][1]


def extent(head: bytes) -> tuple[int, int]:
    """The tag of the item that begins with ``head``, and its size with tag and length. Raises ``Garbled``."""
    tag, _, ends = _header(head, 0)
    return tag, ends


def nested(data: bytes, most_depth: int = MOST_DEPTH) -> bytes:
    """``data`` itself, where every constructed item in it holds whole items. Raises ``Garbled``.

    For bytes that a library is to parse: it never sees a length that lies or a depth that costs.
    """
    at = 0
    while at < len(data):
        constructed = data[at] & 0x20
        _, begins, ends = _header(data, at)
        if ends > len(data):
            raise Garbled("an item longer than what holds it")
        if constructed:
            if not most_depth:
                raise Garbled("nested too deep")
            nested(data[begins:ends], most_depth - 1)
        at = ends
    return data


def item(tag: int, value: bytes) -> bytes:
    """An item as it is sent."""
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    else:
        width = (size.bit_length() + 7) // 8
        length = bytes([0x80 | width]) + size.to_bytes(width)
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1) + length + value


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """The tag of the item at ``at``, where its value begins, and where it ends by its own word."""
    start = at
    try:
        if data[at] & 0x1F == 0x1F:
            at += 1
            while data[at] & 0x80:
                at += 1
                if at - start >= _MOST_TAG_BYTES:
                    raise Garbled("a tag of more than three bytes")
        at += 1
        tag = int.from_bytes(data[start:at])
        length = data[at]
        at += 1
        if length & 0x80:
            width = length & 0x7F
            if not 1 <= width <= _MOST_LENGTH_BYTES:
                raise Garbled("a length of no known form")
            if at + width > len(data):
                raise Garbled("ends within a length")
            length = int.from_bytes(data[at : at + width])
            at += width
    except IndexError:
        raise Garbled("ends within a tag or a length") from None
    return tag, at, at + length
