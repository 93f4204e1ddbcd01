"""Whether a file is a store of ours, whole, and of a version that can be worked with."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from offline_cache.envelope import link
from offline_cache.schema import APPLICATION_ID

Steps = Sequence[Sequence[str]]

_OBJECTS: Final = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql NOT NULL"
_Object = tuple[str, str, str, str]


def doubt(connection: sqlite3.Connection, steps: Steps) -> str | None:
    """Why the store can't be trusted; None where it can, or is empty. Raises ``sqlite3.Error`` where it can't be read.

    ``steps`` are those of this software: see ``schema``.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = set(connection.execute(_OBJECTS))
    if not found and version == 0:
        return None
    if application != APPLICATION_ID:
        return "not a store of ours"
    if version > len(steps):
        if version > len(steps) + 1 or not _added_tables_only(_meant(steps), found):
            return f"made by a newer version ({version})"
    elif found != _meant(steps[:version]):
        return "its tables are not those of its version"
    findings = connection.execute("PRAGMA quick_check(1)").fetchone()
    if findings != ("ok",) or connection.execute("PRAGMA foreign_key_check").fetchone():
        return "its pages do not fit together"
    for data, head in connection.execute("SELECT data, link FROM outbox WHERE data <> x''"):
        if link(data) != head:
            return "an event is not what it was when it was recorded"
    return None


def _meant(steps: Steps) -> set[_Object]:
    """What is in a store after these steps, when nothing has happened to it."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statements in steps:
            for statement in statements:
                fresh.execute(statement)
        return set(fresh.execute(_OBJECTS))


def _added_tables_only(ours: set[_Object], found: set[_Object]) -> bool:
    """The step after ours added tables, with indices of their own, that hold on to no row of a table of ours."""
    added = found - ours
    tables = {name for kind, name, _, _ in added if kind == "table"}
    return (
        ours < found
        and all(kind in ("table", "index") and table in tables for kind, _, table, _ in added)
        and not any("references" in sql.lower() for *_, sql in added)
    )
