"""Keeps what a reader tells in order, though its workers come and go."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    PinRefused,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
    WorkCard,
    WorkCardProven,
)


class _Card(Enum):
    """What was told of the card that lies there."""

    NONE = "none lies there"
    ARRIVED = "it arrived"
    LOCKED = "a passport that waits for its key"
    OPENING = "a passport whose key is being tried"
    WORK = "a work card that waits for its PIN"
    PROVING = "a work card whose PIN is being tried"
    TOLD = "what came of it"


_TRYING: Final = {_Card.LOCKED: _Card.OPENING, _Card.WORK: _Card.PROVING}


class Order:
    """Lets through only what fits.

    That is ``(Ready (Arrived (Locked (Refused)* | WorkCard (PinRefused)*)? (Read | Proven | Refused)? Gone)* Lost)*``;
    a work card is never Read, and only a work card is Proven. A reader that is lost has lost sight of its card
    too: its ``CardGone`` comes first. What was told already is not told again.
    """

    def __init__(self) -> None:
        self._ready: bool | None = None
        self._card = _Card.NONE

    @property
    def reading(self) -> bool:
        """A card has arrived, or a key or PIN came for it, and nothing has come of it yet."""
        return self._card is _Card.ARRIVED or self.trying

    @property
    def trying(self) -> bool:
        """A key is being tried on it, or a PIN."""
        return self._card in _TRYING.values()

    def tries(self) -> None:
        """A key or PIN is being tried on the card that lies there."""
        self._card = _TRYING.get(self._card, self._card)

    def fit(self, event: ReaderEvent) -> Iterator[ReaderEvent]:
        """What is to be told now that ``event`` has come in."""
        match event:
            case ReaderReady() | ReaderLost():
                ready = isinstance(event, ReaderReady)
                if ready is self._ready:
                    return
                yield from self._gone(event.reader)
                self._ready = ready
                yield event
            case CardArrived() if self._ready:
                yield from self._gone(event.reader)
                self._card = _Card.ARRIVED
                yield event
            case CardLocked() if self._card is _Card.ARRIVED:
                self._card = _Card.LOCKED
                yield event
            case WorkCard() if self._card is _Card.ARRIVED:
                self._card = _Card.WORK
                yield event
            case CardRefused(fault=Fault.PASSPORT_KEY) if self._card is _Card.OPENING:
                self._card = _Card.LOCKED
                yield event
            case PinRefused() if self._card is _Card.PROVING:
                self._card = _Card.WORK
                yield event
            case CardRead() if self._card in (_Card.ARRIVED, _Card.OPENING):
                self._card = _Card.TOLD
                yield event
            case WorkCardProven() if self._card is _Card.PROVING:
                self._card = _Card.TOLD
                yield event
            case CardRefused() if self.reading:
                self._card = _Card.TOLD
                yield event
            case CardGone():
                yield from self._gone(event.reader)

    def _gone(self, reader: str) -> Iterator[CardGone]:
        if self._card is not _Card.NONE:
            self._card = _Card.NONE
            yield CardGone(reader)
