"""What each model of reader is told, and what its security module answers.

Another model is another row in ``MODELS``: some makers number the same
commands differently, run the line slower, or send more with a read.
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
    fingerprints: bool = False
    """Whether a read also sends the fingerprints (and their length). They are dropped unread."""
    address: Command | None = None
    """The newest address, for which a real card is asked once more; None where the model has no such command."""


MODELS: Final = {
    "sdt": Model(
        baud=115_200,
        status=Command(b"\x11\xff", within=1.0),
        find=Command(b"\x20\x01", within=1.0),
        select=Command(b"\x20\x02", within=1.0),
        read=Command(b"\x30\x01", within=2.5),
        address=Command(b"\x30\x03", within=0.3),
    ),
    # Its maker's driver knows only the read with fingerprints: 2,321 bytes, 201 ms on the wire.
    "cvr-100d": Model(
        baud=115_200,
        status=Command(b"\x12\xff", within=1.0),
        find=Command(b"\x20\x01", within=1.0),
        select=Command(b"\x20\x02", within=1.0),
        read=Command(b"\x30\x10", within=3.0),
        fingerprints=True,
    ),
    # At 9600 baud a read is 1.35 s on the wire.
    "cvr-100au": Model(
        baud=9_600,
        status=Command(b"\x00\x01", within=1.0),
        find=Command(b"\x00\x81", within=1.0),
        select=Command(b"\x00\x82", within=1.0),
        read=Command(b"\x00\x83", within=4.0),
    ),
}
"""By the name that the settings use. Sources: GA 450 as the public drivers agree upon it; for the two CVR models their
maker's driver, of which one copy is public: what it is asked first is taken for its status. The newest address is in
one published protocol and one driver, which also shows that its answer is 70 bytes without a length."""


class Status(IntEnum):
    """SW1 SW2 SW3 as one number."""

    OK = 0x90
    FOUND = 0x9F
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    UNRECOGNISED = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    INFORMATION_REJECTED = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    NO_SUCH_CONTENT = 0x91


_TOLD_BY_THE_CARD: Final = frozenset(
    {Status.CARD_REJECTS_SAM, Status.READ_FAILED, Status.RANDOM_FAILED, Status.SELECT_FAILED}
)
"""With these SW1 SW2 are the card's own status word and may be anything; with any other they are 00 00."""

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


def said(status: int) -> int:
    """What the module itself says by ``status`` (0x000000 to 0xFFFFFF), the card's own status word left out."""
    module = status & 0xFF
    return module if module in _TOLD_BY_THE_CARD else status
