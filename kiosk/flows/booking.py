"""A booking code under the scanner becomes a ticket."""

from __future__ import annotations

from functools import partial
from typing import Final

from devices.scanner import Fault
from kiosk import say
from kiosk.booking_desk import BookingRefused
from kiosk.desk import Desk
from kiosk.flows.ticket import take
from kiosk.opening import Closed
from kiosk.steps import Ask, WentHome, Work
from kiosk.visitor import Visitor
from screens.pages import Nav, ScanCode

PROBLEMS: Final = {
    Fault.SCANNER_GONE: Closed(say.SCANNER_LOST, Fault.SCANNER_GONE.value).said,
    Fault.CODE_TOO_LONG: say.SCAN_FOREIGN,
    Fault.TWO_CODES: say.SCAN_TWO,
}


async def visit(desk: Desk, visitor: Visitor) -> None:
    try:
        await scan(desk, visitor)
    except WentHome:
        return


async def scan(desk: Desk, visitor: Visitor) -> None:
    page = ScanCode(say.SCAN_TITLE, say.SCAN_LEAD)
    while not isinstance(seen := await Ask(page), Nav):
        if isinstance(seen, Fault):
            page = ScanCode(say.SCAN_TITLE, say.SCAN_LEAD, PROBLEMS[seen])
            continue
        try:
            booked = await Work("store", partial(desk.bookings.scanned, seen, visitor))
        except BookingRefused as refused:
            page = ScanCode(say.SCAN_TITLE, say.SCAN_LEAD, refused.words)
        else:
            return await take(desk, visitor, tuple(booked.matters), booked)
    raise WentHome
