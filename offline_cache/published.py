"""What is published for everybody, kept by its name: lists and templates of certificates.

Nothing here is believed: whoever reads it checks the signatures again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from offline_cache.store import Store


class Published:
    """A shelf in the store: what is put together is there together, also after a power cut."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> bytes | None:
        rows = self._store.rows("SELECT data FROM published WHERE name = ?", name)
        return bytes(rows[0][0]) if rows else None

    def put(self, items: Mapping[str, bytes], drop: Collection[str] = ()) -> None:
        """All of ``items``, and without ``drop``, or nothing of it. Raises ``StoreError``."""
        with self._store.transaction() as database:
            for name in drop:
                database.execute("DELETE FROM published WHERE name = ?", (name,))
            for name, data in items.items():
                database.execute("INSERT OR REPLACE INTO published (name, data) VALUES (?, ?)", (name, data))
