"""A day without a network goes to the hall, beside one POST for each event: real sender, real hall, real TLS."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from offline_cache.cache import Cache
from offline_cache.sync import Sender
from offline_cache.tickets import Draft, Outcome, Via
from offline_cache.view import HallView, Pace, Report
from tests.bench.row import Row, beside
from tests.stand.hall import RunningHall

BACKLOG: Final = 10_000
ONE_BY_ONE: Final = 300
QUEUES: Final = "ABC"
_WITHIN: Final = 180.0


def rows(backlog: int = BACKLOG, one_by_one: int = ONE_BY_ONE) -> list[Row]:
    """Tickets taken with a card and printed, two events each; the peer goes first, to a hall that is still empty."""
    with (
        tempfile.TemporaryDirectory(prefix="keting-bench-") as folder,
        RunningHall(Path(folder, "hall"), requests_per_second=100_000.0) as hall,
    ):
        cache = Cache(Path(folder, "kiosk"))
        try:
            cache.enrol(hall.code(), hall.url)
            for turn in range((backlog + one_by_one) // 2):
                _ticket(cache, QUEUES[turn % len(QUEUES)])
            peer = _one_by_one(cache, one_by_one) * backlog
            left = cache.outbox.pending().count
            ours = _drain(cache) * backlog / left
            _arrived(hall, backlog + one_by_one)
        finally:
            cache.close()
    note = f"the peer is {one_by_one} POSTs on one open connection, scaled to {backlog:,}"
    return [beside(f"drain of {backlog:,} events to the hall", "s", ours, peer, "one POST per event", 40.0, note)]


def _ticket(cache: Cache, queue: str) -> None:
    recorded = cache.ledger.record(
        Draft(
            queue,
            ("pension-query",),
            Via.CARD,
            "zh-Hans",
            person=os.urandom(32),
            masked="王*",
            personal={"name": "王小明", "number": "990101199001011234", "document": "social-card"},
            slip=b"s" * 400,
        )
    )
    cache.ledger.settle(recorded, Outcome.PRINTED)


def _one_by_one(cache: Cache, events: int) -> float:
    """Seconds for an event, signed, sent, applied and acknowledged by itself."""
    client, outbox = cache.client(), cache.outbox
    try:
        outbox.apply(client.events(()))  # the connection is made before the clock runs
        began = time.perf_counter()
        for _ in range(events):
            outbox.apply(client.events(outbox.batch(1)))
        return (time.perf_counter() - began) / events
    finally:
        client.close()


def _drain(cache: Cache) -> float:
    """Seconds from the start of the sender, connection and heartbeat included, until the hall has everything."""
    done = threading.Event()

    def see(view: HallView) -> None:
        if view.online and not view.pending:
            done.set()

    sender = Sender(cache, lambda: Report("0.1.0"), see, Pace())
    began = time.perf_counter()
    sender.start()
    try:
        assert done.wait(_WITHIN), f"not drained within {_WITHIN} s: {sender.view}"
        return time.perf_counter() - began
    finally:
        sender.stop()


def _arrived(hall: RunningHall, events: int) -> None:
    applied = "SELECT count(*) FROM applied_event WHERE parked IS NULL"
    assert hall.rows(applied) == [(events // 2 * 2,)], "not every event was applied"
