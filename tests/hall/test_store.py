"""The database: durable, strict, and the one that the models describe."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from hall.migrating import TooNew
from hall.models import Base, HallMark
from hall.store import Store
from hall.tickets import Copy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store(tmp_path / "hall.sqlite")
    one.migrate()
    yield one
    one.close()


def test_the_migrations_lead_to_the_tables_of_the_models(store: Store) -> None:
    engine = create_engine(f"sqlite:///{store.path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing_and_a_newer_database_is_left_alone(store: Store) -> None:
    store.migrate()
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew, match="newer version"):
        store.migrate()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
def test_every_connection_is_durable_and_strict(store: Store, pragma: str, value: object) -> None:
    with store.reading() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_step_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as session:
            session.add(HallMark(key="half", value="done"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.reading() as session:
        assert session.get(HallMark, "half") is None


def test_what_a_row_names_must_be_there_when_the_step_ends(store: Store) -> None:
    def dangle() -> None:
        with store.writing() as session:
            session.add(Copy(ticket="A" * 16, copy=1))

    with pytest.raises(IntegrityError):
        dangle()


def test_what_is_changed_while_reading_is_thrown_away(store: Store) -> None:
    with store.reading() as session:
        session.add(HallMark(key="read", value="only"))
    with store.reading() as session:
        assert session.get(HallMark, "read") is None


def test_readers_are_not_kept_waiting_by_a_writer(store: Store) -> None:
    writing, read = Event(), Event()

    def write() -> None:
        with store.writing() as session:
            session.add(HallMark(key="slow", value="step"))
            session.flush()
            writing.set()
            assert read.wait(10)

    writer = Thread(target=write)
    writer.start()
    assert writing.wait(10)
    with store.reading() as session:
        assert session.get(HallMark, "slow") is None
    read.set()
    writer.join(10)
    with store.reading() as session:
        assert session.get(HallMark, "slow") is not None


def test_an_error_names_no_value_of_a_row(store: Store) -> None:
    def twice() -> None:
        with store.writing() as session:
            session.execute(text("INSERT INTO hall_mark VALUES (:key, :value)"), {"key": "k", "value": "王小明"})
            session.execute(text("INSERT INTO hall_mark VALUES (:key, :value)"), {"key": "k", "value": "王小明"})

    with pytest.raises(IntegrityError) as caught:
        twice()
    assert "王小明" not in str(caught.value)


def test_the_file_is_a_database_that_any_tool_reads(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
