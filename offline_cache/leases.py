"""Numbers that are this kiosk's alone: taken from the hall's lease, else counted under its own prefix.

A number is taken in the transaction that records its ticket. What a roll-back
gives back was on no paper; what was recorded is never taken again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from offline_cache.database import Database
from offline_cache.facts import put_fact
from offline_cache.store import Store

_TAKE = """UPDATE leases SET next = next + 1 WHERE (day, queue, first) =
    (SELECT day, queue, first FROM leases WHERE day = ? AND queue = ? AND next <= last ORDER BY first LIMIT 1)
    RETURNING next - 1"""
_COUNT = """INSERT INTO own_numbers (day, queue, next) VALUES (?, ?, ? + 1)
    ON CONFLICT (day, queue) DO UPDATE SET next = next + 1 RETURNING next - 1"""

PER_EPOCH: Final = 300
"""How far apart two epochs begin their own series on a day when the kiosk was enrolled again."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Numbers ``first`` to ``last`` of ``queue``, on ``day`` only."""

    day: str
    queue: str
    first: int
    last: int


def take(database: Database, day: str, queue: str, kiosk_number: str) -> str:
    """The next number, within the caller's transaction: ``A037`` or ``03-A001``."""
    taken = database.execute(_TAKE, (day, queue)).fetchall()
    if taken:
        return f"{queue}{taken[0][0]:03d}"
    start = database.execute("SELECT value FROM facts WHERE name = ?", (f"own numbers {day}",)).fetchone()
    ((number,),) = database.execute(_COUNT, (day, queue, start[0] if start else 1)).fetchall()
    return f"{kiosk_number}-{queue}{number:03d}"


def begin_own_series(database: Database, day: str, epoch: int) -> None:
    """At an enrolment: a kiosk that lost its store today must not count from 1 again."""
    if epoch > 1:
        put_fact(database, f"own numbers {day}", 1 + PER_EPOCH * (epoch - 1))


def add(store: Store, lease: Lease) -> None:
    """Keep what the hall gave, without the numbers of an earlier lease. Raises ``StoreError``."""
    with store.transaction() as database:
        (known,) = database.execute(
            "SELECT max(last) FROM leases WHERE day = ? AND queue = ?", (lease.day, lease.queue)
        ).fetchone()
        first = max(lease.first, (known or 0) + 1)
        if first <= lease.last:
            database.execute(
                "INSERT INTO leases (day, queue, first, last, next) VALUES (?, ?, ?, ?, ?)",
                (lease.day, lease.queue, first, lease.last, first),
            )


def left(store: Store, day: str, queue: str) -> int:
    """Leased numbers not taken yet."""
    rows = store.rows("SELECT sum(last - next + 1) FROM leases WHERE day = ? AND queue = ?", day, queue)
    return int(rows[0][0] or 0)


def held(store: Store) -> list[Lease]:
    """Every lease with the numbers that are left in it, ``first`` being the next."""
    return [Lease(*row) for row in store.rows("SELECT day, queue, next, last FROM leases WHERE next <= last")]


def forget_before(database: Database, day: str) -> None:
    """Other days' numbers are never used again."""
    database.execute("DELETE FROM leases WHERE day < ?", (day,))
    database.execute("DELETE FROM own_numbers WHERE day < ?", (day,))
    database.execute(
        "DELETE FROM facts WHERE name LIKE 'own numbers %' AND name < ?",
        (f"own numbers {day}",),
    )
