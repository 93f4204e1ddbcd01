"""What each model of reader is told, and what its security module answers.

Another model is another row in ``MODELS``: some makers number the same four
commands differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from devices.reader import Fault


@dataclass(frozen=True, slots=True)
class Command:
    code: bytes
    within: float
    """Seconds until the whole answer must be there, wire time included (a read is 112 ms at 115200 baud)."""


@dataclass(frozen=True, slots=True)
class Model:
    baud: int
    status: Command
    find: Command
    select: Command
    read: Command


MODELS: Final = {
    "sdt": Model(
        baud=115_200,
        status=Command(b"\x11\xff", within=1.0),
        find=Command(b"\x20\x01", within=1.0),
        select=Command(b"\x20\x02", within=1.0),
        read=Command(b"\x30\x01", within=2.5),
    ),
}
"""By the name that the settings use."""


class Status(IntEnum):
    """SW1 SW2 SW3 as one number."""

    OK = 0x90
    FOUND = 0x9F
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    INFORMATION_REJECTED = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    NO_SUCH_CONTENT = 0x91


NOT_UNDERSTOOD: Final[frozenset[int]] = frozenset({Status.BAD_CHECKSUM, Status.BAD_LENGTH})
"""The module did not get what was sent: it is sent once more."""

UNSTEADY: Final[frozenset[int]] = frozenset({Status.NO_CARD, Status.SELECT_FAILED, Status.READ_FAILED})
"""The card lies badly, is being laid down or is being taken away: look again whether it is there."""

REFUSALS: Final[dict[int, Fault]] = {
    Status.CARD_REJECTS_SAM: Fault.CARD_REFUSED,
    Status.SAM_REJECTS_CARD: Fault.CARD_REFUSED,
    Status.INFORMATION_REJECTED: Fault.CARD_REFUSED,
    Status.RANDOM_FAILED: Fault.CARD_REFUSED,
    Status.NOT_AUTHORISED: Fault.CARD_REFUSED,
    Status.WRONG_CARD: Fault.CARD_UNKNOWN,
    Status.NO_SUCH_CONTENT: Fault.CARD_UNKNOWN,
}
"""What a select or a read can end with for good; a status that is not here is the reader's own fault."""
