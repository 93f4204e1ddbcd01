"""The desk a visit sits at: what a flow may see, look up and do, for one visit.

It is made anew for each visit with the machine as it stood then, so a bundle
that arrives in between changes nothing under a citizen's hands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from certificates.template import Template
from devices.citizen_number import checked as checked_number
from devices.passport.mrz import AccessKey
from devices.printer import Printer
from kiosk import slip
from kiosk.booking_desk import BookingDesk
from kiosk.catalogue import Catalogue, Queue
from kiosk.certificate_desk import CertificateDesk
from kiosk.day_sheet import Booking, DaySheet
from kiosk.faults import Fault
from kiosk.line import wait
from kiosk.machine import Machine
from kiosk.masking import slip_name
from kiosk.people_desk import PeopleDesk
from kiosk.visitor import Visitor
from offline_cache.ledger import Gone, Ledger
from offline_cache.store import StoreError
from offline_cache.tickets import Draft, Outcome, Recorded, Via, Waiting
from screens.extract_slip import ExtractSlip, extract
from screens.pages import Wait
from screens.words import Words

MOST: Final = 5
"""Matters on one ticket."""

PRINT_SECONDS: Final = 330.0
"""How long one slip may take before its outcome is called uncertain: longer than the printer's own deadline."""


class NotRecorded(Exception):
    """Nothing is on record and nothing was printed; ``code`` is the failure code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a visit and every desk shares."""

    ledger: Ledger
    printer: Printer
    kiosk: slip.Kiosk
    width: int
    sheet: Callable[[], DaySheet | None]
    now: Callable[[], datetime]
    used: set[bytes]
    wake: Callable[[], None]
    trouble: Callable[[str], None]
    told: Callable[[bytes], Words | None]
    unlock: Callable[[AccessKey], None]


class Desk:
    print_seconds = PRINT_SECONDS

    def __init__(
        self,
        tools: Tools,
        machine: Machine,
        language: Callable[[], str],
        people: PeopleDesk,
        certificates: CertificateDesk | None = None,
    ) -> None:
        """``certificates`` is None on a machine that has no root to go by."""
        assert machine.catalogue is not None
        self._certificates = certificates
        self._people = people
        self._tools = tools
        self._machine = machine
        self._catalogue: Catalogue = machine.catalogue
        self._bookings = BookingDesk(tools.sheet, tools.used, tools.now, machine.catalogue, machine.online)
        self._language = language

    # Looking up, on the store's lane.

    def told(self, visitor: Visitor) -> Words | None:
        """What the hall wants this holder told, once."""
        person = self._bookings.person(visitor)
        return self._tools.told(person) if person else None

    def held(self, visitor: Visitor, chosen: tuple[str, ...] | None) -> Waiting | None:
        """The ticket this card holder waits with already, for any of ``chosen`` (None: for whatever)."""
        person = self._bookings.person(visitor)
        found = self._tools.ledger.waiting_for(person, chosen or ()) if person else ()
        return found[0] if found else None

    def line(self, chosen: tuple[str, ...] | None) -> Wait | None:
        """How the line stands for who joins it now with ``chosen``; None: at the first group of windows."""
        queue = self.queue_of(chosen) if chosen else self._catalogue.queues[0]
        standing = self._machine.queues.get(queue.id)
        since = self._tools.ledger.not_on_board(queue.id) if standing else 0
        return wait(standing, since, queue.minutes, self._tools.now(), self._machine.online)

    def unlock(self, key: AccessKey) -> None:
        """Let the reader open the passport that lies in it; what comes of it, it tells by itself."""
        self._tools.unlock(key)

    # Doing, on the store's lane; printing on the printer's.

    def record(self, visitor: Visitor, chosen: tuple[str, ...], booking: Booking | None) -> Recorded:
        """Put the ticket on record. Raises ``NotRecorded``."""
        if not visitor.may(self._catalogue.needed(chosen)):
            raise NotRecorded(Fault.NOT_PROVEN.value)
        now = self._tools.now()
        ahead = self.line(chosen)
        holder = visitor.holder
        personal = {"number": visitor.typed} if visitor.typed else None
        if holder:
            personal = {"name": holder.name, "number": holder.number, "document": holder.document.value}
        masked = slip_name(holder.name) if holder else ""
        acting = visitor.acting
        if acting:
            personal = {**(personal or {}), "for_number": acting.number}
            masked = f"{masked}（代 {acting.masked}）"
        opening, account = self._people.attached()
        draft = Draft(
            queue=self.queue_of(chosen).id,
            matters=chosen,
            via=Via.BOOKING if booking and not holder else Via(visitor.via),
            language=self._language(),
            person=self._bookings.person(visitor),
            booking=booking.code if booking else None,
            ahead=ahead.ahead if ahead else None,
            minutes=ahead.minutes if ahead else None,
            masked=masked,
            personal=personal,
            slip=slip.compose(self._catalogue, chosen, ahead, masked, now),
            level=visitor.level.word,
            opening=opening,
            account=account,
            acting={"kind": acting.kind.value, "masked": acting.masked} if acting else None,
        )
        recorded = self._recorded(partial(self._tools.ledger.record, draft), booking)
        self._people.recorded()
        return recorded

    def copy(self, ticket: str) -> Recorded:
        """Put a reprint on record. Raises ``NotRecorded``."""
        return self._recorded(partial(self._tools.ledger.copy, ticket), None)

    def _recorded(self, make: Callable[[], Recorded], booking: Booking | None) -> Recorded:
        try:
            recorded = make()
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            raise NotRecorded(error.fault.value) from error
        except Gone:
            raise NotRecorded(Fault.NO_REPRINT.value) from None
        if booking:
            self._bookings.take(booking)
        self._tools.wake()
        return recorded

    def print(self, recorded: Recorded) -> None:
        """Draw and print. Raises ``NotStarted`` and ``Uncertain`` as the printer does."""
        self._tools.printer.print(slip.draw(recorded, self._tools.kiosk, self._tools.width))

    def print_list(self, slip: ExtractSlip) -> None:
        """Draw and print the list of a person's page. Raises as ``print`` does."""
        self._tools.printer.print(extract(slip, self._tools.width))

    def settle(self, recorded: Recorded, outcome: Outcome, fault: StrEnum | None) -> None:
        """Say what became of the paper. What the store can't write now, it writes later."""
        try:
            self._tools.ledger.settle(recorded, outcome, fault.value if fault else None)
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            return
        self._tools.wake()

    def cancel(self, held: Waiting) -> None:
        """Give a waiting ticket up. Raises ``NotRecorded``; then it still waits."""
        try:
            self._tools.ledger.cancel(held)
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            raise NotRecorded(error.fault.value) from error
        self._tools.wake()

    # What pages are made of.

    @property
    def catalogue(self) -> Catalogue:
        return self._catalogue

    @property
    def bookings(self) -> BookingDesk:
        return self._bookings

    @property
    def people(self) -> PeopleDesk:
        return self._people

    @property
    def place(self) -> Words:
        """This machine and its hall, as a phone names them too."""
        hall, number = self._catalogue.hall.name, self._tools.kiosk.number
        return Words(f"{hall.zh} · {number} 号机", f"{hall.en} · Machine {number}")

    @property
    def certificates(self) -> CertificateDesk:
        assert self._certificates is not None
        return self._certificates

    @property
    def templates(self) -> tuple[Template, ...]:
        """The certificates that can be issued, the newest wording of each."""
        authority = self._machine.authority
        return authority.templates if authority and self._certificates else ()

    @property
    def machine(self) -> Machine:
        return self._machine

    @property
    def kiosk(self) -> slip.Kiosk:
        return self._tools.kiosk

    def now(self) -> datetime:
        return self._tools.now()

    def queue_of(self, chosen: tuple[str, ...]) -> Queue:
        """Where several matters on one ticket begin: at the windows of the first."""
        return self._catalogue.queue(self._catalogue.by_id[chosen[0]].queue)

    def citizen_number(self, typed: str) -> str | None:
        """The number as it is written, where its check digit is right."""
        try:
            return checked_number(typed)
        except ValueError:
            return None
