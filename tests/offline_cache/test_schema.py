"""What each step of the schema does is what it is declared to do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from offline_cache.schema import MIGRATIONS, Kind, Step
from offline_cache.trust import expanded, meant

ADDS = Step(Kind.EXPAND, ("CREATE TABLE more (n INTEGER PRIMARY KEY) STRICT", "ALTER TABLE facts ADD COLUMN why TEXT"))
REMOVES = Step(Kind.CONTRACT, ("DROP TABLE more", "ALTER TABLE facts DROP COLUMN why"))

_SHAPING = {
    Kind.EXPAND: {sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_ALTER_TABLE},
    Kind.CONTRACT: {sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX, sqlite3.SQLITE_ALTER_TABLE},
}
"""What SQLite must be allowed to do for a step of this kind, as it asks itself. Source: sqlite3_set_authorizer."""

_ROWS = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
_OWN = ("sqlite_master", "sqlite_temp_master", "sqlite_sequence")
_EVERY = {getattr(sqlite3, name) for name in dir(sqlite3) if re.match("SQLITE_(CREATE|DROP|ALTER|ATTACH|PRAGMA)", name)}


def faults(before: tuple[Step, ...], step: Step) -> list[str]:
    """Where ``step``, played on a store of the steps ``before``, does what its kind may not."""
    found: list[str] = []
    dropped: set[str] = set()

    def asked(action: int, first: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_DROP_TABLE and first:
            dropped.add(first)
        if action in _EVERY and action not in _SHAPING[step.kind]:
            found.append(f"{step.kind}: action {action} on {first}")
        if action in _ROWS and first not in _OWN and first not in dropped:
            found.append(f"{step.kind}: changes rows of {first}")
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(":memory:")) as database:
        for earlier in before:
            for statement in earlier.statements:
                database.execute(statement)
        database.set_authorizer(asked)
        for statement in step.statements:
            database.execute(statement)
    then, now = meant(before), meant((*before, step))
    if step.kind is Kind.EXPAND and not expanded(then, now):
        found.append("expand: more than added")
    if step.kind is Kind.CONTRACT:
        if not expanded(now, then):
            found.append("contract: more than removed")
        if not before or before[-1].kind is not Kind.EXPAND:
            found.append("contract: not behind an expand")
    return found


@pytest.mark.parametrize("number", range(len(MIGRATIONS)))
def test_each_step_does_what_it_is_declared_to_do(number: int) -> None:
    assert faults(MIGRATIONS[:number], MIGRATIONS[number]) == []


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ((), Step(Kind.EXPAND, ("DROP TABLE parked",))),
        ((), Step(Kind.EXPAND, ("UPDATE tickets SET slip = NULL", *ADDS.statements))),
        ((), Step(Kind.EXPAND, ("DELETE FROM outbox", *ADDS.statements))),
        ((), Step(Kind.EXPAND, ("ALTER TABLE outbox RENAME TO inbox",))),
        ((), Step(Kind.EXPAND, ("ALTER TABLE outbox RENAME COLUMN at TO time",))),
        ((), Step(Kind.EXPAND, ("CREATE UNIQUE INDEX once ON tickets (queue)",))),
        ((), Step(Kind.EXPAND, ("CREATE TRIGGER t AFTER INSERT ON tickets BEGIN DELETE FROM copies; END",))),
        ((ADDS,), Step(Kind.CONTRACT, (*REMOVES.statements, "CREATE TABLE less (n INTEGER) STRICT"))),
        ((ADDS,), Step(Kind.CONTRACT, ("ALTER TABLE facts RENAME COLUMN why TO how",))),
        ((ADDS,), Step(Kind.CONTRACT, (*REMOVES.statements, "DELETE FROM tickets"))),
        ((ADDS, REMOVES), Step(Kind.CONTRACT, ("DROP TABLE parked",))),
    ],
)
def test_a_step_that_does_something_else_is_found(before: tuple[Step, ...], step: Step) -> None:
    assert faults((*MIGRATIONS, *before), step) != []


def test_an_expand_and_a_contract_that_keep_to_it_are_let_through() -> None:
    assert faults(MIGRATIONS, ADDS) == []
    assert faults((*MIGRATIONS, ADDS), REMOVES) == []


def test_no_statement_of_the_software_minds_a_column_that_it_does_not_know() -> None:
    """What an expanded table gets is named column by column, so that the added ones are left to their defaults."""
    for path in (Path(__file__).resolve().parents[2] / "offline_cache").glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"INSERT(?: OR \w+)? INTO \w+\s+(?:VALUES|SELECT)", text), path.name
        assert not re.search(r"SELECT \*(?! FROM \()", text), path.name
