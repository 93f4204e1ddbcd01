"""Events on their way to the hall: chained when recorded, kept until the hall's backup has them.

Identity is (kiosk, epoch, seq); nothing here counts on the number on a slip.
Rows are marked by the hall's authentic word only, never because they were sent.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from offline_cache.database import Database
from offline_cache.envelope import EVENT_LIMIT, GENESIS, Event, decode, link
from offline_cache.store import Store, StoreFull

MOST: Final = 100_000
"""Events kept at most. Then nothing new is recorded; what is recorded can still be settled."""

RESERVE: Final = 2_000
"""Rows beyond ``MOST`` for events that end what was recorded before."""

BATCH: Final = 500
"""Events in one request at most, whatever the hall would like."""

BATCH_BYTES: Final = 512 * 1024

_ISSUED: Final = {"ticket.issued": "tickets", "certificate.issued": "certificates"}
"""What issues a paper, and the table whose rows name that event."""


class Forked(Exception):
    """The hall's history of this kiosk is not the store's: one of them is a copy, or was set back too far."""


@dataclass(frozen=True, slots=True)
class Ack:
    """The hall's durable word on this epoch. ``head`` is its hash at ``watermark``."""

    watermark: int
    head: bytes
    backup: int
    parked: tuple[int, ...]
    expected: int
    batch: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Events the hall has not acknowledged, and when the oldest was recorded (None: there is none)."""

    count: int
    oldest: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the epoch stands. ``oldest`` is the first event whose bytes are still here."""

    kiosk: str
    epoch: int
    seq: int = 0
    head: bytes = GENESIS
    acked: int = 0
    next: int = 1
    backup: int = 0
    oldest: int = 1


class Page:
    """One transaction's events. They become the chain when the transaction is durable."""

    __slots__ = ("chain", "database", "room")

    def __init__(self, chain: Chain, database: Database, room: int) -> None:
        self.chain, self.database, self.room = chain, database, room

    def append(self, at: int, kind: str, body: dict[str, Any], sealed: bytes | None = None) -> int:
        """Chain one event and give its seq. Raises ``StoreFull``; ``ValueError`` where it is too long for the hall."""
        chain = self.chain
        if chain.seq - chain.oldest + 1 >= self.room:
            raise StoreFull(f"{self.room} events wait for the hall")
        seq = chain.seq + 1
        data = Event(chain.kiosk, chain.epoch, seq, chain.head, at, kind, body, sealed).encode()
        if len(data) > EVENT_LIMIT:
            raise ValueError(f"an event of {len(data)} bytes")
        head = link(data)
        self.database.execute("INSERT INTO outbox (seq, at, data, link) VALUES (?, ?, ?, ?)", (seq, at, data, head))
        self.chain = Chain(chain.kiosk, chain.epoch, seq, head, chain.acked, chain.next, chain.backup, chain.oldest)
        return seq


class Outbox:
    """The chain of this epoch. Usable from any thread."""

    def __init__(self, store: Store, most: int = MOST) -> None:
        """``begin`` must have been called once in the store's life."""
        self._store, self._most = store, most
        self._lock = threading.RLock()
        self.chain = _read(store)

    @contextmanager
    def page(self, *, ends: bool = False) -> Iterator[Page]:
        """A transaction that may append. ``ends``: it may use the reserve. Raises ``StoreError``."""
        with self._lock:
            with self._store.transaction() as database:
                page = Page(self.chain, database, self._most + RESERVE if ends else self._most)
                yield page
            self.chain = page.chain

    def reference(self, seq: int) -> str:
        """How a paper names the event that issued it: ``K0203-1-004182``, kiosk, epoch and seq."""
        chain = self.chain
        return f"{chain.kiosk.replace('-', '')}-{chain.epoch}-{seq:06d}"

    def pending(self) -> Pending:
        chain = self.chain
        rows = self._store.rows("SELECT at FROM outbox WHERE seq = ?", chain.acked + 1)
        return Pending(chain.seq - chain.acked, rows[0][0] if rows else None)

    def parked(self) -> tuple[int, ...]:
        """Events that the hall could not apply and keeps for its staff."""
        return tuple(seq for (seq,) in self._store.rows("SELECT seq FROM parked ORDER BY seq LIMIT 1000"))

    def batch(self, most: int = BATCH) -> tuple[bytes, ...]:
        """The next events to send, in order and without a gap; empty when the hall has all."""
        size = 0
        events: list[bytes] = []
        for (data,) in self._store.rows(
            "SELECT data FROM outbox WHERE seq >= ? ORDER BY seq LIMIT ?", self.chain.next, max(1, min(most, BATCH))
        ):
            size += len(data)
            if events and size > BATCH_BYTES:
                break
            events.append(data)
        return tuple(events)

    def apply(self, ack: Ack) -> None:
        """Mark and erase by the hall's word, forward or back. Raises ``Forked`` and then changes nothing."""
        with self._lock:
            chain = self.chain
            self._agree(ack.watermark, ack.head)
            if not 1 <= ack.expected <= ack.watermark + 1 or ack.expected < min(chain.oldest, chain.seq + 1):
                raise Forked("the hall asks for events that are gone")
            backup = max(chain.backup, min(ack.backup, ack.watermark))
            after = replace(
                chain, acked=ack.watermark, next=ack.expected, backup=backup, oldest=max(chain.oldest, backup + 1)
            )
            fresh = set(ack.parked).difference(self.parked())
            if after == chain and not fresh:
                return
            with self._store.transaction() as database:
                database.execute("UPDATE chain SET acked = ?, next = ?, backup = ?", (after.acked, after.next, backup))
                erase_through(database, after, backup)
                for seq in fresh:
                    database.execute("INSERT OR IGNORE INTO parked (seq) VALUES (?)", (seq,))
            self.chain = after

    def stands_at(self, watermark: int) -> None:
        """The hall says how far it is, without a hash: a restored one gets the rest again. Raises ``Forked``."""
        with self._lock:
            chain = self.chain
            if watermark > chain.seq:
                raise Forked("the hall has events that this store never recorded")
            if watermark >= chain.acked:
                return
            if watermark + 1 < chain.oldest:
                raise Forked("the hall asks for events that are gone")
            after = replace(chain, acked=watermark, next=watermark + 1)
            with self._store.transaction() as database:
                database.execute("UPDATE chain SET acked = ?, next = ?", (after.acked, after.next))
            self.chain = after

    def forget_older_than(self, at: int) -> None:
        """Erase what the hall has acknowledged and what is older than ``at``, backup or not."""
        with self._lock:
            chain = self.chain
            ((through,),) = self._store.rows(
                "SELECT max(seq) FROM outbox WHERE at < ? AND seq <= ? AND data <> x''", at, chain.acked
            )
            if through is None:
                return
            after = replace(chain, oldest=max(chain.oldest, through + 1))
            with self._store.transaction() as database:
                erase_through(database, after, through)
            self.chain = after

    def _agree(self, watermark: int, head: bytes) -> None:
        chain = self.chain
        if not 0 <= watermark <= chain.seq:
            raise Forked("the hall has events that this store never recorded")
        if watermark == chain.seq:
            ours = chain.head
        else:
            rows = self._store.rows("SELECT data FROM outbox WHERE seq = ? AND data <> x''", watermark + 1)
            if not rows:
                raise Forked("the hall asks for events that are gone")
            ours = decode(rows[0][0]).prev
        if head != ours:
            raise Forked("the hall's hash is not the store's")


def begin(database: Database, kiosk: str, epoch: int) -> None:
    """Start the chain of ``epoch``, within the caller's transaction.

    What the hall never acknowledged of the epoch before is chained again under
    the new one; a ticket keeps its id, by which the hall knows one it has.
    """
    before = database.execute("SELECT acked FROM chain").fetchone()
    waiting = (
        [decode(data) for (data,) in database.execute("SELECT data FROM outbox WHERE seq > ? ORDER BY seq", before)]
        if before
        else []
    )
    for table in ("chain", "outbox", "parked", "status_indices"):
        database.execute(f"DELETE FROM {table}")
    for table in _ISSUED.values():
        database.execute(f"UPDATE {table} SET seq = 0")
    database.execute(
        "INSERT INTO chain (one, kiosk, epoch, acked, next, backup) VALUES (1, ?, ?, 0, 1, 0)", (kiosk, epoch)
    )
    page = Page(Chain(kiosk, epoch), database, MOST + RESERVE)
    for event in waiting:
        seq = page.append(event.at, event.kind, event.body, event.sealed)
        if issued := _ISSUED.get(event.kind):
            database.execute(f"UPDATE {issued} SET seq = ? WHERE id = ?", (seq, event.body["id"]))


def erase_through(database: Database, chain: Chain, seq: int) -> None:
    """Erase events up to ``seq``, sealed fields and all; the newest keeps its hash as the head of the chain."""
    database.execute("DELETE FROM outbox WHERE seq <= ? AND seq < ?", (seq, chain.seq))
    if seq >= chain.seq:
        database.execute("UPDATE outbox SET data = x'' WHERE seq = ?", (chain.seq,))


def _read(store: Store) -> Chain:
    ((kiosk, epoch, acked, following, backup),) = store.rows("SELECT kiosk, epoch, acked, next, backup FROM chain")
    newest = store.rows("SELECT seq, link FROM outbox ORDER BY seq DESC LIMIT 1")
    seq, head = newest[0] if newest else (0, GENESIS)
    ((oldest,),) = store.rows("SELECT min(seq) FROM outbox WHERE data <> x''")
    return Chain(kiosk, epoch, seq, head, acked, following, backup, oldest or seq + 1)
