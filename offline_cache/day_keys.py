"""What a reprint needs, under a key of its day: erasing the key erases the day.

AES-256-GCM; table, column and row are authenticated with it, so that a value
moved to another row does not open.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_cache.database import Database
from offline_cache.store import Store

_NONCE = 12


class DayKeys:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: tuple[str, AESGCM] | None = None

    def sealed(self, day: str, column: str, row: str, plain: bytes) -> bytes:
        """``plain`` for one row of ``column`` (``tickets|slip``)."""
        nonce = os.urandom(_NONCE)
        return nonce + self.make(day).encrypt(nonce, plain, _place(column, row))

    def opened(self, day: str, column: str, row: str, sealed: bytes | None) -> bytes | None:
        """The plain bytes again; None where it, or its key, was erased or does not belong to this row."""
        rows = self._store.rows("SELECT key FROM day_keys WHERE day = ?", day)
        if not rows or sealed is None:
            return None
        try:
            return AESGCM(rows[0][0]).decrypt(sealed[:_NONCE], sealed[_NONCE:], _place(column, row))
        except (InvalidTag, ValueError):
            return None

    def make(self, day: str) -> AESGCM:
        """The day's key, durable before it is used. Not for the first time within a transaction of the caller's."""
        if self._open is None or self._open[0] != day:
            with self._store.transaction() as database:
                database.execute("INSERT OR IGNORE INTO day_keys (day, key) VALUES (?, ?)", (day, os.urandom(32)))
                (key,) = database.execute("SELECT key FROM day_keys WHERE day = ?", (day,)).fetchone()
            self._open = day, AESGCM(key)
        return self._open[1]

    def forget(self, database: Database, today: str, oldest: str, backup: int) -> None:
        """Erase the key of each past day that the hall's ``backup`` covers, and of each before ``oldest``."""
        self._open = None
        database.execute(
            """DELETE FROM day_keys WHERE day < ? OR
                (day < ? AND NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.day = day_keys.day AND seq > ?)
                    AND NOT EXISTS (SELECT 1 FROM certificates WHERE certificates.day = day_keys.day AND seq > ?))""",
            (oldest, today, backup, backup),
        )
        for table, column in (("tickets", "slip"), ("certificates", "kept")):
            database.execute(
                f"UPDATE {table} SET {column} = NULL WHERE {column} NOT NULL AND day NOT IN (SELECT day FROM day_keys)"
            )


def _place(column: str, row: str) -> bytes:
    return f"{column}|{row}".encode()
