"""Single values that must survive, each under a name."""

from __future__ import annotations

from typing import Final

from offline_cache.database import Database
from offline_cache.store import Store

BLOCK: Final = 1_000
"""Request counters taken from the store at a time; a restart leaves out the rest of its block."""


def fact(store: Store, name: str) -> int | bytes | None:
    """The value under ``name``, None where there is none."""
    rows = store.rows("SELECT value FROM facts WHERE name = ?", name)
    value = rows[0][0] if rows else None
    return value if isinstance(value, int | bytes) else None


def put_fact(database: Database, name: str, value: int | bytes) -> None:
    """Within a transaction: ``value`` under ``name``."""
    database.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))


class Counter:
    """Numbers that only grow, over restarts too: one for each request to the hall."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name
        self._next = self._end = 0

    def take(self) -> int:
        """The next number, from 1. Raises ``StoreError`` when a new block cannot be taken."""
        if self._next >= self._end:
            start = fact(self._store, self._name)
            first = start if isinstance(start, int) else 1
            with self._store.transaction() as database:
                put_fact(database, self._name, first + BLOCK)
            self._next, self._end = first, first + BLOCK
        self._next += 1
        return self._next - 1
