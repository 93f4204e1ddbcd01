"""What every reader of documents tells the kiosk, whatever its cable.

A reader is started once with a ``tell`` function and then speaks by itself,
on a thread of its own, until it is stopped. It never raises into the kiosk:
what goes wrong is an event with a fault, and the reader recovers by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from devices.holder import Holder


class Fault(StrEnum):
    """Why a reader or a card is of no use now; the value is the failure code."""

    READER_GONE = "C101"  # unplugged, or its daemon is down or silent
    CARD_SILENT = "C102"  # a card is there and does not answer in time
    CARD_PULLED = "C103"  # taken away while it was being read
    CARD_UNKNOWN = "C104"  # answers, but is not a document we know
    CARD_GARBLED = "C105"  # its content breaks the rules (lengths, check digit, charset)
    CARD_EXPIRED = "C106"
    CARD_REFUSED = "C107"  # the reader's security module says no
    PASSPORT_KEY = "C108"  # what was typed or scanned is not this passport's
    PASSPORT_FORGED = "C109"  # what the chip says is not what its state signed, or the chip is a copy
    CARD_ELSEWHERE = "C110"  # a resident ID card, on a reader that has no security module for it
    BANK_CARD = "C111"
    PHONE = "C112"  # or a transport card


@dataclass(frozen=True, slots=True)
class ReaderReady:
    reader: str


@dataclass(frozen=True, slots=True)
class ReaderLost:
    reader: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class CardArrived:
    """A card lies there; reading has begun. ``watched``: the reader will tell when it is taken away."""

    reader: str
    watched: bool


@dataclass(frozen=True, slots=True)
class CardLocked:
    """An e-passport lies there; it opens with what is printed in it.

    It stays so over every ``CardRefused`` with ``PASSPORT_KEY``, and may be tried again.
    """

    reader: str


@dataclass(frozen=True, slots=True)
class CardRead:
    """The document was read."""

    reader: str
    holder: Holder


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A technician's card (PIV) lies there, nobody's document; it signs for who has its PIN.

    It stays so over every ``PinRefused``, and may be tried again.
    """

    reader: str
    certificate: bytes = field(repr=False)
    """Of its key 9A, in DER, 4 KiB at most, as the card gave it: nobody has looked yet at who made it out."""
    tries: int | None
    """PIN tries that are left by the card's own word, None where it does not tell."""


@dataclass(frozen=True, slots=True)
class PinRefused:
    """The PIN was wrong, or of no form that a PIN can have; with no tries left the card is blocked."""

    reader: str
    tries: int | None


@dataclass(frozen=True, slots=True)
class WorkCardProven:
    """The PIN was right, and the card signed the message; whoever asked verifies that it was its certificate's key."""

    reader: str
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardRefused:
    reader: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class CardGone:
    reader: str


ReaderEvent = (
    ReaderReady
    | ReaderLost
    | CardArrived
    | CardLocked
    | CardRead
    | WorkCard
    | PinRefused
    | WorkCardProven
    | CardRefused
    | CardGone
)
Tell = Callable[[ReaderEvent], None]


class Reader(Protocol):
    def start(self, tell: Tell) -> None:
        """Begin to watch; returns at once. ``tell`` is called from another thread."""

    def stop(self) -> None:
        """End all workers within 3 s; no event comes after it returns."""

    def silent(self) -> float:
        """Seconds since its thread gave a sign of life; infinite where that has ended. From any thread.

        Whatever hangs, the thread gives one at least every 30 s.
        """
