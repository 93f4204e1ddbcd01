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
from typing import TYPE_CHECKING, Final

from devices.card import worker
from devices.card.keys import Door, Key, Pin
from devices.card.order import Order
from devices.reader import CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, Tell
from devices.sign_of_life import SignOfLife

if TYPE_CHECKING:
    from devices.passport import AccessKey

Work = Callable[[Connection, str, str, str | None, int | None, str | None], None]
"""What a worker process does, as ``worker.main`` does it."""

STARTS_WITHIN: Final = 15.0
"""Seconds for a new worker's first word, on a machine that is busy starting."""

TRY_SILENT: Final = 15.0
"""Seconds a card may take for one answer while a key or PIN is tried.

A passport's chip that was given wrong keys lets its readers wait.
"""

TRY_WHOLE: Final = 45.0
"""Seconds from a key or PIN to its outcome, however often the card gives a sign of life."""

_PAUSES: Final = (0.0, 0.1, 0.5, 2.0)
"""Before the next worker, for each that ended sooner than its deadline."""

_log = logging.getLogger(__name__)
_spawn = multiprocessing.get_context("spawn")


class PcscReader:
    """A ``Reader`` of contact and contactless cards at the PC/SC daemon.

    ``name`` is the kiosk's name for it. Of the daemon's readers, the first
    whose name contains ``wanted`` is watched. ``socket`` is the path of the
    daemon's socket, None for the system's. A worker that says nothing for
    ``deadline`` seconds is replaced, whether the card hangs or the daemon;
    while a key or PIN is tried that is ``TRY_SILENT`` and ``TRY_WHOLE``.
    ``today`` is the clock by which cards expire. ``trust`` is the path of the
    master list, or of a folder, that says whose passports are believed; with
    None nobody's is more than a claim. ``work`` runs in the worker process.
    """

    def __init__(
        self,
        name: str,
        wanted: str = "",
        socket: str | None = None,
        deadline: float = 5.0,
        today: Callable[[], date] = date.today,
        trust: str | None = None,
        work: Work = worker.main,
    ) -> None:
        self._name = name
        self._wanted = wanted
        self._socket = socket
        self._deadline = deadline
        self._today = today
        self._trust = trust
        self._work = work
        self._door = Door()
        self._thread: threading.Thread | None = None
        self._leave: Connection | None = None
        self._life = SignOfLife()

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

    def silent(self) -> float:
        return self._life.silent(self._thread)

    def unlock(self, key: AccessKey) -> bool:
        """Try ``key`` on the passport that lies locked. May be called from any thread; returns at once.

        What comes of it is told: ``CardRead``, or ``CardRefused`` with why. False, and nothing is told,
        where no passport lies locked, or one is being tried already. The key is not kept.
        """
        return self._door.hand(Key(key, self._today()))

    def prove(self, pin: str, message: bytes) -> bool:
        """Try ``pin`` on the work card that lies there, once, and let the card sign a short ``message`` for it.

        May be called from any thread; returns at once. What comes of it is told: ``WorkCardProven``, ``PinRefused``,
        or ``CardRefused`` with why. False, and nothing is told, where no work card lies there, or one
        is being asked already. The PIN is not kept.
        """
        return self._door.hand(Pin(pin, message))

    def _run(self, tell: Tell, stay: Connection) -> None:
        order = Order()
        shunned: int | None = None
        failures = 0
        with stay:
            while not wait([stay], _PAUSES[min(failures, len(_PAUSES) - 1)]):
                began = time.monotonic()
                self._life.give()
                mark = self._follow_worker(shunned, stay, order, tell)
                if wait([stay], 0):
                    break
                failures = failures + 1 if time.monotonic() - began < self._deadline else 0
                shunned = mark if order.reading else None
                fault = Fault.CARD_SILENT if order.reading else Fault.READER_GONE
                _log.warning("card reader %s: worker replaced (%s)", self._name, fault)
                for event in order.fit((CardRefused if order.reading else ReaderLost)(self._name, fault)):
                    tell(event)

    def _follow_worker(self, shunned: int | None, stay: Connection, order: Order, tell: Tell) -> int:
        """Pass on what a worker says until it ends, is silent, or is no longer needed.

        Returns the mark of the card it was last busy with.
        """
        mark, within, ends = 0, STARTS_WITHIN, 0.0
        with suppress(EOFError, OSError), self._worker(shunned) as words:  # it died, or there is no handle for one
            while wait([words, stay], within) == [words]:
                self._life.give()
                word, mark = words.recv()
                if word is worker.Sign.TRYING:
                    order.tries()
                    ends = time.monotonic() + TRY_WHOLE
                elif word is not worker.Sign.ALIVE:
                    for event in order.fit(self._judged(word)):
                        self._door.follow(event, words, mark)
                        tell(event)
                if order.trying:
                    within = min(TRY_SILENT, max(0.0, ends - time.monotonic()))
                else:
                    within = self._deadline if order.reading else worker.BEAT + self._deadline
        return mark

    def _judged(self, event: ReaderEvent) -> ReaderEvent:
        """A card that is past its date is refused, whatever it says."""
        if isinstance(event, CardRead) and event.holder.expires and event.holder.expires < self._today():
            return CardRefused(self._name, Fault.CARD_EXPIRED)
        return event

    @contextmanager
    def _worker(self, shunned: int | None) -> Iterator[Connection]:
        """A new worker's words; it is dead and buried at the end."""
        words, theirs = _spawn.Pipe()
        process = _spawn.Process(
            target=self._work,
            args=(theirs, self._name, self._wanted, self._socket, shunned, self._trust),
            name=f"card reader {self._name}",
            daemon=True,
        )
        with words, theirs:
            process.start()
            theirs.close()
            try:
                yield words
            finally:
                self._door.shut()
                process.kill()  # it may hang in a call that nothing else ends; pcscd cleans up after it
                process.join()
                process.close()
