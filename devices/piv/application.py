"""The PIV application and its data objects.

Source: SP 800-73-5 part 1 section 2.2 (names), part 2 sections 3.1.1 (SELECT) and 3.1.2 (GET DATA).
"""

from __future__ import annotations

from typing import Final

from devices.card import tlv
from devices.card.apdu import MOST_BYTES, Card

NAME: Final = bytes.fromhex("a000000308000010000100")
SHORT_NAME: Final = NAME[:-2]
"""Without the version: some cards know the application by this name only."""

_TAG_LIST: Final = 0x5C
_WHOLE: Final = 0


def lies(card: Card) -> bool:
    """Whether there is a PIV application; it is selected then. Raises ``NoAnswer``, ``Garbled``."""
    return any(card.send(with_data(b"\x00\xa4\x04\x00", name), _WHOLE).ok for name in (NAME, SHORT_NAME))


def content(card: Card, tag: int, whole: int = MOST_BYTES) -> bytes | None:
    """The data object of this tag, of at most so many bytes, as the card gives it; None where it gives none.

    Raises ``NoAnswer``, ``Garbled``.
    """
    wanted = tag.to_bytes((tag.bit_length() + 7) // 8)
    answer = card.send(with_data(b"\x00\xcb\x3f\xff", tlv.item(_TAG_LIST, wanted)), _WHOLE, whole)
    return answer.data if answer.ok else None


def with_data(header: bytes, data: bytes) -> bytes:
    """The command with this header of four bytes and 1 to 255 bytes of data."""
    return header + bytes([len(data)]) + data
