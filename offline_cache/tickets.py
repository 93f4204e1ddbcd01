"""The words of the ledger: what is to be recorded, what was, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from typing import Final

from offline_cache.accounts import Opening


class Via(StrEnum):
    """How the person came to the ticket."""

    CARD = "card"
    TYPED = "typed"
    NONE = "none"
    BOOKING = "booking"


class Outcome(StrEnum):
    """What became of a copy that was in hand."""

    PRINTED = "printed"
    VOID = "void"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket before it has a number.

    ``person`` is ``envelope.person_of``, only where a card was read;
    ``personal`` is sealed to the hall; ``slip`` is what a reprint needs, in the
    caller's own bytes, kept under the day's key. ``ahead`` and ``minutes`` are
    None where nobody knows. ``opening`` is the account that is opened with it, else
    ``account`` the one that is there; ``acting`` is ``{kind, masked}`` of whom it is taken for.
    """

    queue: str
    matters: tuple[str, ...]
    via: Via
    language: str
    person: bytes | None = field(default=None, repr=False)
    booking: bytes | None = field(default=None, repr=False)
    ahead: int | None = None
    minutes: int | None = None
    masked: str = field(default="", repr=False)
    personal: Mapping[str, str] | None = field(default=None, repr=False)
    slip: bytes = field(default=b"", repr=False)
    level: str = "none"
    opening: Opening | None = field(default=None, repr=False)
    account: str | None = field(default=None, repr=False)
    acting: Mapping[str, str] | None = field(default=None, repr=False)


LEDGER: Final = object()
"""What the ledger shows when it makes a ``Recorded``."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A copy of a ticket that is durably on record and not settled yet: what a slip may be made of.

    ``at`` is when the ticket was first recorded, milliseconds since 1970.
    ``copy`` is 1 for the original; a higher one is a reprint and says so.
    ``reference`` names the event that issued it: ``K0203-1-004182``, kiosk, epoch and seq.
    """

    id: str
    day: str
    number: str
    queue: str
    matters: tuple[str, ...]
    at: int
    copy: int
    reference: str
    slip: bytes = field(repr=False)
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        if made_by is not LEDGER:
            raise TypeError("only the ledger makes a Recorded")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket of today that still waits, made here (``id``) or at another kiosk (None)."""

    number: str
    queue: str
    matters: tuple[str, ...]
    at: int
    day: str
    person: bytes = field(repr=False)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Copies on record; ``recorded`` is counted by itself and must be the sum of the others."""

    recorded: int
    in_hand: int
    printed: int
    void: int
    uncertain: int

    @property
    def balanced(self) -> bool:
        return self.recorded == self.in_hand + self.printed + self.void + self.uncertain
