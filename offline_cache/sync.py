"""The sender: one thread that always runs and brings kiosk and hall together whenever it can.

A heartbeat every 30 s is also the probe: whether the hall can be reached is
known from its authentic answers and from nothing else.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from dataclasses import replace
from math import inf
from typing import Final

from offline_cache import leases
from offline_cache.bundle import Kind
from offline_cache.cache import Cache
from offline_cache.envelope import Refused
from offline_cache.errands import Errands
from offline_cache.errors import Busy, HallRefused, SyncError
from offline_cache.faults import Fault
from offline_cache.hall_client import HallClient
from offline_cache.hold import Held, hold
from offline_cache.outbox import BATCH, Forked
from offline_cache.store import StoreError, StoreInUse
from offline_cache.view import Ask, Chore, HallView, Pace, Publish
from offline_cache.wire import DEADLINE

FEW_NUMBERS: Final = 10
"""Leased numbers left in a queue at which more are asked for."""


class Sender:
    """Start once, ``wake`` after each record, ``stop`` at the end. One for a store, over processes."""

    def __init__(
        self,
        cache: Cache,
        ask: Ask,
        publish: Publish,
        pace: Pace | None = None,
        deadline: float = DEADLINE,
        chore: Chore | None = None,
    ) -> None:
        """``cache`` must be enrolled. Raises ``StoreInUse`` where another sender works on it.

        ``chore`` is what else is to be done with the hall after each round that reached it.
        """
        self._chore = chore
        self.errands = Errands(self._rouse)
        self._cache, self._ask, self._publish, self._pace = cache, ask, publish, pace or Pace()
        self._client: HallClient = cache.client(deadline)
        held = hold(cache.store.folder / "sender.lock")
        if held is None:
            raise StoreInUse("sender")
        self._held: Held = held
        self._chance = random.Random()  # spreads load; nothing secret hangs on it
        self._condition = threading.Condition()
        self._woken = self._stopping = self._refused = self._forked = False
        self._failures, self._most = 0, BATCH
        self._beat_at = self._blocked_until = self._tidy_at = 0.0
        self._back_at = time.monotonic()
        self._view = HallView(False, cache.clock.now())
        self._told: HallView | None = None
        self._declined: set[tuple[str, ...]] = set()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)

    @property
    def view(self) -> HallView:
        return self._view

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def silent(self) -> float:
        """Seconds by which it is later than it said; infinite where its thread has ended. From any thread."""
        if self._thread.ident is None:
            return 0.0
        return max(0.0, time.monotonic() - self._back_at) if self._thread.is_alive() else inf

    def start(self) -> None:
        self._back_at = time.monotonic()
        self._thread.start()

    def wake(self) -> None:
        """There is something to send. A back-off that runs is kept all the same."""
        with self._condition:
            self._woken = True
            self._condition.notify()

    def _rouse(self) -> None:
        with self._condition:
            self._condition.notify()

    def stop(self) -> None:
        """End within 3 s, also in the middle of a request; nothing is published after it."""
        with self._condition:
            self._stopping = True
            self._condition.notify()
        self._client.cut()
        self.errands.close()
        if self._thread.ident is not None:
            self._thread.join(3.0)
        self._client.close()
        self._held.release()

    def _run(self) -> None:
        self._tell()
        while True:
            self.errands.run(self._client)
            if not self._stopping and time.monotonic() >= self._blocked_until:
                self._round()
            with self._condition:
                sleep = self._sleep()
                self._back_at = time.monotonic() + sleep
                self._condition.wait_for(self._due, sleep)
                self._back_at = time.monotonic()
                self._woken = False
                if self._stopping:
                    return

    def _due(self) -> bool:
        return self._stopping or self.errands.any or (self._woken and time.monotonic() >= self._blocked_until)

    def _sleep(self) -> float:
        at = max(self._blocked_until, min(self._beat_at, self._tidy_at))
        return max(0.0, at - time.monotonic())

    def _round(self) -> None:
        try:
            if time.monotonic() >= self._tidy_at:
                self._tidy_at = time.monotonic() + self._pace.tidy
                self._cache.clock.keep()
                self._cache.tidy()
            if time.monotonic() >= self._beat_at:
                self._heartbeat()
            if not self._refused and not self._forked:
                self._drain()
                self._top_up()
                self._refresh()
                self._back_at = time.monotonic()
                if self._chore and self._view.board and not self._stopping:
                    self._chore(self._client, self._view.board)
        except Busy as error:
            self._back_off(error.fault, error.retry_after)
        except HallRefused as error:
            if error.status == 413:
                self._most = max(1, self._most // 2)
            self._refused = error.status == 403
            self._back_off(error.fault, self._pace.longest if self._refused else 0.0)
        except (SyncError, StoreError) as error:
            self._back_off(error.fault)
        except Forked:
            self._forked = True
            self._back_off(Fault.KIOSK_REFUSED, self._pace.longest)
        else:
            self._failures = 0
        self._tell()

    def _back_off(self, fault: Fault, at_least: float = 0.0) -> None:
        most = min(self._pace.longest, self._pace.first * 2**self._failures)
        self._failures = min(self._failures + 1, 16)
        wait = at_least + self._chance.uniform(0, most)
        self._beat_at = self._blocked_until = time.monotonic() + wait
        if self._view.online:
            self._view = replace(self._view, since=self._cache.clock.now())
        self._view = replace(self._view, online=False, fault=fault)

    def _reached(self) -> None:
        if not self._view.online:
            self._view = replace(self._view, online=True, since=self._cache.clock.now(), fault=None)

    def _heartbeat(self) -> None:
        cache, report = self._cache, self._ask()
        suspect = cache.clock.skew().fault
        pending = cache.outbox.pending()
        asked = time.monotonic()
        board = self._client.heartbeat(
            {
                "version": report.version,
                "sqlite": sqlite3.sqlite_version,
                "faults": [*report.faults, *([suspect.value] if suspect else [])],
                "paper": report.paper,
                "outbox": pending.count,
                "oldest": pending.oldest,
                "leases": [[one.day, one.queue, one.first, one.last] for one in leases.held(cache.store)],
                "acked": cache.outbox.chain.acked,
                "at": cache.clock.now(),
            }
        )
        self._beat_at = (
            time.monotonic() + self._pace.heartbeat + self._chance.uniform(-self._pace.jitter, self._pace.jitter)
        )
        self._refused = False
        self._declined = {name for name in self._declined if name[0] != "lease"}
        cache.clock.heard(board.as_of, time.monotonic() - asked)
        cache.ledger.hear(board)
        self._view = replace(self._view, board=board)
        self._reached()
        cache.outbox.stands_at(board.watermark)

    def _drain(self) -> None:
        outbox = self._cache.outbox
        while not self._stopping and (batch := outbox.batch(self._most)):
            self._back_at = time.monotonic()
            self.errands.run(self._client)  # somebody stands there and waits; a backlog does not
            before = outbox.chain
            ack = self._client.events(batch)
            outbox.apply(ack)
            self._most = min(BATCH, ack.batch)
            self._reached()
            if outbox.chain.next == before.next:
                raise Busy(200, self._pace.first)  # an answer, but no progress
            self._tell()

    def _top_up(self) -> None:
        board, store = self._view.board, self._cache.store
        if board is None or board.day != self._cache.clock.day():
            return
        for queue in board.queues:
            left = leases.left(store, board.day, queue)
            if left < FEW_NUMBERS and ("lease", queue) not in self._declined and not self._stopping:
                try:
                    leases.add(store, self._client.lease(board.day, queue, left))
                except HallRefused as error:
                    if error.status in (401, 403):
                        raise
                    self._declined.add(("lease", queue))

    def _refresh(self) -> None:
        board, documents = self._view.board, self._cache.documents
        if board is None:
            return
        offered = ((Kind.BUNDLE, ("", board.bundle)), (Kind.DAY, (board.day, board.sheet)))
        for kind, version in offered:
            name = (kind.value, version[0], str(version[1]))
            if version > documents.version(kind) and name not in self._declined and not self._stopping:
                data = self._client.bundle() if kind is Kind.BUNDLE else self._client.day_sheet()
                try:
                    documents.offer(kind, data)
                except Refused:
                    self._declined.add(name)

    def _tell(self) -> None:
        cache, chain = self._cache, self._cache.outbox.chain
        quarantined = self._refused or self._forked
        view = replace(
            self._view,
            quarantined=quarantined,
            fault=Fault.KIOSK_REFUSED if quarantined else self._view.fault,
            bundle=cache.documents.version(Kind.BUNDLE)[1],
            sheet=cache.documents.version(Kind.DAY),
            parked=cache.outbox.parked(),
            pending=chain.seq - chain.acked,
            backup=chain.backup,
            declined=tuple(sorted(name[0] for name in self._declined)),
        )
        self._view = view
        if view != self._told and not self._stopping:
            self._told = view
            self._publish(view)
