"""A person's own page: what they came for and where it stands, their papers, their phones, and who read what of them.

The kiosk and the phone show the same page. Nothing on it is more than masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from certificates.claims import HALL_ZONE
from hall.binding import bindings
from hall.binding.bindings import Channel
from hall.certificates.models import Certificate
from hall.people import reading, trail
from hall.people.history import MOST, Applied, History, Issued, Part, Read, TakenTicket
from hall.people.levels import reaches
from hall.people.models import Account
from hall.people.reading import Person
from hall.people.wire import Of
from hall.people.words import Names
from hall.state import Hall
from hall.web.words import WORDS, Both
from hall.wire import Who

READS_MS: Final = 30 * 86_400_000
CERTIFICATE_ENDS: Final = timedelta(days=60)
DOCUMENT_ENDS: Final = timedelta(days=90)

_READ: Final[tuple[trail.What, ...]] = ("name", "expiry", "tickets", "certificates", "bindings", "trail")
_READ_OLDER: Final[dict[Of, tuple[trail.What, ...]]] = {
    "applied": ("tickets",),
    "tickets": ("tickets",),
    "certificates": ("certificates",),
    "reads": ("trail",),
}


@dataclass(frozen=True, slots=True)
class Expiring:
    """``until`` is the last day."""

    what: Both
    until: str


@dataclass(frozen=True, slots=True)
class Older:
    """Where what is not on the page begins, list by list; None where all of a list is on it."""

    applied: int | None
    tickets: int | None
    certificates: int | None
    reads: int | None


@dataclass(frozen=True, slots=True)
class Me:
    """The whole page. Times are milliseconds since 1970; ``read_count`` counts all reads of the last 30 days."""

    applied: Sequence[Applied]
    tickets: Sequence[TakenTicket]
    certificates: Sequence[Issued]
    expiring: Sequence[Expiring]
    channels: Sequence[Channel]
    reads: Sequence[Read]
    read_count: int
    certificate_count: int
    older: Older

    def payload(self) -> dict[str, Any]:
        """As docs/sync.md writes it."""
        return {each.name: _wire(getattr(self, each.name)) for each in fields(self)}


def page(session: Session, hall: Hall, account: Account, reader: trail.Who) -> Me:
    """The page of ``account`` for ``reader``, whose look at it is the first row of its own trail.

    ``session`` writes: a page without its row in the trail is not made.
    """
    person = reading.of_account(session, hall.keys.seal, account, hall.now(), reader, _READ, "my-page")
    return _made(session, hall, account, person)


def page_for(session: Session, hall: Hall, account: Account, reader: trail.Who, who: Who) -> Me | None:
    """The page for whoever's document lies there. A document that proves nothing must at least say the right name."""
    person = reading.of_account(session, hall.keys.seal, account, hall.now(), reader, _READ, "my-page")
    return _made(session, hall, account, person) if _theirs(who, person) else None


def older(session: Session, hall: Hall, account: Account, reader: trail.Who, of: Of, before: int) -> Part[Any]:
    """More of a list of the page; each look at it is a row of the trail, as the first was."""
    trail.read(session, account.id, hall.now(), reader, _READ_OLDER[of], "my-page")
    return History(session, hall, account).part(of, before)


def older_for(
    session: Session, hall: Hall, account: Account, reader: trail.Who, who: Who, of: Of, before: int
) -> Part[Any] | None:
    """The same for whoever's document lies there, to whom the page itself would be shown."""
    what: tuple[trail.What, ...] = ("name", *_READ_OLDER[of])
    person = reading.of_account(session, hall.keys.seal, account, hall.now(), reader, what, "my-page")
    return History(session, hall, account).part(of, before) if _theirs(who, person) else None


def rows(part: Part[Any]) -> dict[str, Any]:
    """As docs/sync.md writes it."""
    return {"rows": _wire(part.rows), "before": part.before}


def _theirs(who: Who, person: Person | None) -> bool:
    return reaches(who.level, "phone") or (person is not None and person.name == who.name)


def _made(session: Session, hall: Hall, account: Account, person: Person | None) -> Me:
    history, since, today = History(session, hall, account), hall.now() - READS_MS, date.fromisoformat(hall.today())
    applied, tickets, certificates = history.applied(), history.tickets(), history.certificates()
    reads = history.reads(since)
    papers = [history.issued(each) for each in session.scalars(_ending(account, today))]
    return Me(
        applied=applied.rows,
        tickets=tickets.rows,
        certificates=certificates.rows,
        expiring=[*_documents(person, today, Names(session, hall)), *_papers(papers, today)][:MOST],
        channels=bindings.of(session, account.id)[:MOST],
        reads=reads.rows,
        read_count=history.read_count(since),
        certificate_count=history.certificate_count(),
        older=Older(applied.before, tickets.before, certificates.before, reads.before),
    )


def _ending(account: Account, today: date) -> Select[Certificate]:
    """Certificates that may end soon, however long ago they were issued; the first to end first."""
    first = int(datetime.combine(today, time(), HALL_ZONE).timestamp())
    ends = Certificate.exp.between(first, first + (CERTIFICATE_ENDS.days + 1) * 86_400)
    return select(Certificate).where(Certificate.account == account.id, ends).order_by(Certificate.exp, Certificate.id)


def _papers(issued: Sequence[Issued], today: date) -> list[Expiring]:
    soon = (today + CERTIFICATE_ENDS).isoformat()
    return [
        Expiring(each.what, each.until)
        for each in issued
        if each.state == WORDS["stands-valid"] and today.isoformat() <= each.until <= soon
    ]


def _documents(person: Person | None, today: date, names: Names) -> list[Expiring]:
    soon, ends = (today + DOCUMENT_ENDS).isoformat(), person.ends if person else {}
    return [Expiring(names.document(each), end) for each, end in ends.items() if today.isoformat() <= end <= soon]


def _wire(value: Any) -> Any:
    if isinstance(value, Both):
        return value._asdict()
    if is_dataclass(value):
        return {each.name: _wire(getattr(value, each.name)) for each in fields(value)}
    return [_wire(each) for each in value] if isinstance(value, list | tuple) else value
