"""The ledger: a ticket is on record before it is on paper, and what became of the paper after it.

One transaction holds the ticket, its number, its copy and the hall's event.
At any moment: recorded = in hand + printed + void + uncertain.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from offline_cache import leases
from offline_cache.accounts import open_account
from offline_cache.board import Board
from offline_cache.clock import Clock, day_of
from offline_cache.copies import Copies
from offline_cache.database import Database
from offline_cache.day_keys import DayKeys
from offline_cache.envelope import seal
from offline_cache.ids import new_id
from offline_cache.outbox import Outbox
from offline_cache.store import Store
from offline_cache.tickets import LEDGER, Counts, Draft, Outcome, Recorded, Waiting

COPIES: Final = 9
"""Copies of one ticket at most, the original included."""

_TICKET: Final = """INSERT INTO tickets
    (seq, id, day, number, queue, matters, person, at, slip, copies, cancelled) VALUES (?,?,?,?,?,?,?,?,?,1,0)"""
_WAITING: Final = """SELECT number, queue, matters, at, id, seq FROM tickets
    WHERE person = ? AND day = ? AND cancelled = 0 AND EXISTS
        (SELECT 1 FROM copies WHERE copies.ticket = tickets.ticket AND state <> 'void') ORDER BY at"""

_NOT_ON_BOARD: Final = """SELECT count(*) FROM tickets WHERE day = ? AND queue = ? AND seq > ? AND cancelled = 0
    AND EXISTS (SELECT 1 FROM copies WHERE copies.ticket = tickets.ticket AND state <> 'void')"""


class Gone(Exception):
    """This ticket can't be printed again: unknown, cancelled, its data erased, or too many copies."""


class Ledger:
    """The tickets of this kiosk. Usable from any thread; every write is durable when it returns."""

    def __init__(
        self, store: Store, outbox: Outbox, clock: Clock, number: str, hall_key: X25519PublicKey, keys: DayKeys
    ) -> None:
        """``number`` is the kiosk's own, as in ``03-A001``. What was in hand becomes uncertain."""
        self._store, self._outbox, self._clock = store, outbox, clock
        self._number, self._hall_key = number, hall_key
        self._keys = keys
        self._board: Board | None = None
        self._cancelled: set[tuple[str, str]] = set()
        self._copies = Copies("ticket", "copies", store, outbox, clock)

    def record(self, draft: Draft) -> Recorded:
        """Put a ticket on record and give it its number. Raises ``StoreError`` and then leaves nothing."""
        ticket = new_id()
        at = self._clock.now()
        day = day_of(at)
        sealed = seal(dict(draft.personal), ticket, self._hall_key) if draft.personal else None
        slip = self._keys.sealed(day, "tickets|slip", ticket, draft.slip)
        with self._outbox.page() as page:
            number = leases.take(page.database, day, draft.queue, self._number)
            account = open_account(page, at, draft.opening, self._hall_key) if draft.opening else draft.account
            body = {
                "id": ticket,
                "day": day,
                "number": number,
                "queue": draft.queue,
                "matters": list(draft.matters),
                "via": draft.via.value,
                "person": draft.person,
                "booking": draft.booking,
                "ahead": draft.ahead,
                "minutes": draft.minutes,
                "masked": draft.masked,
                "language": draft.language,
                "level": draft.level,
                "account": account,
                "acting": dict(draft.acting) if draft.acting else None,
            }
            seq = page.append(at, "ticket.issued", body, sealed)
            matters = json.dumps(draft.matters)
            row = page.database.execute(
                _TICKET, (seq, ticket, day, number, draft.queue, matters, draft.person, at, slip)
            )
            self._copies.begin(page, row.lastrowid, ticket, 1)
        return Recorded(
            ticket,
            day,
            number,
            draft.queue,
            draft.matters,
            at,
            1,
            self._outbox.reference(seq),
            draft.slip,
            made_by=LEDGER,
        )

    def settle(self, recorded: Recorded, outcome: Outcome, fault: str | None = None) -> None:
        """Say what became of a copy, with the failure's code where there was one.

        Raises ``NotInHand`` where it was said before, and ``StoreError``; then
        it is written at the next ``tidy``, and uncertain where a restart comes first.
        """
        self._copies.settle(recorded.id, recorded.copy, outcome, fault)

    def copy(self, ticket: str) -> Recorded:
        """Put a reprint on record: the same number, the next copy. Raises ``Gone``, ``StoreError``."""
        with self._outbox.page() as page:
            rows = page.database.execute(
                """UPDATE tickets SET copies = copies + 1 WHERE id = ? AND cancelled = 0 AND copies < ?
                    RETURNING ticket, day, number, queue, matters, at, slip, copies, seq""",
                (ticket, COPIES),
            ).fetchall()
            if not rows:
                raise Gone("unknown, cancelled, or printed too often")
            row, day, number, queue, matters, at, sealed, copy, seq = rows[0]
            slip = self._keys.opened(day, "tickets|slip", ticket, sealed)
            if slip is None:
                raise Gone("its data was erased")
            page.append(self._clock.now(), "ticket.copied", {"id": ticket, "copy": copy})
            self._copies.begin(page, row, ticket, copy)
        return Recorded(
            ticket,
            day,
            number,
            queue,
            tuple(json.loads(matters)),
            at,
            copy,
            self._outbox.reference(seq),
            slip,
            made_by=LEDGER,
        )

    def cancel(self, waiting: Waiting) -> None:
        """The person gives the ticket up; the hall takes it off the queue. Raises ``StoreError``."""
        with self._outbox.page() as page:
            page.database.execute(
                "UPDATE tickets SET cancelled = 1, slip = NULL WHERE day = ? AND number = ?",
                (waiting.day, waiting.number),
            )
            body = {"day": waiting.day, "number": waiting.number, "person": waiting.person}
            page.append(self._clock.now(), "ticket.cancelled", body)
        self._cancelled = {one for one in self._cancelled if one[0] == waiting.day} | {(waiting.day, waiting.number)}

    def counts(self) -> Counts:
        """Copies on record, those of the last days that are kept."""
        return self._copies.counts()

    def not_on_board(self, queue: str) -> int:
        """Tickets of today in ``queue``, taken here, that the hall's newest board does not count yet."""
        seen = self._board.watermark if self._board else 0
        rows = self._store.rows(_NOT_ON_BOARD, self._clock.day(), queue, seen)
        return int(rows[0][0])

    def hear(self, board: Board) -> None:
        """The hall's newest board: who of today's people still waits, wherever the ticket was made."""
        self._board = board

    def waiting_for(self, person: bytes, matters: Collection[str] = ()) -> tuple[Waiting, ...]:
        """This person's tickets of today that still wait, for any of ``matters`` (empty: for whatever).

        A ticket of ours that the hall knows waits while the hall's board says
        so; one that it does not know yet waits.
        """
        day, board = self._clock.day(), self._board
        if board is not None and board.day != day:
            board = None
        told = [w for w in board.waiting if w.person == person] if board else []
        still = {w.number for w in told}
        ours = {
            number: Waiting(number, queue, tuple(json.loads(wanted)), at, day, person, ticket)
            for number, queue, wanted, at, ticket, seq in self._store.rows(_WAITING, person, day)
            if board is None or seq > board.watermark or number in still
        }
        gone = {number for when, number in self._cancelled if when == day}
        found = ours | {
            w.number: Waiting(w.number, w.queue, w.matters, w.at, day, person)
            for w in told
            if w.number not in ours and w.number not in gone
        }
        return tuple(w for w in found.values() if not matters or set(matters) & set(w.matters))

    def settle_what_was_left(self) -> None:
        """Say of each copy that no visit has in hand any longer what became of it. Raises ``StoreError``."""
        self._copies.settle_what_was_left()

    def forget(self, database: Database, today: str, oldest: str) -> None:
        """Erase what has had its time, within the caller's transaction; never a ticket with a copy in hand."""
        database.execute("UPDATE tickets SET person = NULL WHERE person NOT NULL AND day < ?", (today,))
        self._copies.erase(database, oldest)
        leases.forget_before(database, today)
