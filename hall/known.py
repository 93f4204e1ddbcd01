"""What a batch of events touches, fetched with a few statements instead of a few for each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from hall.tickets import Booking, Copy, EarlyCancel, Ticket
from offline_cache.envelope import Event


class Known:
    """Tickets, copies, bookings and early cancellations that the events name, and what they add."""

    def __init__(self, session: Session, events: list[Event]) -> None:
        self._session = session
        ids = _named(events, "id", str)
        persons = _named(events, "person", bytes)
        numbers = _named(events, "number", str)
        wanted: list[ColumnElement[bool]] = [Ticket.id.in_(ids), Ticket.person.in_(persons)]
        self.tickets: dict[str, Ticket] = {}
        self._persons: defaultdict[tuple[str, bytes], list[Ticket]] = defaultdict(list)
        for ticket in session.scalars(select(Ticket).where(or_(*wanted))):
            self._index(ticket)
        self.numbers: set[tuple[str, str]] = {
            (day, number)
            for day, number in session.execute(
                select(Ticket.day, Ticket.number).where(
                    Ticket.day.in_(_named(events, "day", str)), Ticket.number.in_(numbers)
                )
            )
        }
        self._copies: defaultdict[str, dict[int, Copy]] = defaultdict(dict)
        for copy in session.scalars(select(Copy).where(Copy.ticket.in_(list(self.tickets)))):
            self._copies[copy.ticket][copy.copy] = copy
        codes = _named(events, "booking", bytes) | {t.booking for t in self.tickets.values() if t.booking}
        self.bookings = {
            booking.code_hash: booking
            for booking in session.scalars(select(Booking).where(Booking.code_hash.in_(codes)))
        }
        self._early = {
            (early.day, early.number, early.person): early
            for early in session.scalars(select(EarlyCancel).where(EarlyCancel.person.in_(persons)))
        }

    def add(self, ticket: Ticket) -> None:
        """A ticket that an event of this batch made."""
        self._session.add(ticket)
        self._index(ticket)
        self.numbers.add((ticket.day, ticket.number))

    def add_copy(self, copy: Copy) -> None:
        """A paper that an event of this batch recorded."""
        self._session.add(copy)
        self._copies[copy.ticket][copy.copy] = copy

    def copies(self, ticket: str) -> dict[int, Copy]:
        """The copies of a ticket by their number."""
        return self._copies[ticket]

    def of_person(self, day: str, person: bytes) -> list[Ticket]:
        """All tickets of a person on a day."""
        return self._persons[day, person]

    def early(self, ticket: Ticket) -> EarlyCancel | None:
        """The cancellation that came before ``ticket``, which is thereby used."""
        if ticket.person is None:
            return None
        early = self._early.pop((ticket.day, ticket.number, ticket.person), None)
        if early is None:
            return None
        if early in self._session.new:
            self._session.expunge(early)
        else:
            self._session.delete(early)
        return early

    def remember(self, early: EarlyCancel) -> None:
        """A cancellation whose ticket has not come yet."""
        if (early.day, early.number, early.person) not in self._early:
            self._early[early.day, early.number, early.person] = early
            self._session.add(early)

    def _index(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket
        if ticket.person is not None:
            self._persons[ticket.day, ticket.person].append(ticket)


def _named(events: Iterable[Event], field: str, kind: type[Any]) -> set[Any]:
    return {value for event in events if isinstance(value := event.body.get(field), kind)}
