"""What a reader's answer carries, and which of four layouts the card's 256 bytes of text have.

The type flag at byte 248 says whose card it is, and so which layout follows;
it is looked at before anything else, and one that is not known is an unknown
card, never a misparse. Another kind of card is another line in ``_LAYOUTS``
and a function that holds its fields against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from devices.holder import Holder
from devices.idcard.citizen import citizen, residence_permit
from devices.idcard.foreigner import foreigner_2017, foreigner_2023
from devices.idcard.text import Refused, field, garbled, line
from devices.reader import Fault

TEXT: Final = 256
PHOTO: Final = 1024
FINGERPRINTS: Final = 1024
"""Bytes of each part. A card without a photo has one of length 0; two fingerprints are the most."""

_NEWEST_ADDRESS: Final = 70

_FLAG: Final = slice(248, 250)
_LAYOUTS: Final[dict[bytes, Callable[[bytes], Holder]]] = {
    b"\x20\x00": citizen,
    b"\x00\x00": citizen,
    b"J\x00": residence_permit,
    b"I\x00": foreigner_2017,
    b"Y\x00": foreigner_2023,
}


def text_in(data: bytes, fingerprints: bool = False) -> bytes:
    """The text in the answer to a read: the lengths, then text, photo and, from some models, fingerprints.

    ``fingerprints`` says whether the model sends a third length. Raises ``Refused``.
    """
    parts = 3 if fingerprints else 2
    text, photo, *more = (int.from_bytes(data[at : at + 2], "big") for at in range(0, 2 * parts, 2))
    prints = sum(more)
    if text != TEXT or photo not in (0, PHOTO) or prints > FINGERPRINTS:
        raise garbled("lengths")
    if len(data) != 2 * parts + text + photo + prints:
        raise garbled("lengths")
    return data[2 * parts : 2 * parts + text]


def holder_in(text: bytes) -> Holder:
    """Whose card this is, every field checked against the others. Raises ``Refused``."""
    if len(text) != TEXT:
        raise garbled("length")
    layout = _LAYOUTS.get(text[_FLAG])
    if layout is None:
        raise Refused(Fault.CARD_UNKNOWN, "a type flag that is not known")
    return layout(text)


def newest_address_in(data: bytes) -> str | None:
    """The address in the answer to a read of the newest one; None where it holds no good one.

    It is written into the card when its holder moves, instead of making a new card.
    """
    if len(data) != _NEWEST_ADDRESS:
        return None
    try:
        return line(field(data, slice(None)))
    except Refused:
        return None
