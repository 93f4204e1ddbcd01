"""The tables, as steps from nothing to today: first expand, then contract (docs/decisions/0020).

A step that was released is never changed. Each is declared as one of two kinds, and a test holds it to that:

* ``expand`` adds tables, columns that may be left out, and indices. It can be taken back: the software of one step
  before opens the file and works on it, and what it writes is right for the newer one.
* ``contract`` removes what no software since the step before it uses, and comes at least one release after that step.
  Software of before it puts such a file aside, and with it what the hall does not have yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    EXPAND = "expand"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Step:
    """One version of the file, made in one transaction."""

    kind: Kind
    statements: tuple[str, ...]


APPLICATION_ID: Final = 0x4B54494E
"""``KTIN`` in the header of the file: a store of ours."""

_FIRST: Final = (
    # One value under one name: the clock's high-water mark, the request counter, the enrolment.
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    # Where the chain of this epoch stands at the hall. One row.
    """CREATE TABLE chain (
        one INTEGER PRIMARY KEY CHECK (one = 1), kiosk TEXT NOT NULL, epoch INTEGER NOT NULL,
        acked INTEGER NOT NULL, next INTEGER NOT NULL, backup INTEGER NOT NULL) STRICT""",
    # Events that the hall's backup does not cover yet; the newest always stays, as the head of the chain.
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, data BLOB NOT NULL,
        link BLOB NOT NULL CHECK (length(link) = 32)) STRICT""",
    "CREATE TABLE parked (seq INTEGER PRIMARY KEY) STRICT",
    # seq is the event that issued the ticket (0: of an earlier epoch); slip is sealed under the day's key.
    """CREATE TABLE tickets (
        ticket INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        day TEXT NOT NULL, number TEXT NOT NULL, queue TEXT NOT NULL, matters TEXT NOT NULL,
        person BLOB, at INTEGER NOT NULL, slip BLOB,
        copies INTEGER NOT NULL, cancelled INTEGER NOT NULL, UNIQUE (day, number)) STRICT""",
    "CREATE INDEX tickets_of_person ON tickets (person, day) WHERE person IS NOT NULL",
    """CREATE TABLE copies (
        ticket INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE, copy INTEGER NOT NULL CHECK (copy > 0),
        state TEXT NOT NULL CHECK (state IN ('in hand', 'printed', 'void', 'uncertain')), fault TEXT,
        PRIMARY KEY (ticket, copy)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE day_keys (day TEXT PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 32)) STRICT, WITHOUT ROWID",
    # Numbers first to last are this kiosk's alone on that day; next is the first not taken yet.
    """CREATE TABLE leases (
        day TEXT NOT NULL, queue TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        next INTEGER NOT NULL, PRIMARY KEY (day, queue, first)) STRICT, WITHOUT ROWID""",
    # The kiosk's own series, for when there is no lease.
    """CREATE TABLE own_numbers (
        day TEXT NOT NULL, queue TEXT NOT NULL, next INTEGER NOT NULL,
        PRIMARY KEY (day, queue)) STRICT, WITHOUT ROWID""",
    # The last good signed document of each kind.
    """CREATE TABLE documents (
        kind TEXT PRIMARY KEY, day TEXT NOT NULL, version INTEGER NOT NULL, data BLOB NOT NULL)
        STRICT, WITHOUT ROWID""",
)

_CERTIFICATES: Final = (
    # Status indices that are this kiosk's alone; taking one erases it.
    "CREATE TABLE status_indices (place INTEGER PRIMARY KEY) STRICT",
    # kept is what was signed, sealed under the day's key, for a reprint; most: copies there may be.
    """CREATE TABLE certificates (
        certificate INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        day TEXT NOT NULL, place INTEGER NOT NULL UNIQUE, at INTEGER NOT NULL, kept BLOB,
        copies INTEGER NOT NULL, most INTEGER NOT NULL) STRICT""",
    """CREATE TABLE certificate_copies (
        certificate INTEGER NOT NULL REFERENCES certificates ON DELETE CASCADE, copy INTEGER NOT NULL CHECK (copy > 0),
        state TEXT NOT NULL CHECK (state IN ('in hand', 'printed', 'void', 'uncertain')), fault TEXT,
        PRIMARY KEY (certificate, copy)) STRICT, WITHOUT ROWID""",
    # What is published for everybody (lists, templates), by its name; whoever reads it checks it.
    "CREATE TABLE published (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID",
)

_EXTRACTS: Final = (
    # The printed lists of people's own pages: that there was one, and no word of it.
    """CREATE TABLE extracts (
        extract INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL, copies INTEGER NOT NULL) STRICT""",
    """CREATE TABLE extract_copies (
        extract INTEGER NOT NULL REFERENCES extracts ON DELETE CASCADE, copy INTEGER NOT NULL CHECK (copy > 0),
        state TEXT NOT NULL CHECK (state IN ('in hand', 'printed', 'void', 'uncertain')), fault TEXT,
        PRIMARY KEY (extract, copy)) STRICT, WITHOUT ROWID""",
)

_UPKEEP: Final = (
    # What the guided tests of the maintenance mode found, with the staff number of who was there.
    """CREATE TABLE device_tests (
        test INTEGER PRIMARY KEY, device TEXT NOT NULL, passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
        at INTEGER NOT NULL, by TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    # Paper that was put in, and how much of it is used: millimetres of a roll, sheets of a tray.
    """CREATE TABLE supplies (
        device TEXT PRIMARY KEY, filled INTEGER NOT NULL, capacity INTEGER NOT NULL, used INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    # What a technician found of a copy of which nobody knew whether it came out. kind, id and copy name the paper.
    """CREATE TABLE found (
        kind TEXT NOT NULL, id TEXT NOT NULL, copy INTEGER NOT NULL, found TEXT NOT NULL,
        by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, id, copy)) STRICT, WITHOUT ROWID""",
)

MIGRATIONS: Final = (
    Step(Kind.EXPAND, _FIRST),
    Step(Kind.EXPAND, _CERTIFICATES),
    Step(Kind.EXPAND, _EXTRACTS),
    Step(Kind.EXPAND, _UPKEEP),
)
