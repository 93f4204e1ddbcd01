"""Papers of which nobody knows whether they came out, and what a technician found of them.

What is found is told to the hall. Only a paper that was seen whole becomes ``printed``; the others stay
uncertain, for uncertain they are, and are not asked about again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from offline_cache.clock import Clock
from offline_cache.outbox import Outbox
from offline_cache.store import Store

MOST: Final = 100
"""Papers told of at once, the newest first."""

_SOURCES: Final = (
    ("ticket", "copies", "number", "at"),
    ("certificate", "certificate_copies", "''", "at"),
    ("extract", "extract_copies", "''", "NULL"),
)
"""Each kind of paper, the table of its copies, what stands large on it, and when it was recorded."""

_UNSURE: Final = " UNION ALL ".join(
    f"""SELECT '{kind}', id, copy, {label}, {at}, day, fault FROM {copies} JOIN {kind}s USING ({kind})
        WHERE state = 'uncertain' AND NOT EXISTS (SELECT 1 FROM found
            WHERE found.kind = '{kind}' AND found.id = {kind}s.id AND found.copy = {copies}.copy)"""
    for kind, copies, label, at in _SOURCES
)


class Found(StrEnum):
    """What became of such a paper, as far as a pair of eyes can tell."""

    WHOLE = "whole"  # it is out, and complete
    SPOILT = "spoilt"  # a part of it, or nothing but blank paper
    GONE = "gone"  # nothing is there; it may have been taken


@dataclass(frozen=True, slots=True)
class Unsure:
    """One copy. ``label`` is the ticket's number, "" for other papers; ``at`` milliseconds since 1970, where known."""

    kind: str
    id: str
    copy: int
    label: str
    at: int | None
    day: str
    fault: str | None


class UnsurePapers:
    """Usable from any thread."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock) -> None:
        self._store, self._outbox, self._clock = store, outbox, clock

    def all(self) -> tuple[Unsure, ...]:
        """Those that nobody has looked for yet."""
        rows = self._store.rows(f"SELECT * FROM ({_UNSURE}) ORDER BY day DESC, 5 DESC LIMIT {MOST}")
        return tuple(Unsure(*row) for row in rows)

    def note(self, paper: Unsure, found: Found, by: str) -> None:
        """Put on record what ``by``, a staff number, found. Raises ``StoreError``; a paper is noted once."""
        copies = next(table for kind, table, _, _ in _SOURCES if kind == paper.kind)
        now = self._clock.now()
        with self._outbox.page(ends=True) as page:
            noted = page.database.execute(
                "INSERT OR IGNORE INTO found (kind, id, copy, found, by, at) VALUES (?, ?, ?, ?, ?, ?)",
                (paper.kind, paper.id, paper.copy, found.value, by, now),
            )
            if noted.rowcount != 1:
                return
            if found is Found.WHOLE:
                page.database.execute(
                    f"""UPDATE {copies} SET state = 'printed' WHERE copy = ? AND state = 'uncertain'
                        AND {paper.kind} = (SELECT {paper.kind} FROM {paper.kind}s WHERE id = ?)""",
                    (paper.copy, paper.id),
                )
            body = {"id": paper.id, "copy": paper.copy, "found": found.value, "by": by}
            page.append(now, f"{paper.kind}.found", body)
