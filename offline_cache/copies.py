"""What became of each paper: recorded = in hand + printed + void + uncertain, at any moment.

Tickets and certificates keep their copies alike, each in tables of their own.
No outcome gets lost: what the store could not write is kept and written at
the next chance, and of what nobody spoke it is said that it is uncertain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import inf
from typing import Final

from offline_cache.clock import Clock
from offline_cache.database import Database
from offline_cache.outbox import Outbox, Page
from offline_cache.store import Store, StoreError
from offline_cache.tickets import Counts, Outcome

LONGEST_VISIT: Final = 24 * 3_600.0
"""Seconds of running time after which no visit has a copy in hand any longer: far beyond what any takes."""

_Copy = tuple[str, int]
"""The paper's name and the number of the copy."""


class NotInHand(Exception):
    """This copy was settled before, at the latest by a restart."""


class Copies:
    """The copies of one kind of paper. Usable from any thread."""

    def __init__(self, kind: str, table: str, store: Store, outbox: Outbox, clock: Clock) -> None:
        """``kind`` is also how its events begin: ``ticket``, ``certificate``. What was in hand becomes uncertain."""
        self.kind, self.table = kind, table
        self._store, self._outbox, self._clock = store, outbox, clock
        self._begun: dict[_Copy, float] = {}
        self._unwritten: dict[_Copy, tuple[Outcome, str | None]] = {}
        self._in_hand = f"SELECT id, copy FROM {table} JOIN {kind}s USING ({kind}) WHERE state = 'in hand'"
        self.settle_what_was_left()

    def begin(self, page: Page, row: int | None, name: str, copy: int) -> None:
        """A copy is in hand from here on: recorded, and not yet told of."""
        page.database.execute(
            f"INSERT INTO {self.table} ({self.kind}, copy, state) VALUES (?, ?, 'in hand')", (row, copy)
        )
        self._begun[name, copy] = self._clock.running()

    def settle(self, name: str, copy: int, outcome: Outcome, fault: str | None) -> None:
        """Say what became of a copy. Raises ``NotInHand`` where that was said before.

        Raises ``StoreError`` too: then it is kept, and ``settle_what_was_left`` writes it.
        """
        try:
            with self._outbox.page(ends=True) as page:
                self._settle(page, (name, copy), outcome, fault)
            self._forget([(name, copy)])
        except StoreError:
            self._unwritten.setdefault((name, copy), (outcome, fault))
            raise

    def settle_what_was_left(self) -> None:
        """Write what could not be written; what no visit has in hand any longer is uncertain.

        Raises ``StoreError``; then all of it is still to be written.
        """
        if not self._store.rows(self._in_hand):
            return
        long_ago = self._clock.running() - LONGEST_VISIT
        with self._outbox.page(ends=True) as page:
            in_hand = page.database.execute(self._in_hand).fetchall()
            self._forget(set(self._begun | self._unwritten).difference(in_hand))
            left = {
                copy: self._unwritten.get(copy, (Outcome.UNCERTAIN, None))
                for copy in in_hand
                if copy in self._unwritten or self._begun.get(copy, -inf) < long_ago
            }
            for copy, said in left.items():
                self._settle(page, copy, *said)
        self._forget(left)

    def counts(self) -> Counts:
        """Copies on record, those of the last days that are kept."""
        ((recorded, states),) = self._store.rows(
            f"""SELECT (SELECT coalesce(sum(copies), 0) FROM {self.kind}s),
                (SELECT json_group_object(state, n) FROM (SELECT state, count(*) n FROM {self.table} GROUP BY state))"""
        )
        n = json.loads(states)
        return Counts(recorded, n.get("in hand", 0), n.get("printed", 0), n.get("void", 0), n.get("uncertain", 0))

    def erase(self, database: Database, oldest: str) -> None:
        """Erase papers from before the day ``oldest``, but none of which the hall was not told yet what became of it.

        Within the caller's transaction.
        """
        database.execute(
            f"""DELETE FROM {self.kind}s WHERE day < ? AND {self.kind} NOT IN
                (SELECT {self.kind} FROM {self.table} WHERE state = 'in hand')""",
            (oldest,),
        )
        database.execute(f"DELETE FROM found WHERE kind = ? AND id NOT IN (SELECT id FROM {self.kind}s)", (self.kind,))

    def _forget(self, copies: Iterable[_Copy]) -> None:
        for copy in copies:
            self._begun.pop(copy, None)
            self._unwritten.pop(copy, None)

    def _settle(self, page: Page, which: _Copy, outcome: Outcome, fault: str | None) -> None:
        name, copy = which
        changed = page.database.execute(
            f"""UPDATE {self.table} SET state = ?, fault = ? WHERE copy = ? AND state = 'in hand'
                AND {self.kind} = (SELECT {self.kind} FROM {self.kind}s WHERE id = ?)""",
            (outcome.value, fault, copy, name),
        )
        if changed.rowcount != 1:
            raise NotInHand(f"copy {copy}")
        body = {"id": name, "copy": copy, "outcome": outcome.value, "fault": fault}
        page.append(self._clock.now(), f"{self.kind}.settled", body)
