"""A release that has to be taken back finds the store as the later one left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline_cache.schema import MIGRATIONS, Kind, Step
from offline_cache.store import Store
from tests.offline_cache.test_store import put, sql, value

ADDED = "CREATE TABLE more (n INTEGER PRIMARY KEY) STRICT"
INDEXED = "CREATE UNIQUE INDEX more_by_n ON more (n)"


def made_by_the_step_after(path: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A store that the next release had open before it was rolled back."""
    with monkeypatch.context() as later:
        later.setattr("offline_cache.store.MIGRATIONS", (*MIGRATIONS, Step(Kind.EXPAND, statements)))
        store = Store(path)
        put(store, f"written {value(store)}")
        store.close()


@pytest.mark.parametrize(
    "statements",
    [
        (ADDED, INDEXED),
        ("ALTER TABLE facts ADD COLUMN kept INTEGER",),
        ("ALTER TABLE facts ADD COLUMN why TEXT NOT NULL DEFAULT 'nobody, said'",),
        ("ALTER TABLE copies ADD COLUMN at INTEGER DEFAULT -1", "ALTER TABLE copies ADD COLUMN by TEXT", ADDED),
        ("ALTER TABLE tickets ADD COLUMN mark BLOB NOT NULL DEFAULT x'00'",),
        ("CREATE INDEX tickets_by_queue ON tickets (queue, day)",),
        ("CREATE INDEX tickets_of_slip ON tickets (slip) WHERE slip IS NOT NULL",),
    ],
)
def test_a_release_that_only_expanded_can_be_rolled_back_and_brought_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    path = tmp_path / "keting.db"
    made_by_the_step_after(path, monkeypatch, *statements)
    store = Store(path)
    assert (store.replaced, value(store)) == (None, 1)
    put(store, "written by the release before")
    store.close()
    made_by_the_step_after(path, monkeypatch, *statements)
    store = Store(path)
    assert (store.replaced, value(store)) == (None, 3)
    store.close()


@pytest.mark.parametrize(
    "statements",
    [
        ("ALTER TABLE leases ADD COLUMN lease TEXT CHECK (lease <> day)",),
        ("ALTER TABLE leases ADD COLUMN lease TEXT REFERENCES facts",),
        ("ALTER TABLE leases ADD COLUMN length INTEGER AS (last - first)",),
        ("ALTER TABLE leases RENAME COLUMN first TO begin",),
        ("ALTER TABLE parked ADD COLUMN why TEXT", "ALTER TABLE copies DROP COLUMN fault"),
        ("CREATE INDEX tickets_by_what ON tickets (lower(matters))",),
        (ADDED, "CREATE UNIQUE INDEX one_a_day ON tickets (day)"),
        (ADDED, "CREATE TRIGGER meddles AFTER INSERT ON more BEGIN DELETE FROM tickets; END"),
        ("CREATE TABLE more (ticket INTEGER REFERENCES tickets) STRICT",),
        ("DROP TABLE parked", ADDED),
        ("DROP TABLE parked", "CREATE TABLE parked (seq INTEGER PRIMARY KEY CHECK (seq > 0)) STRICT"),
        ("DROP INDEX tickets_of_person",),
        ("UPDATE facts SET name = name",),
    ],
)
def test_a_release_that_did_more_leaves_a_store_that_is_put_aside_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    path = tmp_path / "keting.db"
    made_by_the_step_after(path, monkeypatch, *statements)
    store = Store(path)
    assert store.replaced is not None
    assert "newer version" in store.replaced.why
    store.close()


def test_two_releases_are_not_rolled_back_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keting.db"
    Store(path).close()
    sql(path, ADDED)
    sql(path, f"PRAGMA user_version = {len(MIGRATIONS) + 2}")
    store = Store(path)
    assert store.replaced is not None
    store.close()
