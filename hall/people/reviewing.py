"""Differences between openings of one person, as staff look at them and settle them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.models import Trail
from hall.people import conflicts, reading, trail
from hall.people.documents import only_where_they_differ
from hall.people.models import Account, AccountConflict, AccountName
from hall.people.reading import Person
from hall.state import Hall
from offline_cache.envelope import Refused, seal

Keep = Literal["first", "later"]

_LISTED: Final[tuple[trail.What, ...]] = ("name", "document")
_READ: Final[dict[conflicts.What, tuple[trail.What, ...]]] = {
    "name": _LISTED,
    "birth": (*_LISTED, "birth"),
    "state": _LISTED,
    "document-expiry": (*_LISTED, "expiry"),
}
"""What stands on the page of one difference: a masked name is somebody's name too."""


@dataclass(frozen=True, slots=True)
class Open:
    """A difference that waits for somebody, and the two openings that differ. Nobody's name but the masked one."""

    id: int
    what: conflicts.What
    at: int
    masked: str
    first: AccountName
    later: AccountName


@dataclass(frozen=True, slots=True)
class Both:
    """What the two say, with everything hidden that they agree in."""

    first: str = field(repr=False)
    later: str = field(repr=False)


def count(session: Session) -> int:
    """How many differences wait for somebody."""
    waiting = select(func.count()).select_from(AccountConflict).where(AccountConflict.settled.is_(None))
    return session.scalar(waiting) or 0


def waiting(session: Session, hall: Hall, most: int, clerk: str) -> Sequence[Open]:
    """The oldest ``most`` differences that wait for somebody, and one row in the trail of each person on the list."""
    rows = session.scalars(
        select(AccountConflict).where(AccountConflict.settled.is_(None)).order_by(AccountConflict.id).limit(most)
    )
    found = [_open(session, row) for row in rows]
    who, now = trail.Who("clerk", clerk), hall.now()
    for account in dict.fromkeys(each.first.account for each in found):
        trail.read(session, account, now, who, _LISTED, "conflict")
    return found


def one(session: Session, conflict: int) -> Open | None:
    """One difference that waits; None where there is none, or it is settled."""
    row = session.get(AccountConflict, conflict)
    return _open(session, row) if row is not None and row.settled is None else None


def looked_at(session: Session, hall: Hall, shown: Open, clerk: str) -> Both | None:
    """What the two openings say, once, to who is written into the person's trail; None where either is erased."""
    account = session.get_one(Account, shown.first.account)
    who = trail.Who("clerk", clerk)
    trail.read(session, account.id, hall.now(), who, _READ[shown.what], "conflict", shown.later.id)
    pair = _pair(hall, account, shown)
    if pair is None:
        return None
    first, later = (conflicts.value(shown.what, person, shown.later.document) for person in pair)
    return Both(*(only_where_they_differ(first, later) if shown.what == "name" else (first, later)))


def settle(session: Session, hall: Hall, conflict: int, keep: Keep, clerk: str) -> bool:
    """Decide which opening is right, for good; False where somebody has decided already.

    Where that is news for the account, it is sealed anew with what the right one said. If the first one is, that is
    news only where the account believed the later one.
    """
    shown = one(session, conflict)
    if shown is None:
        return False
    row, now = session.get_one(AccountConflict, conflict), hall.now()
    row.settled, row.settled_by = now, clerk
    account = session.get_one(Account, row.account)
    pair = _pair(hall, account, shown)
    if pair is not None:
        _decide(hall, account, shown, pair, keep)
    who = trail.Who("clerk", clerk)
    trail.read(session, account.id, now, who, _READ[shown.what], "conflict", shown.later.id)
    session.add(Trail(at=now, clerk=clerk, verb="settle_conflict", detail=f"{shown.what} {keep}"))
    return True


def _open(session: Session, row: AccountConflict) -> Open:
    account = session.get_one(Account, row.account)
    first, later = session.get_one(AccountName, row.other or account.id), session.get_one(AccountName, row.name)
    what = next(each for each in conflicts.WHATS if each == row.what)
    return Open(row.id, what, row.at, account.masked, first, later)


def _decide(hall: Hall, account: Account, shown: Open, pair: tuple[Person, Person], keep: Keep) -> None:
    right, wrong = pair if keep == "first" else reversed(pair)
    try:
        before = reading.kept(account, hall.keys.seal)
    except Refused:
        return
    document = shown.later.document
    believed = conflicts.value(shown.what, before, document)
    if keep == "first" and believed != conflicts.value(shown.what, wrong, document):
        return
    known = conflicts.settled(shown.what, before, right)
    if known != before:
        account.sealed = seal(known.told(), account.id, hall.keys.seal.public_key())
        account.masked = known.masked


def _pair(hall: Hall, account: Account, shown: Open) -> tuple[Person, Person] | None:
    """What the two openings say. The account keeps what the first of all said when that is erased."""
    try:
        later = reading.person(shown.later.sealed, shown.later.id, hall.keys.seal)
        if shown.first.sealed is None and shown.first.id == account.id:
            return reading.kept(account, hall.keys.seal), later
        return reading.person(shown.first.sealed, shown.first.id, hall.keys.seal), later
    except Refused:
        return None
