"""What each kind of event does to the hall.

An effect checks everything before it changes anything, so that a poison event
leaves no trace but its parked bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Final

from sqlalchemy.orm import Session

from hall import leases, merging
from hall.certificates.effects import Papers
from hall.certificates.reading import Reading
from hall.known import Known
from hall.models import Kiosk, Trail
from hall.moves import MOVES, Verb, after
from hall.people.effects import People
from hall.people.levels import Level, reaches
from hall.poison import LESS_PROOF, Poison, parsed
from hall.state import Hall
from hall.tickets import Booking, Copy, EarlyCancel, State, Ticket
from hall.wire import Cancelled, Copied, Found, Issued, Settled
from offline_cache.envelope import Event

FAST: Final = 5 * 60_000
"""Milliseconds by which a kiosk's clock may run ahead of the hall's and still be believed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What of the hall's settings effects depend on."""

    zone: timezone
    gap: int
    """How far ahead of the counter a printed number is believed."""
    reading: Reading
    """What opens and checks certificates."""
    people: bytes = field(repr=False)
    """The key that names persons."""
    needs: Mapping[str, Level] = field(repr=False)
    """How sure a kiosk must be of who takes a ticket, by service."""

    @classmethod
    def of(cls, hall: Hall) -> Terms:
        needs = {service["id"]: service["needs"] for service in hall.content["services"]}
        reading = Reading(hall.keys.seal, hall.templates)
        return cls(hall.settings.zone, hall.settings.restore_gap, reading, hall.keys.people, needs)


class Batch:
    """The effects of some events of one kiosk, in order, on one open session.

    What they touch is fetched once for all (``Known``); nothing is flushed before ``finish``.
    """

    def __init__(self, session: Session, kiosk: Kiosk, events: list[Event], now: int, terms: Terms) -> None:
        self._session = session
        self._kiosk = kiosk
        self._now = now
        self._terms = terms
        self._known = Known(session, [event for event in events if event.kind.startswith("ticket.")])
        self._people = People(session, events, now, terms.reading.seal, terms.people)
        papers = [event for event in events if event.kind.startswith("certificate.")]
        self._papers = Papers(session, papers, now, terms.reading, self._people)
        self._highest: dict[tuple[str, str], int] = {}

    def apply(self, event: Event) -> None:
        """Raises ``Poison``, having changed nothing."""
        match event.kind:
            case "ticket.issued":
                self._issued(event, parsed(Issued, event))
            case "ticket.settled":
                self._settled(event, parsed(Settled, event))
            case "ticket.found":
                self._found(event, parsed(Found, event))
            case "ticket.copied":
                self._copied(event, parsed(Copied, event))
            case "ticket.cancelled":
                self._cancelled(event, parsed(Cancelled, event))
            case kind if kind.startswith("certificate."):
                self._papers.apply(event)
            case kind if kind.startswith(("account.", "extract.")):
                self._people.apply(event)
            case _:
                raise Poison("unknown kind")

    def finish(self) -> None:
        """Raise the number counters past what was printed, and erase what was given up."""
        for (day, queue), last in self._highest.items():
            leases.seen(self._session, day, queue, last, self._terms.gap)
        self._people.finish()

    def _issued(self, event: Event, body: Issued) -> None:
        kiosk, _, plain = body.number.rpartition("-")
        if plain[0] != body.queue or (kiosk and kiosk != self._kiosk.number):
            raise Poison("a number that is not this kiosk's")
        if body.id in self._known.tickets:
            raise Poison("a ticket that is already there")
        self._proven(body)
        midnight = _day_start(body.day, self._terms.zone)
        booking = self._booking(body)
        account = self._people.holding(body.account, event, body.id)
        ticket = Ticket(
            id=body.id,
            day=body.day,
            number=body.number,
            queue=body.queue,
            state=State.WAITING,
            at=event.at,
            arrived=self._now,
            turn=event.at if midnight <= event.at <= self._now + FAST else self._now,
            passes=0,
            matters=list(dict.fromkeys(body.matters)),
            asked=list(dict.fromkeys(body.matters)),
            via=body.via,
            person=body.person,
            masked=body.masked,
            sealed=event.sealed,
            booking=body.booking,
            kiosk=event.kiosk,
            epoch=event.epoch,
            seq=event.seq,
            language=body.language,
            level=body.level,
            account=account.id if account else None,
            acting=body.acting.model_dump() if body.acting else None,
        )
        if booking is not None:
            booking.used_by = ticket.id
            start, end = (_clock(midnight, text) for text in (booking.start, booking.end))
            ticket.turn = start if ticket.turn <= end else ticket.turn
        if (body.day, body.number) in self._known.numbers:
            self._trail("same_number", ticket.id, body.number)
        self._known.add(ticket)
        self._known.add_copy(Copy(ticket=ticket.id, copy=1))
        if not kiosk:
            key = (body.day, body.queue)
            self._highest[key] = max(self._highest.get(key, 0), int(plain[1:]))
        early = self._known.early(ticket)
        if early is not None:
            self._cancel(ticket, early.at)
        elif ticket.person is not None:
            merging.merge(self._session, self._known.of_person(ticket.day, ticket.person), self._now)

    def _proven(self, body: Issued) -> None:
        """A kiosk that says no level has proved nothing: as much as a number that was typed, a card laid or not."""
        level = body.level or ("typed" if body.via in ("card", "typed") else "none")
        if body.via != "card" and not reaches("typed", level):
            raise Poison("a level that nothing but a card proves")
        if not all(reaches(level, self._terms.needs.get(matter, "none")) for matter in body.matters):
            raise Poison(LESS_PROOF)

    def _booking(self, body: Issued) -> Booking | None:
        booking = self._known.bookings.get(body.booking) if body.booking else None
        if booking is None or booking.day != body.day:
            return None
        if booking.used_by is not None:
            self._trail("booking_used_twice", body.id, "")
            return None
        return booking

    def _settled(self, event: Event, body: Settled) -> None:
        ticket = self._own(event, body.id)
        copy = self._known.copies(ticket.id).get(body.copy_)
        if copy is None:
            raise Poison("a copy that was never recorded")
        copy.outcome, copy.fault = body.outcome, body.fault
        if self._void(ticket) and ticket.state is State.WAITING:
            self._trail("void", ticket.id, "")
            self._cancel(ticket, ticket.at)

    def _found(self, event: Event, body: Found) -> None:
        ticket = self._own(event, body.id)
        copy = self._known.copies(ticket.id).get(body.copy_)
        if copy is None or copy.outcome != "uncertain":
            raise Poison("a copy that was not in doubt")
        if body.found == "whole":
            copy.outcome = "printed"
        self._trail("found", ticket.id, f"copy {body.copy_} {body.found}, {body.by}")

    def _copied(self, event: Event, body: Copied) -> None:
        ticket = self._own(event, body.id)
        if body.copy_ in self._known.copies(ticket.id):
            raise Poison("a copy that is already there")
        if self._void(ticket) and ticket.state is State.CANCELLED:
            ticket.state = after(ticket.state, Verb.REVIVE)
            self._trail(Verb.REVIVE, ticket.id, "another copy after a void one")
        self._known.add_copy(Copy(ticket=ticket.id, copy=body.copy_))

    def _cancelled(self, event: Event, body: Cancelled) -> None:
        same = [t for t in self._known.of_person(body.day, body.person) if t.number == body.number]
        waiting = [t for t in same if (t.state, Verb.CANCEL) in MOVES]
        for ticket in waiting:
            self._cancel(ticket, event.at)
        for ticket in same:
            if ticket not in waiting:
                self._trail("cancel_refused", ticket.id, str(ticket.state))
        if not same:
            self._known.remember(EarlyCancel(day=body.day, number=body.number, person=body.person, at=event.at))

    def _cancel(self, ticket: Ticket, at: int) -> None:
        ticket.state = after(ticket.state, Verb.CANCEL)
        self._trail(Verb.CANCEL, ticket.id, "")
        booking = self._known.bookings.get(ticket.booking) if ticket.booking else None
        if booking is not None and booking.used_by == ticket.id:
            booking.used_by = None
        if ticket.person is not None:
            others = self._known.of_person(ticket.day, ticket.person)
            merging.give_back(self._session, ticket, others, at, self._now)

    def _own(self, event: Event, ticket_id: str) -> Ticket:
        ticket = self._known.tickets.get(ticket_id)
        if ticket is None or ticket.kiosk != event.kiosk:
            raise Poison("a ticket that this kiosk never issued")
        return ticket

    def _void(self, ticket: Ticket) -> bool:
        return all(copy.outcome == "void" for copy in self._known.copies(ticket.id).values())

    def _trail(self, verb: str, ticket: str, detail: str) -> None:
        self._session.add(Trail(at=self._now, verb=verb, ticket=ticket, detail=detail))


def _day_start(day: str, zone: timezone) -> int:
    try:
        midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone)
    except ValueError:
        raise Poison("no such day") from None
    return int(midnight.timestamp() * 1000)


def _clock(midnight: int, text: str) -> int:
    hours, minutes = text.split(":")
    return midnight + int(timedelta(hours=int(hours), minutes=int(minutes)).total_seconds() * 1000)
