"""Killed at named places, and the power cut at any write: what was said to be durable is there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from offline_cache import leases
from offline_cache.cache import Cache
from offline_cache.envelope import GENESIS, decode, link
from offline_cache.leases import Lease
from tests.offline_cache.conftest import Kiosk

ROOT = Path(__file__).parents[2]

PLACES = [
    "BEGIN",
    "UPDATE leases",
    "INSERT INTO outbox",
    "INSERT INTO tickets",
    "INSERT INTO copies",
    "COMMIT",
    "UPDATE copies",
    "UPDATE tickets SET copies",
    "INSERT OR IGNORE INTO day_keys",
    "DELETE FROM day_keys",
    "PRAGMA wal_checkpoint",
]


def check(cache: Cache, said: list[str]) -> None:
    """What every kill must leave: nothing said is missing, nothing half, nothing twice, one chain."""
    events = [decode(data) for data in cache.outbox.batch()]
    head = GENESIS
    for seq, data in enumerate(cache.outbox.batch(), 1):
        assert (decode(data).seq, decode(data).prev) == (seq, head)
        head = link(data)
    issued = {event.body["id"]: event.body["number"] for event in events if event.kind == "ticket.issued"}
    rows = dict(cache.store.rows("SELECT id, number FROM tickets"))
    assert issued == rows
    assert len(set(issued.values())) == len(issued)
    printed = {e.body["id"] for e in events if e.kind == "ticket.settled" and e.body["outcome"] == "printed"}
    for line in said:
        verb, ticket, number = line.split()
        assert issued[ticket] == number
        assert verb == "recorded" or ticket in printed
    counts = cache.ledger.counts()
    assert counts.balanced
    assert counts.in_hand == 0
    assert counts.recorded == sum(1 for e in events if e.kind in ("ticket.issued", "ticket.copied"))


def die(folder: Path, place: str, nth: int, seconds: float | None = None) -> list[str]:
    """Run the child until it kills itself, or is killed after some time; what it said was durable."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.offline_cache.crashing", str(folder), place, str(nth)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    if seconds is not None:
        assert child.stdout is not None
        first = child.stdout.readline()
        until = time.monotonic() + seconds
        lines = [first]
        while time.monotonic() < until:
            lines.append(child.stdout.readline())
        child.kill()
        rest, _ = child.communicate(timeout=30)
        return [line for line in ("".join(lines) + rest).split("\n")[:-1] if line]
    out, _ = child.communicate(timeout=30)
    assert child.returncode == -9, "it never came to that place"
    return out.splitlines()


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_a_named_place_everything_said_is_there_and_nothing_half(kiosk: Kiosk, place: str) -> None:
    leases.add(kiosk.cache.store, Lease(kiosk.cache.clock.day(), "A", 1, 9))
    kiosk.cache.store.close()
    said = die(kiosk.folder, place, 2)
    kiosk.cache = Cache(kiosk.folder)
    assert kiosk.cache.replaced is None
    check(kiosk.cache, said)


def test_killed_again_and_again_at_any_time_nothing_is_lost(kiosk: Kiosk) -> None:
    kiosk.cache.store.close()
    chance, said = random.Random(4), list[str]()
    for _ in range(6):
        said += die(kiosk.folder, "never", 1, chance.uniform(0, 0.15))
        kiosk.cache = Cache(kiosk.folder)
        check(kiosk.cache, said)
        kiosk.cache.store.close()
    assert len(said) > 20
    kiosk.cache = Cache(kiosk.folder)
