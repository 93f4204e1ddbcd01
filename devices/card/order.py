"""Keeps what a reader tells in order, though its workers come and go."""

from __future__ import annotations

from collections.abc import Iterator

from devices.reader import (
    CardArrived,
    CardGone,
    CardRead,
    CardRefused,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
)


class Order:
    """Lets through only what fits: ``(Ready (Arrived (Read | Refused)? Gone)* Lost)*``.

    A reader that is lost has lost sight of its card too: its ``CardGone``
    comes first. What was told already is not told again.
    """

    def __init__(self) -> None:
        self._ready: bool | None = None
        self._card = False
        self.reading = False
        """A card has arrived and nothing has come of it yet."""

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
                self._card = self.reading = True
                yield event
            case CardRead() | CardRefused() if self.reading:
                self.reading = False
                yield event
            case CardGone():
                yield from self._gone(event.reader)

    def _gone(self, reader: str) -> Iterator[CardGone]:
        if self._card:
            self._card = self.reading = False
            yield CardGone(reader)
