"""The lists of a person's page: what they came for, their papers, and who read what of theirs.

The newest first, a part at a time; where the next part begins is known here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from certificates.form import Said
from hall.certificates import registry
from hall.certificates.models import Certificate
from hall.people.models import Account, DataRead
from hall.people.wire import Of
from hall.people.words import Names
from hall.state import Hall
from hall.tickets import State, Ticket
from hall.web.words import WORDS, Both

MOST: Final = 20
"""Of each list on the page itself."""
MOST_OLDER: Final = 50
"""In each further part."""

STEPS: Final = 4
_STEP: Final = {State.WAITING: 1, State.CALLED: 2, State.ABSENT: 2, State.HELD: 3, State.FINISHED: 4}
_OPEN: Final = (State.WAITING, State.CALLED, State.ABSENT, State.HELD)

Row = TypeVar("Row")
Kept = TypeVar("Kept")


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
class Read:
    """Somebody read something of this person."""

    at: int
    who: Both
    what: Both
    why: Both


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """Some rows of a list; ``before`` is where those after them begin, None where there are none."""

    rows: Sequence[Row]
    before: int | None


class History:
    """What an account came for and who read of it, as far as it is kept.

    Of tickets and certificates ``before`` is how many were shown: a new one repeats a row and hides none. The trail
    grows with every look at it, so its ``before`` is the row that was shown last.
    """

    def __init__(self, session: Session, hall: Hall, account: Account) -> None:
        self._session, self._hall, self._account = session, hall, account.id
        self._names, self._today = Names(session, hall), hall.today()

    def part(self, of: Of, before: int) -> Part[Any]:
        """The rows of a list behind those that were shown."""
        match of:
            case "applied":
                return self.applied(before, MOST_OLDER)
            case "tickets":
                return self.tickets(before, MOST_OLDER)
            case "certificates":
                return self.certificates(before, MOST_OLDER)
            case "reads":
                return self._reads(before)

    def applied(self, skip: int = 0, most: int = MOST) -> Part[Applied]:
        """Of open tickets only those of today: what was not finished on its day is over."""
        stands = or_(Ticket.state == State.FINISHED, and_(Ticket.state.in_(_OPEN), Ticket.day == self._today))
        return self._part(self._tickets().where(stands), self._applied, skip, most)

    def tickets(self, skip: int = 0, most: int = MOST) -> Part[TakenTicket]:
        return self._part(self._tickets(), self._ticket, skip, most)

    def certificates(self, skip: int = 0, most: int = MOST) -> Part[Issued]:
        mine = select(Certificate).where(Certificate.account == self._account)
        return self._part(mine.order_by(Certificate.issued.desc(), Certificate.id), self.issued, skip, most)

    def certificate_count(self) -> int:
        mine = select(func.count()).select_from(Certificate).where(Certificate.account == self._account)
        return self._session.scalar(mine) or 0

    def reads(self, since: int) -> Part[Read]:
        """The newest since then; those before, however old, are in the next part."""
        newest = self._session.scalars(self._trail().limit(MOST)).all()
        shown = list(takewhile(lambda row: row.at > since, newest))
        older = self._trail().where(DataRead.id < shown[-1].id) if shown else self._trail()
        more = self._session.scalar(older.limit(1)) is not None
        last = shown[-1].id if shown else newest[0].id + 1 if newest else 0
        return Part([self._read(row) for row in shown], last if more else None)

    def read_count(self, since: int) -> int:
        recent = (DataRead.account == self._account, DataRead.at > since)
        return self._session.scalar(select(func.count()).select_from(DataRead).where(*recent)) or 0

    def issued(self, certificate: Certificate) -> Issued:
        entry = registry.find(self._session, certificate.id)
        assert entry is not None
        return Issued(
            short=certificate.id,
            what=_both(self._hall.templates[certificate.type, certificate.version].title),
            at=certificate.iat * 1000,
            until=registry.last_day(certificate),
            state=WORDS[f"stands-{entry.standing(self._hall.now())}"],
            copies=sum(copy.outcome == "printed" for copy in entry.copies),
        )

    def _part(self, wanted: Select[Kept], row: Callable[[Kept], Row], skip: int, most: int) -> Part[Row]:
        found = self._session.scalars(wanted.offset(skip).limit(most + 1)).all()
        return Part([row(each) for each in found[:most]], skip + most if len(found) > most else None)

    def _tickets(self) -> Select[Ticket]:
        return select(Ticket).where(Ticket.account == self._account).order_by(Ticket.at.desc(), Ticket.id)

    def _trail(self) -> Select[DataRead]:
        """In the order in which it was written: a clock may be set back."""
        return select(DataRead).where(DataRead.account == self._account).order_by(DataRead.id.desc())

    def _reads(self, before: int) -> Part[Read]:
        found = self._session.scalars(self._trail().where(DataRead.id < before).limit(MOST_OLDER + 1)).all()
        last = found[MOST_OLDER - 1].id if len(found) > MOST_OLDER else None
        return Part([self._read(row) for row in found[:MOST_OLDER]], last)

    def _applied(self, ticket: Ticket) -> Applied:
        step = _STEP[ticket.state]
        where = WORDS["ticket-absent" if ticket.state is State.ABSENT else f"step-{step}"]
        return Applied(self._names.matters(ticket.matters or ticket.asked), where, ticket.at, step)

    def _ticket(self, ticket: Ticket) -> TakenTicket:
        over = ticket.state in _OPEN and ticket.day != self._today
        state = WORDS["ticket-over" if over else f"ticket-{ticket.state}"]
        return TakenTicket(ticket.number, self._names.matters(ticket.matters or ticket.asked), state, ticket.at)

    def _read(self, row: DataRead) -> Read:
        return Read(row.at, self._names.reader(row), self._names.what(row), self._names.why(row))


def _both(said: Said) -> Both:
    return Both(said.zh, said.en)
