"""A ticket on record, sealed, chained and numbered, beside bare sqlite3 writing the same rows."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from offline_cache.cache import Cache
from offline_cache.leases import Lease, add
from offline_cache.schema import MIGRATIONS
from offline_cache.tickets import Draft, Via
from tests.bench.row import Row, beside
from tests.offline_cache.far_hall import DAY, FarHall

RECORDS = 2_000


def rows(records: int = RECORDS) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        hall_folder = Path(folder, "hall")
        hall_folder.mkdir()
        hall = FarHall(hall_folder)
        cache = Cache(Path(folder, "kiosk"))
        try:
            cache.enrol(hall.code(), hall.url)
            return [_record(cache, Path(folder), records)]
        finally:
            cache.close()
            hall.close()


def _record(cache: Cache, folder: Path, records: int) -> Row:
    """Both in turns, so that whatever else the machine does meets both."""
    add(cache.store, Lease(cache.clock.day(), "A", 1, 2 * records))
    ledger = cache.ledger
    draft = Draft(
        "A",
        ("pension-certificate", "medical-transfer"),
        Via.CARD,
        "zh-Hans",
        person=b"p" * 32,
        ahead=7,
        minutes=25,
        masked="王*",
        personal={"name": "王小明", "number": "990101199001011234", "document": "social-card"},
        slip=b"s" * 400,
    )
    bare = _bare(folder / "bare.db", records)
    ours, peer = [], []
    for number in range(1, records + 1):
        ours.append(_seconds(ledger.record, draft))
        peer.append(_seconds(bare, number))
    typical = [statistics.median(side) * 1e3 for side in (ours, peer)]
    return beside(
        "record of a ticket, durable",
        "ms",
        statistics.fmean(ours) * 1e3,
        statistics.fmean(peer) * 1e3,
        "bare sqlite3, WAL, FULL, the same rows and pragmas",
        1 / 2,
        f"means of {records:,}, each side's checkpoints included; medians {typical[0]:.2f} and {typical[1]:.2f} ms",
        "The peer seals nothing: a key agreement (X25519) for the hall is a fifth of our time where the disk is quick.",
    )


def _bare(path: Path, records: int) -> Callable[[int], None]:
    """The rows of a record and nothing else: no seal, no envelope, no chain."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        database.execute(f"PRAGMA {pragma}")
    for statement in MIGRATIONS[0].statements:
        database.execute(statement)
    database.execute("INSERT INTO leases VALUES (?, 'A', 1, ?, 1)", (DAY, 2 * records))
    slip, event, link, person = b"s" * 428, b"e" * 560, b"l" * 32, b"p" * 32

    def record(number: int) -> None:
        database.execute("BEGIN")
        database.execute("UPDATE leases SET next = ? WHERE day = ? AND queue = 'A' AND first = 1", (number + 1, DAY))
        database.execute("INSERT INTO outbox (seq, at, data, link) VALUES (?, ?, ?, ?)", (number, number, event, link))
        database.execute(
            """INSERT INTO tickets (seq, id, day, number, queue, matters, person, at, slip, copies, cancelled)
                VALUES (?, ?, ?, ?, 'A', '["pension-certificate", "medical-transfer"]', ?, ?, ?, 1, 0)""",
            (number, f"{number * 7919:016d}", DAY, f"A{number:03d}", person, number, slip),
        )
        database.execute("INSERT INTO copies (ticket, copy, state) VALUES (?, 1, 'in hand')", (number,))
        database.execute("COMMIT")

    return record


def _seconds(act: Callable[[Any], object], on: Any) -> float:
    started = time.perf_counter()
    act(on)
    return time.perf_counter() - started
