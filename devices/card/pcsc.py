"""The kiosk's side of the card reader: starts the worker, listens with a deadline, replaces it."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from multiprocessing.connection import Connection, wait
from typing import Final

from devices.card import worker
from devices.card.order import Order
from devices.reader import CardRead, CardRefused, Fault, ReaderLost, Tell

STARTS_WITHIN: Final = 15.0
"""Seconds for a new worker's first word, on a machine that is busy starting."""

_PAUSES: Final = (0.0, 0.1, 0.5, 2.0)
_LIVED_WELL: Final = 10.0
"""Seconds after which a worker's end is no reason to wait with the next."""

_log = logging.getLogger(__name__)
_spawn = multiprocessing.get_context("spawn")


class PcscReader:
    """A ``Reader`` of contact and contactless cards at the PC/SC daemon.

    ``name`` is the kiosk's name for it. Of the daemon's readers, the first
    whose name contains ``wanted`` is watched. ``socket`` is the path of the
    daemon's socket, None for the system's. A worker that says nothing for
    ``deadline`` seconds is replaced, whether the card hangs or the daemon.
    ``today`` is the clock by which cards expire.
    """

    def __init__(
        self,
        name: str,
        wanted: str = "",
        socket: str | None = None,
        deadline: float = 5.0,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._name = name
        self._wanted = wanted
        self._socket = socket
        self._deadline = deadline
        self._today = today
        self._thread: threading.Thread | None = None
        self._leave: Connection | None = None

    def start(self, tell: Tell) -> None:
        """Begin to watch; returns at once. ``tell`` is called from another thread."""
        if self._thread is not None:
            raise RuntimeError("started already")
        stay, self._leave = _spawn.Pipe(duplex=False)
        self._thread = threading.Thread(
            target=self._run, args=(tell, stay), name=f"card reader {self._name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the worker within 3 s; no event comes after it returns."""
        if self._thread is None or self._leave is None:
            return
        self._leave.close()
        if self._thread is not threading.current_thread():
            self._thread.join(3)
        self._thread = self._leave = None

    def _run(self, tell: Tell, stay: Connection) -> None:
        order = Order()
        shunned: int | None = None
        failures = 0
        with stay:
            while not wait([stay], _PAUSES[min(failures, len(_PAUSES) - 1)]):
                began = time.monotonic()
                mark = self._follow_worker(shunned, stay, order, tell)
                if wait([stay], 0):
                    break
                failures = failures + 1 if time.monotonic() - began < _LIVED_WELL else 0
                shunned = mark if order.reading else None
                fault = Fault.CARD_SILENT if order.reading else Fault.READER_GONE
                _log.warning("card reader %s: worker replaced (%s)", self._name, fault)
                for event in order.fit((CardRefused if order.reading else ReaderLost)(self._name, fault)):
                    tell(event)

    def _follow_worker(self, shunned: int | None, stay: Connection, order: Order, tell: Tell) -> int:
        """Pass on what a worker says until it ends, is silent, or is no longer needed.

        Returns the mark of the card it was last busy with.
        """
        mark, within = 0, STARTS_WITHIN
        with suppress(EOFError, OSError), self._worker(shunned) as words:  # it died, or there is no handle for one
            while wait([words, stay], within) == [words]:
                event, mark = words.recv()
                if isinstance(event, CardRead) and event.holder.expires and event.holder.expires < self._today():
                    event = CardRefused(self._name, Fault.CARD_EXPIRED)
                for fitting in order.fit(event) if event else ():
                    tell(fitting)
                within = self._deadline if order.reading else worker.BEAT + self._deadline
        return mark

    @contextmanager
    def _worker(self, shunned: int | None) -> Iterator[Connection]:
        """A new worker's words; it is dead and buried at the end."""
        words, theirs = _spawn.Pipe()
        process = _spawn.Process(
            target=worker.main,
            args=(theirs, self._name, self._wanted, self._socket, shunned),
            name=f"card reader {self._name}",
            daemon=True,
        )
        with words, theirs:
            process.start()
            theirs.close()
            try:
                yield words
            finally:
                process.kill()  # it may hang in a call that nothing else ends; pcscd cleans up after it
                process.join()
                process.close()
