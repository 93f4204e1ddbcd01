"""How a key comes to the passport it was typed for: from any thread of the kiosk into the worker, and no further."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from devices.reader import CardLocked, CardRefused, Fault, ReaderEvent

if TYPE_CHECKING:
    from devices.passport import AccessKey


@dataclass(frozen=True, slots=True)
class Key:
    """What was typed or scanned, for the card of this mark only; ``today`` is the kiosk's date."""

    mark: int
    access: AccessKey = field(repr=False)
    today: date


class Door:
    """The kiosk's end: open while a passport waits for a key, for one key at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._behind: tuple[Connection, int] | None = None

    def follow(self, event: ReaderEvent, words: Connection, mark: int) -> None:
        """Opens and shuts with what is about to be told of the card with this mark."""
        match event:
            case CardLocked() | CardRefused(fault=Fault.PASSPORT_KEY):
                waits = True
            case _:
                waits = False
        with self._lock:
            self._behind = (words, mark) if waits else None

    def shut(self) -> None:
        """No key gets through any more; to be called before the worker's pipe is closed."""
        with self._lock:
            self._behind = None

    def hand(self, access: AccessKey, today: date) -> bool:
        """Pass a key to the worker and keep nothing of it; False where no passport waits for one.

        Never blocks: a door takes one key until its outcome is told, so the pipe can't fill.
        """
        with self._lock:
            behind, self._behind = self._behind, None
            if behind is None:
                return False
            words, mark = behind
            with suppress(OSError):  # the worker died: that is told as such
                words.send(Key(mark, access, today))
            return True


class Box:
    """The worker's end: holds the latest key until it is taken, once."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._key: Key | None = None

    def put(self, key: Key) -> None:
        with self._news:
            self._key = key
            self._news.notify()

    def take(self, mark: int, within: float) -> Key | None:
        """The key for the card of this mark, at once or within so many seconds; it is forgotten here.

        So is a key for another card, which is gone.
        """
        with self._news:
            self._news.wait_for(lambda: self._key is not None, within)
            key, self._key = self._key, None
            return key if key and key.mark == mark else None
