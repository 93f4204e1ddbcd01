"""The chip's files, read whole through the session, each with its bound.

Source: ICAO Doc 9303-10 section 3.6 (commands), table 38 (identifiers and tags).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.card import tlv
from devices.card.apdu import Answer, Card, Garbled
from devices.passport.channel import Channel

HEAD: Final = 4
"""Bytes that tell a file's tag and size, as long as it is below 64 KiB."""

_CHUNK: Final = 0xDF
"""Bytes asked for at a time: with what secure messaging adds, they fit a short answer."""

_LEAST: Final = 32
"""Bytes in an answer that is not the last: a chip that trickles would take for ever."""


@dataclass(frozen=True, slots=True)
class File:
    """Where it is, the tag it begins with, and the most bytes it may have."""

    identifier: int
    tag: int
    most: int


SECURITY: Final = File(0x011D, 0x77, 32_768)
"""As far as READ BINARY's two bytes reach; those of today's passports have 2 to 4 KiB."""

HOLDER: Final = File(0x0101, 0x61, 1024)
CHIP_KEYS: Final = File(0x010E, 0x6E, 8192)
ACTIVE_KEY: Final = File(0x010F, 0x6F, 8192)


class Missing(Garbled):
    """The chip will not select a file that it should have."""


def read(channel: Channel, card: Card, file: File) -> bytes:
    """The whole file. Raises ``Missing``, and ``Garbled`` where it is longer than it may be or lies about itself."""
    head = begun(channel, card, file)
    tag, size = tlv.extent(head)
    if tag != file.tag or not HEAD <= size <= file.most:
        raise Garbled("a file of another kind or size")
    data = head
    while len(data) < size:
        asked = min(_CHUNK, size - len(data))
        part = _part(channel, card, len(data), asked)
        if not part.ok or not min(_LEAST, asked) <= len(part.data) <= asked:
            raise Garbled("a file that breaks off")
        data += part.data
    return data


def begun(channel: Channel, card: Card, file: File) -> bytes:
    """The first four bytes of the file, which is selected then. Raises ``Missing``, ``Garbled``."""
    select = channel.send(card, b"\x00\xa4\x02\x0c", file.identifier.to_bytes(2))
    if not select.ok:
        raise Missing("a file that is not there")
    head = _part(channel, card, 0, HEAD)
    if not head.ok or len(head.data) != HEAD:
        raise Garbled("a file that cannot be read")
    return head.data


def _part(channel: Channel, card: Card, at: int, size: int) -> Answer:
    return channel.send(card, b"\x00\xb0" + at.to_bytes(2), most=size)
