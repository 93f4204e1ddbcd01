"""What the calling page of one counter shows, read in one view of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from hall import queue
from hall.models import Kiosk, Standing, Trail
from hall.moves import Verb
from hall.tickets import Booking, Copy, State, Ticket
from hall.web.fleet import SILENT_MS
from hall.web.sessions import SignedIn
from hall.web.unqueued import Unqueued, unqueued
from hall.web.words import Tongue, say

SHOWN_NEXT: Final = 6
_SHOWN_ASIDE: Final = 12
_SHOWN_UNCERTAIN: Final = 3
_OPEN: Final = (State.WAITING, State.CALLED, State.HELD, State.ABSENT)


class Catalogue:
    """The names in a bundle, by language. A matter that is no longer in it shows its id."""

    def __init__(self, bundle: dict[str, Any], tongue: Tongue) -> None:
        key = "zh" if tongue is Tongue.ZH else "en"
        self._matters = {service["id"]: str(service["name"][key]) for service in bundle["services"]}
        self.queues = {str(entry["id"]): str(entry["name"][key]) for entry in bundle["queues"]}
        self.minutes = {str(entry["id"]): int(entry["minutes"]) for entry in bundle["queues"]}
        self.missed = str(bundle["texts"]["missed"][key])
        self.hotline = str(bundle["hotline"])

    def matters(self, ids: Sequence[str]) -> list[str]:
        return [self._matters.get(matter, matter) for matter in ids]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as staff see it; ``seen`` is the last row of the trail that this page knew of."""

    id: str
    seen: int
    number: str
    queue: str
    masked: str
    via: str
    matters: Sequence[str]
    summary: str
    waited: int
    booked: str | None
    english: bool
    called_at: int
    calls: int
    why: str
    since: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A ticket whose paper may not exist."""

    number: str
    kiosk: str
    at: int


@dataclass(frozen=True, slots=True)
class Lamp:
    """Whether the kiosks are in touch: what they recorded alone is not on this page yet."""

    tone: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page."""

    current: Shown | None
    next: Sequence[Shown]
    waiting: int
    aside: Sequence[Shown]
    uncertain: Sequence[Lost]
    unqueued: Sequence[Unqueued]
    average: int | None
    done: int
    lamp: Lamp


class View:
    """One look at the queue, for one counter, at one moment."""

    def __init__(self, session: Session, catalogue: Catalogue, tongue: Tongue, day: str, now: int) -> None:
        self._session, self._catalogue, self._tongue, self._day, self._now = session, catalogue, tongue, day, now

    def desk(self, person: SignedIn, queues: Sequence[str], clock: Any) -> Desk:
        """The page of ``person``'s counter, serving ``queues``. ``clock`` writes a moment as HH:MM."""
        current = at_counter(self._session, person.name, self._day)
        waits = [ticket for name in queues for ticket in queue.waiting(self._session, self._day, name)]
        waits.sort(key=lambda ticket: (ticket.turn, ticket.passes, ticket.at, ticket.id))
        aside = self._session.scalars(
            select(Ticket)
            .where(Ticket.day == self._day, Ticket.queue.in_(queues), Ticket.state.in_((State.HELD, State.ABSENT)))
            .order_by(Ticket.called_at.desc())
            .limit(_SHOWN_ASIDE)
        ).all()
        wait, done = self._session.execute(
            select(
                func.avg(Ticket.called_at - Ticket.at),
                func.count().filter(Ticket.state == State.FINISHED),
            ).where(Ticket.day == self._day, Ticket.queue.in_(queues), Ticket.called_at.is_not(None))
        ).one()
        return Desk(
            current=self._shown(current) if current else None,
            next=[self._shown(ticket) for ticket in waits[:SHOWN_NEXT]],
            waiting=len(waits),
            aside=[self._shown(ticket) for ticket in aside],
            uncertain=self._uncertain(queues),
            unqueued=unqueued(self._session, self._day, queues, self._now),
            average=None if wait is None else max(round(wait / 60_000), 0),
            done=done,
            lamp=self._lamp(clock),
        )

    def _shown(self, ticket: Ticket) -> Shown:
        trail = self._session.scalars(select(Trail).where(Trail.ticket == ticket.id).order_by(Trail.id)).all()
        names = self._catalogue.matters(ticket.matters)
        booking = self._session.get(Booking, ticket.booking) if ticket.booking else None
        until = ticket.called_at if ticket.state is not State.WAITING and ticket.called_at else self._now
        calls = 0
        for row in trail:
            calls = {str(Verb.CALL): 1, str(Verb.RESUME): calls + 1, str(Verb.RECALL): calls + 1}.get(row.verb, calls)
        return Shown(
            id=ticket.id,
            seen=trail[-1].id if trail else 0,
            number=ticket.number,
            queue=ticket.queue,
            masked=ticket.masked,
            via=ticket.via,
            matters=names,
            summary=self._summary(names),
            waited=max(until - ticket.at, 0) // 60_000,
            booked=booking.start if booking else None,
            english=ticket.language.startswith("en"),
            called_at=ticket.called_at or ticket.at,
            calls=calls,
            why=self._why(ticket, sum(row.verb == Verb.ABSENT for row in trail)),
            since=trail[-1].at if trail else ticket.at,
        )

    def _summary(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return say("matters-more", self._tongue, first=names[0], count=len(names), more=len(names) - 1)

    def _why(self, ticket: Ticket, absences: int) -> str:
        if ticket.state is State.ABSENT:
            return say("state-absent", self._tongue, count=absences)
        counter = say("at-counter", self._tongue, counter=ticket.counter or "—")
        return f"{say('state-held', self._tongue)} · {counter}" if ticket.state is State.HELD else ""

    def _uncertain(self, queues: Sequence[str]) -> list[Lost]:
        """Open tickets of today whose last paper is uncertain, the newest first."""
        paper = aliased(Copy)
        last = select(func.max(paper.copy)).where(paper.ticket == Ticket.id).correlate(Ticket).scalar_subquery()
        found = self._session.execute(
            select(Ticket, Kiosk.number)
            .select_from(Ticket)
            .join(Copy, (Copy.ticket == Ticket.id) & (Copy.copy == last))
            .join(Kiosk, Kiosk.id == Ticket.kiosk)
            .where(Ticket.day == self._day, Ticket.queue.in_(queues), Ticket.state.in_(_OPEN))
            .where(Copy.outcome == "uncertain")
            .order_by(Ticket.at.desc())
            .limit(_SHOWN_UNCERTAIN)
        ).all()
        return [
            Lost(ticket.number, say("kiosk-number", self._tongue, number=kiosk), ticket.at) for ticket, kiosk in found
        ]

    def _lamp(self, clock: Any) -> Lamp:
        heard = self._session.scalars(
            select(Kiosk.seen).where(Kiosk.state != Standing.REVOKED, Kiosk.seen.is_not(None))
        ).all()
        seen = [at for at in heard if at is not None]
        silent = sum(self._now - at > SILENT_MS for at in seen)
        if not seen:
            return Lamp("", "wifi-off", say("kiosks-none", self._tongue))
        if silent:
            return Lamp("warn", "wifi-off", say("kiosks-silent", self._tongue, count=silent))
        return Lamp("ok", "circle-check", say("kiosks-heard", self._tongue, time=clock(min(seen))))


def at_counter(session: Session, clerk: str, day: str) -> Ticket | None:
    """The ticket that ``clerk`` has called and not yet let go."""
    return session.scalar(
        select(Ticket).where(Ticket.day == day, Ticket.clerk == clerk, Ticket.state == State.CALLED).limit(1)
    )


def last_step(session: Session, ticket: str) -> int:
    """The trail's last row about ``ticket``; 0 before the first. A form that names an older one is stale."""
    return session.scalar(select(func.max(Trail.id)).where(Trail.ticket == ticket)) or 0
