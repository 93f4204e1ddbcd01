"""A person's own page: what they came for and where it stands, their papers, their phones, and who read what of them.

The kiosk and the phone show the same page. Nothing on it is more than masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from certificates.form import Said
from hall.binding import bindings
from hall.binding.bindings import Channel
from hall.certificates import registry
from hall.certificates.models import Certificate
from hall.models import State, Ticket
from hall.people import reading, trail
from hall.people.levels import reaches
from hall.people.models import Account, DataRead
from hall.people.reading import Person
from hall.people.words import Names
from hall.state import Hall
from hall.web.words import WORDS, Both
from hall.wire import Who

MOST: Final = 20
"""Of each kind, the newest first."""

READS_MS: Final = 30 * 86_400_000
CERTIFICATE_ENDS: Final = timedelta(days=60)
DOCUMENT_ENDS: Final = timedelta(days=90)

STEPS: Final = 4
_STEP: Final = {State.WAITING: 1, State.CALLED: 2, State.ABSENT: 2, State.HELD: 3, State.FINISHED: 4}
_OPEN: Final = frozenset({State.WAITING, State.CALLED, State.ABSENT, State.HELD})

_READ: Final[tuple[trail.What, ...]] = ("name", "expiry", "tickets", "certificates", "bindings", "trail")


@dataclass(frozen=True, slots=True)
class Applied:
    """A thing that was applied for, ``step`` of ``steps`` done; ``where`` names the step."""

    what: Both
    where: Both
    at: int
    step: int
    steps: int = STEPS


@dataclass(frozen=True, slots=True)
class TakenTicket:
    number: str
    what: Both
    state: Both
    at: int


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate by its short code; ``copies`` were printed."""

    short: str
    what: Both
    at: int
    until: str
    state: Both
    copies: int


@dataclass(frozen=True, slots=True)
class Expiring:
    """``until`` is the last day."""

    what: Both
    until: str


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody read something of this person."""

    at: int
    who: Both
    what: Both
    why: Both


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
    if not reaches(who.level, "phone") and (person is None or person.name != who.name):
        return None
    return _made(session, hall, account, person)


def _made(session: Session, hall: Hall, account: Account, person: Person | None) -> Me:
    names, today = Names(session, hall), date.fromisoformat(hall.today())
    tickets = session.scalars(
        select(Ticket).where(Ticket.account == account.id).order_by(Ticket.at.desc(), Ticket.id).limit(MOST)
    ).all()
    certificates = session.scalars(
        select(Certificate).where(Certificate.account == account.id).order_by(Certificate.issued.desc()).limit(MOST)
    ).all()
    recent = (DataRead.account == account.id, DataRead.at > hall.now() - READS_MS)
    newest = select(DataRead).where(*recent).order_by(DataRead.at.desc(), DataRead.id.desc()).limit(MOST)
    issued = [_issued(session, hall, certificate) for certificate in certificates]
    return Me(
        applied=[_applied(ticket, names) for ticket in tickets if _stands(ticket, hall.today())],
        tickets=[
            TakenTicket(t.number, names.matters(t.matters or t.asked), _state(t, hall.today()), t.at) for t in tickets
        ],
        certificates=issued,
        expiring=[*_documents(person, today, names), *_papers(issued, today)][:MOST],
        channels=bindings.of(session, account.id)[:MOST],
        reads=[Read(r.at, names.reader(r), names.what(r), names.why(r)) for r in session.scalars(newest)],
        read_count=session.scalar(select(func.count()).select_from(DataRead).where(*recent)) or 0,
    )


def _stands(ticket: Ticket, today: str) -> bool:
    return ticket.state is State.FINISHED or (ticket.state in _OPEN and ticket.day == today)


def _applied(ticket: Ticket, names: Names) -> Applied:
    step = _STEP[ticket.state]
    where = WORDS["ticket-absent" if ticket.state is State.ABSENT else f"step-{step}"]
    return Applied(names.matters(ticket.matters or ticket.asked), where, ticket.at, step)


def _state(ticket: Ticket, today: str) -> Both:
    over = ticket.state in _OPEN and ticket.day != today
    return WORDS["ticket-over" if over else f"ticket-{ticket.state}"]


def _issued(session: Session, hall: Hall, certificate: Certificate) -> Issued:
    entry = registry.find(session, certificate.id)
    assert entry is not None
    return Issued(
        short=certificate.id,
        what=_both(hall.templates[certificate.type, certificate.version].title),
        at=certificate.iat * 1000,
        until=registry.last_day(certificate),
        state=WORDS[f"stands-{entry.standing(hall.now())}"],
        copies=sum(copy.outcome == "printed" for copy in entry.copies),
    )


def _papers(issued: Iterable[Issued], today: date) -> list[Expiring]:
    soon = (today + CERTIFICATE_ENDS).isoformat()
    return [
        Expiring(each.what, each.until)
        for each in issued
        if each.state == WORDS["stands-valid"] and today.isoformat() <= each.until <= soon
    ]


def _documents(person: Person | None, today: date, names: Names) -> list[Expiring]:
    soon, ends = (today + DOCUMENT_ENDS).isoformat(), person.ends if person else {}
    return [Expiring(names.document(each), end) for each, end in ends.items() if today.isoformat() <= end <= soon]


def _both(said: Said) -> Both:
    return Both(said.zh, said.en)


def _wire(value: Any) -> Any:
    if isinstance(value, Both):
        return value._asdict()
    if is_dataclass(value):
        return {each.name: _wire(getattr(value, each.name)) for each in fields(value)}
    return [_wire(each) for each in value] if isinstance(value, list | tuple) else value
