"""Killed at named places, killed at any time, power cut: what was said to be durable is there."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from offline_cache import leases
from offline_cache.bundle import Kind
from offline_cache.cache import Cache
from offline_cache.envelope import GENESIS, decode, link
from offline_cache.leases import Lease
from tests.offline_cache import crashing
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import FarHall
from tests.stand.root import ext4, mounted

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([crashing.__name__])


class Child:
    """A kiosk in a process of its own, and what it said was durable."""

    def __init__(
        self, life: Callable[[Path, crashing.Say], None], folder: Path, place: str = "never", nth: int = 1
    ) -> None:
        self._hears, tells = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=crashing.live, args=(life, folder, place, nth, tells.send), daemon=True)
        self.process.start()
        tells.close()

    def says(self, lines: int) -> list[str]:
        return [self._hears.recv() for _ in range(lines)]

    def signal(self, how: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, how)

    def ended(self) -> list[str]:
        """What it said until it was no more."""
        said = []
        try:
            while self._hears.poll(30):
                said.append(self._hears.recv())
        except EOFError:
            self.process.join(30)
        assert self.process.exitcode == -signal.SIGKILL, "it never came to that place"
        self.process.close()
        self._hears.close()
        return said


def check(cache: Cache, said: list[str]) -> None:
    """What every kill must leave: nothing said is missing, nothing half, nothing twice, one chain."""
    assert cache.replaced is None
    store = cache.store
    data = [row[0] for row in store.rows("SELECT data FROM outbox ORDER BY seq")]
    head = GENESIS
    for seq, one in enumerate(data, 1):
        assert (decode(one).seq, decode(one).prev) == (seq, head)
        head = link(one)
    events = [decode(one) for one in data]
    issued = {event.body["id"]: event.body["number"] for event in events if event.kind == "ticket.issued"}
    assert issued == dict(store.rows("SELECT id, number FROM tickets"))
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


@pytest.mark.parametrize(
    "place",
    [
        "BEGIN",
        "UPDATE leases",
        "INSERT INTO outbox",
        "INSERT INTO tickets",
        "INSERT INTO copies",
        "COMMIT",
        "UPDATE copies",
        "UPDATE tickets SET copies",
        "DELETE FROM day_keys",
        "PRAGMA wal_checkpoint",
    ],
)
def test_killed_at_a_named_place_everything_said_is_there_and_nothing_half(kiosk: Kiosk, place: str) -> None:
    leases.add(kiosk.cache.store, Lease(kiosk.cache.clock.day(), "A", 1, 9))
    kiosk.cache.store.close()
    said = Child(crashing.day, kiosk.folder, place, 2).ended()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
    check(kiosk.cache, said)


def test_killed_again_and_again_at_any_time_nothing_is_lost(kiosk: Kiosk) -> None:
    kiosk.cache.store.close()
    chance = random.Random(4)
    said: list[str] = []
    for _ in range(5):
        running = Child(crashing.day, kiosk.folder)
        said += running.says(chance.randrange(1, 40))
        running.signal(signal.SIGKILL)
        said += running.ended()
        kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
        check(kiosk.cache, said)
        kiosk.cache.store.close()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)


@pytest.mark.parametrize(
    ("place", "nth"),
    [
        ("UPDATE chain", 1),
        ("DELETE FROM outbox", 1),
        ("INSERT OR REPLACE INTO documents", 1),
        ("INSERT OR REPLACE INTO documents", 2),
        ("INSERT INTO leases", 1),
        ("INSERT OR REPLACE INTO facts", 1),
        ("COMMIT", 3),
        ("COMMIT", 5),
    ],
)
def test_killed_while_it_sends_each_event_takes_effect_once(kiosk: Kiosk, far: FarHall, place: str, nth: int) -> None:
    numbers = [kiosk.cache.ledger.record(draft()).number for _ in range(4)]
    kiosk.cache.store.close()
    Child(crashing.online, kiosk.folder, place, nth).ended()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
    assert kiosk.cache.replaced is None
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0 and view.bundle == 1)
    assert [e.body["number"] for e in far.book.events() if e.kind == "ticket.issued"] == numbers
    assert kiosk.cache.documents.current(Kind.BUNDLE) is not None


@pytest.mark.parametrize(("place", "nth"), [("CREATE TABLE facts", 1), ("CREATE TABLE leases", 1), ("COMMIT", 1)])
def test_killed_while_the_file_is_made_the_next_start_makes_it(tmp_path: Path, place: str, nth: int) -> None:
    assert Child(crashing.first_start, tmp_path / "new", place, nth).ended() == []
    cache = Cache(tmp_path / "new")
    assert cache.replaced is None
    cache.close()


@pytest.mark.parametrize("lines", [9, 30, 57])
def test_a_power_cut_on_a_real_file_system_loses_nothing_that_was_said(
    kiosk: Kiosk, tmp_path: Path, lines: int
) -> None:
    """The image is copied while the kiosk stands still: what only the page cache had is not in the copy."""
    image, after = tmp_path / "disk", tmp_path / "after"
    ext4(image, 24_000_000)
    kiosk.cache.close()
    with mounted(image, tmp_path / "before", "loop") as disk:
        shutil.copytree(kiosk.folder, disk / "kiosk")
        subprocess.run(["sync", "-f", disk], check=True)
        running = Child(crashing.steady, disk / "kiosk")
        said = running.says(lines)
        running.signal(signal.SIGSTOP)
        shutil.copy(image, after)
        running.signal(signal.SIGKILL)
        running.ended()
    with mounted(after, tmp_path / "afterwards", "loop") as disk:
        cache = Cache(disk / "kiosk", kiosk.ticks)
        check(cache, said)
        cache.close()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
