"""The files of a social security card: records of one tag, one length, one value.

Cities order the same records differently and not every card finds a record
by its tag, so both ways are gone. Source: ISO/IEC 7816-4, SELECT and READ
RECORD; the tags are those of the social security card's files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from devices.card.apdu import Card, Garbled

_MOST_RECORDS: Final = 12
_WHOLE: Final = 0


def select_application(card: Card, name: bytes) -> bool:
    """Enter the application of this name; False where the card has none such."""
    return card.send(b"\x00\xa4\x04\x00" + bytes([len(name)]) + name).ok


def select_file(card: Card, identifier: int) -> bool:
    """Enter a file of the current application (0xEF05, ...); False where there is none."""
    data = b"\x02" + identifier.to_bytes(2)
    return any(card.send(b"\x00\xa4" + how + b"\x00" + data).ok for how in (b"\x02", b"\x00"))


def values(card: Card, tags: Sequence[int]) -> dict[int, bytes]:
    """The values of these tags in the current file; what the card does not have is left out.

    Some cards say 9000 and nothing else for a record that was never written: they do not have it.

    Raises ``Garbled`` where a record lies about its length or stands there twice.
    """
    found: dict[int, bytes] = {}
    for tag in tags:
        answer = card.send(bytes([0x00, 0xB2, tag, 0x00]), _WHOLE)
        if answer.ok and answer.data:
            told, value = _record(answer.data)
            if told != tag:
                return _by_number(card, tags)  # the tag was taken for a number
            found[tag] = value
    return found or _by_number(card, tags)


def _by_number(card: Card, tags: Sequence[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for number in range(1, _MOST_RECORDS + 1):
        answer = card.send(bytes([0x00, 0xB2, number, 0x04]), _WHOLE)
        if not answer.ok:
            break
        if not answer.data:
            continue
        tag, value = _record(answer.data)
        if tag in found:
            raise Garbled("the same record twice")
        found[tag] = value
    return {tag: value for tag, value in found.items() if tag in tags}


def _record(data: bytes) -> tuple[int, bytes]:
    if len(data) < 2 or len(data) != 2 + data[1]:
        raise Garbled("a record that lies about its length")
    return data[0], data[2:]
