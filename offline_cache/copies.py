"""What became of each paper: recorded = in hand + printed + void + uncertain, at any moment.

Tickets and certificates keep their copies alike, each in tables of their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from offline_cache.outbox import Outbox, Page
from offline_cache.store import Store
from offline_cache.tickets import Counts, Outcome


class NotInHand(Exception):
    """This copy was settled before, at the latest by a restart."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one kind of paper. ``kind`` is also how its events begin: ``ticket``, ``certificate``."""

    kind: str
    table: str

    def begin(self, page: Page, row: int | None, copy: int) -> None:
        """A copy is in hand from here on: recorded, and not yet told of."""
        page.database.execute(
            f"INSERT INTO {self.table} ({self.kind}, copy, state) VALUES (?, ?, 'in hand')", (row, copy)
        )

    def settle(self, page: Page, at: int, name: str, copy: int, outcome: Outcome, fault: str | None) -> None:
        """Say what became of a copy. Raises ``NotInHand`` where that was said before."""
        changed = page.database.execute(
            f"""UPDATE {self.table} SET state = ?, fault = ? WHERE copy = ? AND state = 'in hand'
                AND {self.kind} = (SELECT {self.kind} FROM {self.kind}s WHERE id = ?)""",
            (outcome.value, fault, copy, name),
        )
        if changed.rowcount != 1:
            raise NotInHand(f"copy {copy}")
        body = {"id": name, "copy": copy, "outcome": outcome.value, "fault": fault}
        page.append(at, f"{self.kind}.settled", body)

    def settle_what_a_stop_left(self, store: Store, outbox: Outbox, at: int) -> bool:
        """What was in hand when the kiosk stopped is uncertain; whether there was any."""
        stopped = f"SELECT id, copy FROM {self.table} JOIN {self.kind}s USING ({self.kind}) WHERE state = 'in hand'"
        if not store.rows(stopped):
            return False
        with outbox.page(ends=True) as page:
            for name, copy in page.database.execute(stopped).fetchall():
                self.settle(page, at, name, copy, Outcome.UNCERTAIN, None)
        return True

    def counts(self, store: Store) -> Counts:
        """Copies on record, those of the last days that are kept."""
        ((recorded, states),) = store.rows(
            f"""SELECT (SELECT coalesce(sum(copies), 0) FROM {self.kind}s),
                (SELECT json_group_object(state, n) FROM (SELECT state, count(*) n FROM {self.table} GROUP BY state))"""
        )
        n = json.loads(states)
        return Counts(recorded, n.get("in hand", 0), n.get("printed", 0), n.get("void", 0), n.get("uncertain", 0))
