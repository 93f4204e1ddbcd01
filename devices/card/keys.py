"""How a key comes to the card it was typed for: from any thread of the kiosk into the worker, and no further."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from devices.reader import CardLocked, CardRefused, Fault, PinRefused, ReaderEvent, WorkCard

if TYPE_CHECKING:
    from devices.passport import AccessKey


@dataclass(frozen=True, slots=True)
class Key:
    """What was typed or scanned of a passport; ``today`` is the kiosk's date."""

    access: AccessKey = field(repr=False)
    today: date


@dataclass(frozen=True, slots=True)
class Pin:
    """What was typed for a work card, and what the card is to sign for it."""

    digits: str = field(repr=False)
    message: bytes = field(repr=False)


Opener = Key | Pin
Waited = TypeVar("Waited", Key, Pin)


class Door:
    """The kiosk's end: open while a card waits for its key or PIN, for one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._behind: tuple[type[Opener], Connection, int] | None = None

    def follow(self, event: ReaderEvent, words: Connection, mark: int) -> None:
        """Opens and shuts with what is about to be told of the card with this mark."""
        waits: type[Opener] | None
        match event:
            case CardLocked() | CardRefused(fault=Fault.PASSPORT_KEY):
                waits = Key
            case WorkCard() | PinRefused():
                waits = Pin
            case _:
                waits = None
        with self._lock:
            self._behind = (waits, words, mark) if waits else None

    def shut(self) -> None:
        """Nothing gets through any more; to be called before the worker's pipe is closed."""
        with self._lock:
            self._behind = None

    def hand(self, opener: Opener) -> bool:
        """Pass it to the worker and keep nothing of it; False where no card waits for one of its kind.

        Never blocks: a door takes one until its outcome is told, so the pipe can't fill.
        """
        with self._lock:
            if self._behind is None or not isinstance(opener, self._behind[0]):
                return False
            _, words, mark = self._behind
            self._behind = None
            with suppress(OSError):  # the worker died: that is told as such
                words.send((opener, mark))
            return True


class Box:
    """The worker's end: holds what came for the card that waits, until it is taken, once."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._mark = 0
        self._opener: Opener | None = None

    @contextmanager
    def waiting(self, mark: int) -> Iterator[None]:
        """For the card of this mark only; what comes for another, or was not taken at the end, is forgotten."""
        self._wait_for(mark)
        try:
            yield
        finally:
            self._wait_for(0)

    def _wait_for(self, mark: int) -> None:
        with self._news:
            self._mark, self._opener = mark, None

    def put(self, opener: Opener, mark: int) -> None:
        with self._news:
            if mark == self._mark:
                self._opener = opener
                self._news.notify()

    def take(self, kind: type[Waited], within: float) -> Waited | None:
        """What came, at once or within so many seconds; it is forgotten here, and so is what is of another kind."""
        with self._news:
            self._news.wait_for(lambda: self._opener is not None, within)
            opener, self._opener = self._opener, None
            return opener if isinstance(opener, kind) else None
