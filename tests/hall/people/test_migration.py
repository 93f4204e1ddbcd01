"""A hall of the release before, with its tickets and certificates, becomes one of this release."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from hall.migrating import config
from hall.people.models import Account
from hall.store import Store
from hall.tickets import Ticket

KIOSK = "INSERT INTO kiosk VALUES ('K-0201', '01', '', '', x'00', 1, 1, x'00', 0, 0, 'active', {})"
TICKET = """INSERT INTO ticket (id, day, number, queue, state, at, arrived, turn, passes, matters, asked, via, masked,
            kiosk, epoch, seq, language) VALUES ('AAAAAAAAAAAAAAAA', '2026-03-09', 'A001', 'A', 'waiting', 1, 1, 1, 0,
            '["senior-card"]', '["senior-card"]', 'card', '王*', 'K-0201', 1, 1, 'zh')"""
COPY = "INSERT INTO copy VALUES ('AAAAAAAAAAAAAAAA', 1, 'printed', NULL)"
CERTIFICATE = """INSERT INTO certificate VALUES ('7K3M9QX2WV5RT8NA', 2, 1, 'social-insurance', 7, 'K-0201',
                 'K0201-1-000001', 1, 2, 1, 2, '2026-03-09', NULL, 'zh', 1, 1)"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database at the release before, in use."""
    path = tmp_path / "hall.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(config(connection), "0002")
    engine.dispose()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(KIOSK.format("NULL, NULL, '', '', '[]', '', 0, NULL"))
        for row in (TICKET, COPY, CERTIFICATE):
            database.execute(row)
    return path


def test_what_was_there_stays_and_belongs_to_nobody(old: Path) -> None:
    store = Store(old)
    store.migrate()
    store.migrate()
    with store.writing() as session:
        ticket = session.get_one(Ticket, "A" * 16)
        assert (ticket.number, ticket.masked) == ("A001", "王*")
        assert (ticket.account, ticket.level, ticket.acting) == (None, None, None)
        account = Account(
            id="B" * 16,
            subject=bytes(32),
            level="id-card",
            language="zh",
            kiosk="K-0201",
            epoch=1,
            seq=3,
            opened=1,
            notice=1,
            used=1,
        )
        session.add(account)
        ticket.account = account.id
    store.close()
    with closing(sqlite3.connect(old)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT copy, outcome FROM copy").fetchall() == [(1, "printed")]
        assert database.execute("SELECT id, account, level FROM certificate").fetchall() == [
            ("7K3M9QX2WV5RT8NA", None, None)
        ]
        indices = database.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
    assert {("ix_ticket_account",), ("ix_certificate_account",)} <= set(indices)


def test_a_new_ticket_names_no_account_that_is_not_there(old: Path) -> None:
    store = Store(old)
    store.migrate()
    store.close()
    with closing(sqlite3.connect(old)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("UPDATE ticket SET account = 'CCCCCCCCCCCCCCCC'")
