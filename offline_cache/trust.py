"""Whether a file is a store of ours, whole, and of a version that can be worked with."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from offline_cache.envelope import link
from offline_cache.schema import APPLICATION_ID, Step

_OBJECTS: Final = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql NOT NULL"

Object = tuple[str, str, str, str]
"""A table or an index: its type, its name, its table's name, and the SQL that makes it."""

_COLUMNS: Final = re.compile(
    r"(?:, \w+ (?:INTEGER|TEXT|BLOB|REAL|ANY)(?:(?: NOT NULL)? DEFAULT (?:-?\d+|'[^']*'|x'[0-9A-Fa-f]*'))?)+"
)
"""Columns that whoever does not know of them leaves out, and that refuse nothing, as ADD COLUMN writes them."""

_INDEX: Final = re.compile(r"CREATE INDEX \w+ ON \w+ \(\w+(?:, \w+)*\)(?: WHERE \w+ IS NOT NULL)?")
"""An index that refuses no row: not unique, of no expression."""

_REFERENCES: Final = re.compile(r"\bREFERENCES\s+(\W?\w+)", re.IGNORECASE)
"""The table whose rows cannot go while others hold on to them, as it is written."""


def doubt(connection: sqlite3.Connection, steps: Sequence[Step]) -> str | None:
    """Why the store can't be trusted; None where it can, or is empty. Raises ``sqlite3.Error`` where it can't be read.

    ``steps`` are those of this software: see ``schema``.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = objects(connection)
    if not found and version == 0:
        return None
    if application != APPLICATION_ID:
        return "not a store of ours"
    if version > len(steps):
        if version > len(steps) + 1 or not expanded(meant(steps), found):
            return f"made by a newer version ({version})"
    elif found != meant(steps[:version]):
        return "its tables are not those of its version"
    findings = connection.execute("PRAGMA quick_check(1)").fetchone()
    if findings != ("ok",) or connection.execute("PRAGMA foreign_key_check").fetchone():
        return "its pages do not fit together"
    for data, head in connection.execute("SELECT data, link FROM outbox WHERE data <> x''"):
        if link(data) != head:
            return "an event is not what it was when it was recorded"
    return None


def objects(connection: sqlite3.Connection) -> set[Object]:
    return set(connection.execute(_OBJECTS))


def meant(steps: Sequence[Step]) -> set[Object]:
    """What is in a store after these steps, when nothing has happened to it."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for step in steps:
            for statement in step.statements:
                fresh.execute(statement)
        return objects(fresh)


def expanded(before: set[Object], after: set[Object]) -> bool:
    """Whether a step did no more than expand: all of before still stands, and takes every row that it took."""
    added = {(kind, name, table): sql for kind, name, table, sql in after}
    for kind, name, table, sql in before:
        now = added.pop((kind, name, table), "")
        if now != sql and not (kind == "table" and _widened(sql, now)):
            return False
    fresh = {name for kind, name, _ in added if kind == "table"}
    return before != after and all(_harmless(kind, table, sql, fresh) for (kind, _, table), sql in added.items())


def _harmless(kind: str, table: str, sql: str, fresh: set[str]) -> bool:
    """Whether something added is in the way of no row of an older table; ``fresh`` are the added tables."""
    if table in fresh:
        return kind in ("table", "index") and fresh.issuperset(_REFERENCES.findall(sql))
    return _INDEX.fullmatch(sql) is not None


def _widened(before: str, after: str) -> bool:
    """Whether a table's SQL is the one before and columns added to it."""
    more = len(after) - len(before)
    return more > 0 and any(
        before[:at] == after[:at] and before[at:] == after[at + more :] and _COLUMNS.fullmatch(after[at : at + more])
        for at in range(len(before))
    )
