"""The hall's database: opened, migrated, and the two ways into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from hall.migrating import migrate


class Store:
    """The embedded database. ``writing`` is one durable step, ``reading`` one consistent view."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._writer = self._engine.execution_options(begin="IMMEDIATE")
        self._turn = Lock()  # fair where SQLite's busy handler sleeps and tries again

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its start; committed at the end, undone by an exception."""
        with self._turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            # Rows that belong together may come in any order; what they name is checked at the end.
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; what is changed in it is thrown away."""
        with Session(self._engine, autoflush=False) as session:
            yield session

    def migrate(self) -> None:
        """Make the tables, or bring those of an older version up to this one. Raises ``TooNew``."""
        with self._turn, self._writer.begin() as connection:
            migrate(connection)

    def close(self) -> None:
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": 10.0}, pool_size=20, max_overflow=30, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin, and commit, at moments of its own
        for pragma in (
            "busy_timeout = 10000",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")

    return engine
