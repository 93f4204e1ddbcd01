"""The desk for what is booked for today: it knows the day's sheet, and by it whoever stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk import say
from kiosk import say_people as words
from kiosk.catalogue import Catalogue
from kiosk.day_sheet import MARK, Booking, DaySheet
from kiosk.visitor import Visitor
from screens.words import Words


class BookingRefused(Exception):
    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class BookingDesk:
    """For one visit, on the store's lane. ``used`` are the codes that were checked in here today."""

    sheet: Callable[[], DaySheet | None]
    used: set[bytes]
    now: Callable[[], datetime]
    catalogue: Catalogue
    online: bool

    def person(self, visitor: Visitor) -> bytes | None:
        """Today's name for this holder; None without a document or today's key, and for who is here for another."""
        sheet = self._sheet()
        return sheet.person(visitor.holder.identity) if sheet and visitor.holder and not visitor.acting else None

    def of(self, visitor: Visitor) -> Booking | None:
        """This holder's booking that can be checked in now."""
        person, sheet = self.person(visitor), self._sheet()
        booking = sheet.of_person(person, self.now()) if sheet and person else None
        return booking if booking and self._known(booking) and booking.code not in self.used else None

    def scanned(self, code: bytes, visitor: Visitor) -> Booking:
        """The booking whose code was scanned. Raises ``BookingRefused`` in words for the citizen.

        A code proves nothing of who holds it: without a document it opens what needs none.
        """
        if not code.startswith(MARK):
            raise BookingRefused(say.SCAN_FOREIGN)
        sheet = self._sheet()
        booking = sheet.by_code(code) if sheet else None
        if booking is None or not self._known(booking):
            raise BookingRefused(say.SCAN_UNKNOWN)
        if booking.code in self.used:
            raise BookingRefused(say.SCAN_USED)
        if not booking.open_at(self.now()):
            raise BookingRefused(say.fill(say.SCAN_NOT_NOW, start=booking.start, end=booking.end))
        for service in (self.catalogue.by_id[matter] for matter in booking.matters):
            if service.closed:
                raise BookingRefused(service.closed.words)
            if not service.offline and not self.online:
                raise BookingRefused(say.NEEDS_NETWORK)
            if visitor.holder is None and not visitor.may(service.level):
                raise BookingRefused(words.NEEDS[service.level])
        return booking

    def take(self, booking: Booking) -> None:
        """It is checked in: its code opens nothing any more."""
        self.used.add(booking.code)

    def _known(self, booking: Booking) -> bool:
        """Whether the catalogue has what was booked; a day sheet may be newer."""
        return set(booking.matters) <= set(self.catalogue.by_id)

    def _sheet(self) -> DaySheet | None:
        sheet = self.sheet()
        return sheet if sheet and sheet.day == self.now().date().isoformat() else None
