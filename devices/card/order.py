"""Keeps what a reader tells in order, though its workers come and go."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
)


class _Card(Enum):
    """What was told of the card that lies there."""

    NONE = "none lies there"
    ARRIVED = "it arrived"
    LOCKED = "a passport that waits for its key"
    TRYING = "a passport whose key is being tried"
    TOLD = "what came of it"


class Order:
    """Lets through only what fits: ``(Ready (Arrived (Locked (Refused)*)? (Read | Refused)? Gone)* Lost)*``.

    A reader that is lost has lost sight of its card too: its ``CardGone``
    comes first. What was told already is not told again.
    """

    def __init__(self) -> None:
        self._ready: bool | None = None
        self._card = _Card.NONE

    @property
    def reading(self) -> bool:
        """A card has arrived, or a key came for it, and nothing has come of it yet."""
        return self._card in (_Card.ARRIVED, _Card.TRYING)

    @property
    def trying(self) -> bool:
        """It is a passport that is being read."""
        return self._card is _Card.TRYING

    def tries(self) -> None:
        """A key is being tried on the passport that lies there."""
        if self._card is _Card.LOCKED:
            self._card = _Card.TRYING

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
            case CardRefused(fault=Fault.PASSPORT_KEY) if self.trying:
                self._card = _Card.LOCKED
                yield event
            case CardRead() | CardRefused() if self.reading:
                self._card = _Card.TOLD
                yield event
            case CardGone():
                yield from self._gone(event.reader)

    def _gone(self, reader: str) -> Iterator[CardGone]:
        if self._card is not _Card.NONE:
            self._card = _Card.NONE
            yield CardGone(reader)
