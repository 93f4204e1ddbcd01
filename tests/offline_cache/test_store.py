"""Files that break, disks that fill up, two that want the same."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from offline_cache.envelope import decode
from offline_cache.faults import Fault
from offline_cache.schema import MIGRATIONS, Kind, Step
from offline_cache.store import QUARANTINED, Store, StoreDamaged, StoreError, StoreFull, StoreInUse
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import NOON


def value(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM facts")[0][0])


def put(store: Store, name: str, size: int = 100) -> None:
    with store.transaction() as database:
        database.execute("INSERT INTO facts (name, value) VALUES (?, zeroblob(?))", (name, size))


def test_the_pragmas_are_set(tmp_path: Path) -> None:
    store = Store(tmp_path / "keting.db")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}
    assert {name: store.rows(f"PRAGMA {name}")[0][0] for name in wanted} == wanted
    assert store.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
    store.close()


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda path: path.write_bytes(b"this was a database once" * 400), "L102"),
        (lambda path: path.write_bytes(path.read_bytes()[:9_000]), "L102"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "L102"),
        (lambda path: sql(path, "PRAGMA user_version = 999"), "newer version"),
        (lambda path: sql(path, "PRAGMA application_id = 1"), "not a store of ours"),
        (lambda path: sql(path, "UPDATE outbox SET data = x'00' WHERE seq = 1"), "an event"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_put_aside_and_said(kiosk: Kiosk, damage: object, why: str) -> None:
    assert callable(damage)
    kiosk.cache.ledger.record(draft())
    kiosk.cache.close()
    damage(kiosk.folder / "keting.db")
    cache = Cache(kiosk.folder, kiosk.ticks)
    try:
        assert cache.replaced is not None
        assert why in cache.replaced.why
        assert cache.replaced.moved_to.exists()
        assert cache.enrolment is None
        put(cache.store, "it works")
    finally:
        cache.close()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
    assert kiosk.cache.replaced is None


def sql(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.close()


def test_damaged_files_do_not_fill_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "keting.db"
    for _ in range(QUARANTINED + 4):
        path.write_bytes(b"x" * 5_000)
        Store(path).close()
    assert len(list(tmp_path.glob("*.damaged.*"))) == QUARANTINED


def test_a_damaged_file_is_erased_after_a_week(tmp_path: Path) -> None:
    path = tmp_path / "keting.db"
    path.write_bytes(b"x" * 5_000)
    store = Store(path)
    assert store.replaced is not None
    put_aside = round(store.replaced.moved_to.stat().st_ctime * 1000)
    store.forget_put_aside(put_aside - 1000)
    assert store.replaced.moved_to.exists()
    store.forget_put_aside(put_aside + 1000)
    assert not store.replaced.moved_to.exists()
    store.close()


def test_flipped_bits_never_send_a_changed_event(kiosk: Kiosk, tmp_path: Path) -> None:
    for _ in range(20):
        kiosk.cache.ledger.record(draft(person=b"w" * 32))
    kiosk.cache.close()
    whole = (kiosk.folder / "keting.db").read_bytes()
    recorded = set(_recorded(kiosk.folder, tmp_path / "as-it-was"))
    outcomes = {"put aside": 0, "harmless": 0}
    for seed in range(100):
        chance = random.Random(seed)
        hurt = bytearray(whole)
        for _ in range(chance.choice((1, 8, 64))):
            hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        folder = tmp_path / f"flip-{seed}"
        folder.mkdir()
        shutil.copy(kiosk.folder / "kiosk-key.pem", folder)
        (folder / "keting.db").write_bytes(hurt)
        try:
            cache = Cache(folder, FakeTicks(NOON))
        except StoreDamaged:
            outcomes["put aside"] += 1
            continue
        try:
            if cache.replaced or cache.enrolment is None:
                outcomes["put aside"] += 1
            else:
                outcomes["harmless"] += 1
                known = [d for d in cache.outbox.batch() if decode(d).kind == "ticket.issued"]
                assert set(known) <= recorded
        finally:
            cache.close()
    assert outcomes["put aside"] > 50
    assert sum(outcomes.values()) == 100
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)


def _recorded(folder: Path, copy: Path) -> tuple[bytes, ...]:
    shutil.copytree(folder, copy)
    cache = Cache(copy, FakeTicks(NOON))
    try:
        return cache.outbox.batch()
    finally:
        cache.close()


def test_a_second_owner_is_refused_in_this_process_and_in_another(kiosk: Kiosk) -> None:
    with pytest.raises(StoreInUse):
        Cache(kiosk.folder)
    opening = "import pathlib, sys; from offline_cache.cache import Cache; Cache(pathlib.Path(sys.argv[1]))"
    other = subprocess.run(
        [sys.executable, "-c", opening, str(kiosk.folder)], capture_output=True, text=True, timeout=30, check=False
    )
    assert "StoreInUse" in other.stderr


def test_a_store_at_its_bound_says_so_and_goes_on_reading(tmp_path: Path) -> None:
    store = Store(tmp_path / "keting.db", largest=60 * 4_096)
    put(store, "small")
    with pytest.raises(StoreFull) as full:
        put(store, "large", 400_000)
    assert full.value.fault is Fault.STORE_FULL
    assert value(store) == 1
    put(store, "small again")
    store.close()


def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(kiosk: Kiosk, small_disk: Path) -> None:
    kiosk.cache.close()
    for path in kiosk.folder.iterdir():
        shutil.copy(path, small_disk)
    cache = Cache(small_disk, kiosk.ticks)
    ledger = cache.ledger
    numbers: list[str] = []
    ballast = small_disk / "ballast"
    room = shutil.disk_usage(small_disk).free
    ballast.write_bytes(b"x" * (room - 120_000))
    full = None
    while full is None and len(numbers) < 2_000:
        try:
            numbers.append(ledger.record(draft(person=b"w" * 32)).number)
        except StoreFull as error:
            full = error
    assert full is not None, "the disk was not full"
    assert numbers
    assert ledger.counts().recorded == len(numbers)
    assert [decode(d).body["number"] for d in cache.outbox.batch()] == numbers
    ballast.unlink()
    numbers.append(ledger.record(draft()).number)
    cache.close()
    cache = Cache(small_disk, kiosk.ticks)
    assert cache.replaced is None
    issued = [e.body["number"] for e in map(decode, cache.outbox.batch()) if e.kind == "ticket.issued"]
    assert issued == numbers
    assert len(set(numbers)) == len(numbers)
    cache.close()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)


@pytest.mark.parametrize("statement", range(6))
def test_a_disk_that_fills_up_at_any_statement_leaves_nothing(kiosk: Kiosk, statement: int) -> None:
    """The page bound stands in for the disk: SQLite gives the same error, at a place that can be chosen."""
    database = kiosk.cache.store._db
    tables = ("own_numbers", "outbox", "tickets", "copies", "day_keys", "facts")
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    with kiosk.cache.store.transaction() as db:
        db.execute(
            f"""CREATE TRIGGER filler AFTER INSERT ON {tables[statement]}
                BEGIN INSERT OR REPLACE INTO documents VALUES ('filler', '', 0, zeroblob(3000000)); END"""
        )
    database.execute(f"PRAGMA max_page_count = {pages + 30}").fetchall()
    if tables[statement] == "facts":
        with pytest.raises(StoreFull):
            put(kiosk.cache.store, "more")
    else:
        with pytest.raises(StoreFull):
            kiosk.cache.ledger.record(draft())
    assert kiosk.cache.ledger.counts().recorded == 0
    with kiosk.cache.store.transaction() as db:
        db.execute("DROP TRIGGER filler")
    assert kiosk.cache.ledger.record(draft()).number == "03-A001"


def test_a_migration_that_breaks_off_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keting.db"
    Store(path).close()
    statements = ("CREATE TABLE more (n INTEGER) STRICT", "CREATE TABLE facts (again TEXT)")
    broken = (*MIGRATIONS, Step(Kind.EXPAND, statements))
    monkeypatch.setattr("offline_cache.store.MIGRATIONS", broken)
    with pytest.raises(StoreError):
        Store(path)
    monkeypatch.setattr("offline_cache.store.MIGRATIONS", MIGRATIONS)
    store = Store(path)
    assert store.replaced is None
    assert store.rows("SELECT name FROM sqlite_schema WHERE name = 'more'") == []
    store.close()


def test_a_later_version_takes_the_rows_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keting.db"
    store = Store(path)
    put(store, "kept")
    store.close()
    later = (*MIGRATIONS, Step(Kind.EXPAND, ("ALTER TABLE leases ADD COLUMN lease TEXT NOT NULL DEFAULT ''",)))
    monkeypatch.setattr("offline_cache.store.MIGRATIONS", later)
    store = Store(path)
    assert (store.replaced, value(store)) == (None, 1)
    store.close()
