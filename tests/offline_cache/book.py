"""What a hall holds of one kiosk: its events, on disk for each request, with a backup that can be restored."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

from offline_cache.envelope import GENESIS, decode, link
from tests.offline_cache.line import Refusal


class Book:
    """``poison``: kinds of events that are parked. ``backup``: the watermark that the backup covers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.RLock()
        self.poison: set[str] = set()
        self.backup = 0
        self.database = self._open()

    def close(self) -> None:
        with self.lock:
            self.database.close()

    def events(self) -> list[Any]:
        with self.lock:
            return [decode(data) for (data,) in self.database.execute("SELECT data FROM events ORDER BY seq")]

    def watermark(self) -> int:
        with self.lock:
            return int(self.database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    def back_up(self) -> None:
        """A verified backup: covers all the hall has now."""
        with self.lock:
            copy = sqlite3.connect(self.folder / "backup.db")
            self.database.backup(copy)
            copy.close()

    def covers(self) -> None:
        """The backup is known to be good: the kiosk may erase."""
        with self.lock:
            copy = sqlite3.connect(self.folder / "backup.db")
            self.backup = int(copy.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
            copy.close()

    def restore(self) -> None:
        with self.lock:
            self.database.close()
            shutil.copy(self.folder / "backup.db", self.folder / "hall.db")
            for tail in ("-wal", "-shm"):
                (self.folder / f"hall.db{tail}").unlink(missing_ok=True)
            self.database = self._open()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.folder / "hall.db", isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, data BLOB, link BLOB)")
        database.execute("CREATE TABLE IF NOT EXISTS parked (seq INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE IF NOT EXISTS kiosks (epoch INTEGER PRIMARY KEY, counter INTEGER, key BLOB)")
        return database

    def take(self, batch: list[bytes]) -> dict[str, Any]:
        """Apply a batch by the rules of docs/sync.md, durably."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            newest = self.database.execute("SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1").fetchone()
            seq, head = newest or (0, GENESIS)
            for data in batch:
                event = decode(data)
                if event.seq <= seq:
                    (known,) = self.database.execute("SELECT link FROM events WHERE seq = ?", (event.seq,)).fetchone()
                    if known != link(data):
                        raise Refusal(403, "fork")
                elif event.seq == seq + 1:
                    if event.prev != head:
                        raise Refusal(403, "fork")
                    seq, head = event.seq, link(data)
                    self.database.execute("INSERT INTO events VALUES (?, ?, ?)", (seq, data, head))
                    if event.kind in self.poison:
                        self.database.execute("INSERT INTO parked VALUES (?)", (seq,))
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")
        parked = [seq for (seq,) in self.database.execute("SELECT seq FROM parked")]
        return {
            "watermark": seq,
            "head": head,
            "backup": min(self.backup, seq),
            "parked": parked,
            "expected": seq + 1,
        }
