"""The store beside its peers: bare sqlite3 for a record, one POST per event for a backlog."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from offline_cache.cache import Cache
from offline_cache.hall_client import HallClient
from offline_cache.leases import Lease, add
from offline_cache.outbox import Outbox
from offline_cache.schema import MIGRATIONS
from offline_cache.tickets import Draft, Via
from tests.offline_cache.far_hall import DAY, FarHall

RECORDS = 600
BACKLOG = 10_000
ONE_BY_ONE = 300


def rows() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        hall_folder = Path(folder, "hall")
        hall_folder.mkdir()
        hall = FarHall(hall_folder)
        cache = Cache(Path(folder, "kiosk"))
        try:
            cache.enrol(hall.code(), hall.url)
            return [_record(cache, Path(folder)), _drain(cache, hall)]
        finally:
            cache.close()
            hall.close()


def _record(cache: Cache, folder: Path) -> dict[str, Any]:
    """Both in turns, so that whatever else the machine does meets both."""
    add(cache.store, Lease(cache.clock.day(), "A", 1, 2 * RECORDS))
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
    bare = _bare(folder / "bare.db")
    ours, peer = [], []
    for number in range(1, RECORDS + 1):
        ours.append(_seconds(ledger.record, draft))
        peer.append(_seconds(bare, number))
    return _row("record of a ticket", "ms", ours, peer, "bare sqlite3, WAL, FULL, the same rows and pragmas", 0.5)


def _bare(path: Path) -> Callable[[int], None]:
    """The rows of a record and nothing else: no seal, no envelope, no chain."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        database.execute(f"PRAGMA {pragma}")
    for statement in MIGRATIONS[0]:
        database.execute(statement)
    database.execute("INSERT INTO leases VALUES (?, 'A', 1, ?, 1)", (DAY, 2 * RECORDS))
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


def _drain(cache: Cache, hall: FarHall) -> dict[str, Any]:
    """The sender's own batches and acks beside a POST for each event, both durable at both ends."""
    outbox, client = cache.outbox, cache.client()
    _send(outbox, client, 500)
    with outbox.page() as page:
        for number in range(BACKLOG):
            body = {"id": f"{number:016d}", "copy": 1, "outcome": "printed", "fault": None}
            page.append(cache.clock.now(), "ticket.settled", body, b"s" * 200)
    one_by_one = time.perf_counter()
    for _ in range(ONE_BY_ONE):
        outbox.apply(client.events(outbox.batch(1)))
    one_by_one = (time.perf_counter() - one_by_one) * BACKLOG / ONE_BY_ONE
    left = outbox.pending().count
    started = time.perf_counter()
    _send(outbox, client, 500)
    whole = (time.perf_counter() - started) * BACKLOG / left
    client.close()
    assert hall.watermark() == outbox.chain.seq
    return _row(f"drain of {BACKLOG} events", "s", [whole], [one_by_one], "one POST per event", 40.0, scale=1.0)


def _send(outbox: Outbox, client: HallClient, most: int) -> None:
    while batch := outbox.batch(most):
        outbox.apply(client.events(batch))


def _seconds(act: Callable[[Any], object], on: Any) -> float:
    started = time.perf_counter()
    act(on)
    return time.perf_counter() - started


def _row(
    name: str, unit: str, ours: list[float], peer: list[float], peer_name: str, goal: float, scale: float = 1000.0
) -> dict[str, Any]:
    a, b = statistics.median(ours) * scale, statistics.median(peer) * scale
    ratio = b / a
    return {
        "name": name,
        "unit": unit,
        "ours": round(a, 4),
        "peer": round(b, 4),
        "peer_name": peer_name,
        "ratio": round(ratio, 3),
        "goal": goal,
        "ok": ratio >= goal,
    }


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write(f"{row}\n")
