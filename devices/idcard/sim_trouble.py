"""What a simulated reader can be asked by each maker's name for it, and what can go wrong with its answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Exchange(Enum):
    """What a reader can be asked, however its maker numbers it."""

    STATUS = auto()
    FIND = auto()
    SELECT = auto()
    READ = auto()
    ADDRESS = auto()


STATUS, FIND, SELECT, READ, ADDRESS = Exchange


@dataclass(frozen=True, slots=True)
class Make:
    """A maker's reader: the command and parameter of each exchange, in hex."""

    exchanges: dict[str, Exchange]
    baud: int = 115_200
    fingerprints: bool = False

    def asked(self, command: bytes) -> Exchange | None:
        return self.exchanges.get(command.hex().upper())


SDT: Final = Make({"11FF": STATUS, "2001": FIND, "2002": SELECT, "3001": READ, "3003": ADDRESS})
CVR_100D: Final = Make({"12FF": STATUS, "2001": FIND, "2002": SELECT, "3010": READ}, fingerprints=True)
CVR_100AU: Final = Make({"0001": STATUS, "0081": FIND, "0082": SELECT, "0083": READ}, baud=9_600)


class Trouble(Enum):
    """What can go wrong with one answer."""

    BYTE_BY_BYTE = auto()
    NOISE_FIRST = auto()
    NOISE_WITHIN = auto()
    NOISE_BEHIND = auto()
    WRONG_CHECKSUM = auto()
    LYING_LENGTH = auto()
    ONE_TOO_FEW = auto()
    CUT_SHORT = auto()
    LATE = auto()
    MUTE = auto()
    CARD_PULLED = auto()
    CABLE_PULLED = auto()


@dataclass(frozen=True, slots=True)
class Cut:
    """The answer ends after ``at`` bytes; with ``cable`` because the cable was pulled."""

    at: int
    cable: bool = False


Wrong = Trouble | Cut | int | bytes
"""A number is the status to answer with, bytes are the data to answer with instead of the card's."""


def spoiled(answer: bytes, wrong: Wrong | None) -> bytes:
    """The bytes of ``answer`` as they come over the wire."""
    match wrong:
        case Trouble.MUTE:
            return b""
        case Trouble.NOISE_FIRST:
            return b"\x00\xff\xaa\xaa\x96\xaa\xaa" + answer
        case Trouble.NOISE_WITHIN:
            return answer[:9] + b"\xaa\x00\x96" + answer[9:]
        case Trouble.NOISE_BEHIND:
            return answer + b"\xaa\xaa\xaa\x96\x69\x00\x08\x00"
        case Trouble.WRONG_CHECKSUM:
            return answer[:-1] + bytes([answer[-1] ^ 0x01])
        case Trouble.LYING_LENGTH:
            return answer[:5] + b"\xff\xff" + answer[7:]
        case Trouble.ONE_TOO_FEW:
            return answer[:6] + bytes([answer[6] - 1]) + answer[7:]
        case Trouble.CUT_SHORT | Trouble.CABLE_PULLED:
            return answer[: len(answer) // 2]
        case Cut(at):
            return answer[:at]
    return answer
