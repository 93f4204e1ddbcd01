"""Extracts: the printed list of a person's own page, on record before paper. Its words are kept nowhere.

At any moment: recorded = in hand + printed + void + uncertain.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass

from offline_cache.clock import Clock, day_of
from offline_cache.copies import Copies
from offline_cache.database import Database
from offline_cache.ids import new_id
from offline_cache.outbox import Outbox
from offline_cache.store import Store
from offline_cache.tickets import LEDGER, Counts, Outcome


@dataclass(frozen=True, slots=True)
class RecordedExtract:
    """An extract that is durably on record and not settled yet; ``reference`` names its event."""

    id: str
    at: int
    reference: str
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        if made_by is not LEDGER:
            raise TypeError("only the ledger makes what a paper is made of")


class Extracts:
    """Usable from any thread; every write is durable when it returns."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock) -> None:
        """What was in hand becomes uncertain."""
        self._outbox, self._clock = outbox, clock
        self._copies = Copies("extract", "extract_copies", store, outbox, clock)

    def issue(self, account: str) -> RecordedExtract:
        """Put an extract of this account on record. Raises ``StoreError`` and then leaves nothing."""
        extract = new_id()
        at = self._clock.now()
        day = day_of(at)
        with self._outbox.page() as page:
            seq = page.append(at, "extract.issued", {"id": extract, "day": day, "account": account})
            row = page.database.execute("INSERT INTO extracts (id, day, copies) VALUES (?, ?, 1)", (extract, day))
            self._copies.begin(page, row.lastrowid, extract, 1)
        return RecordedExtract(extract, at, self._outbox.reference(seq), made_by=LEDGER)

    def settle(self, recorded: RecordedExtract, outcome: Outcome, fault: str | None = None) -> None:
        """Say what became of the paper. Raises ``NotInHand``, ``StoreError`` as tickets do."""
        self._copies.settle(recorded.id, 1, outcome, fault)

    def counts(self) -> Counts:
        return self._copies.counts()

    def settle_what_was_left(self) -> None:
        """Say of each that no visit has in hand any longer what became of it. Raises ``StoreError``."""
        self._copies.settle_what_was_left()

    def forget(self, database: Database, oldest: str) -> None:
        """Erase what has had its time, within the caller's transaction."""
        self._copies.erase(database, oldest)
