"""A writer of DER for what virtual states and chips hand out; the driver's parsers have no part in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

SEQUENCE, SET, OCTETS, BITS, BOOLEAN, NULL = 0x30, 0x31, 0x04, 0x03, 0x01, b"\x05\x00"
UTF8: Final = 0x0C


def der(tag: int, *parts: bytes) -> bytes:
    """One item around ``parts``; a tag of two bytes is a number above 255."""
    value = b"".join(parts)
    size = len(value)
    width = 0 if size < 0x80 else 1 if size < 0x100 else 2 if size < 0x10000 else 3
    length = bytes([0x80 + width]) + size.to_bytes(width) if width else bytes([size])
    return (bytes([tag]) if tag < 0x100 else tag.to_bytes(2)) + length + value


def sequence(*parts: bytes) -> bytes:
    return der(SEQUENCE, *parts)


def integer(number: int) -> bytes:
    return der(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def bits(data: bytes, unused: int = 0) -> bytes:
    return der(BITS, bytes([unused]), data)


def identifier(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    return der(0x06, *map(_base128, (40 * first + second, *rest)))


def moment(at: datetime) -> bytes:
    return der(0x17, at.strftime("%y%m%d%H%M%SZ").encode())


def name(**parts: str) -> bytes:
    """A distinguished name of C, O and CN, in that order."""
    kinds = {"C": "2.5.4.6", "O": "2.5.4.10", "CN": "2.5.4.3"}
    told = (sequence(identifier(kinds[kind]), der(UTF8, text.encode())) for kind, text in parts.items())
    return sequence(*(der(SET, part) for part in told))


def split(data: bytes) -> tuple[bytes, bytes]:
    """The value of the item at the beginning, with a tag of one byte, and what stands behind the item."""
    width = data[1] & 0x7F if data[1] > 0x80 else 0
    begins = 2 + width
    ends = begins + (int.from_bytes(data[2:begins]) if width else data[1])
    return data[begins:ends], data[ends:]


def _base128(number: int) -> bytes:
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
