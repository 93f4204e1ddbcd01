"""A booking code under the scanner becomes a ticket."""

from __future__ import annotations

from functools import partial

from kiosk import say
from kiosk.desk import BookingRefused, Desk
from kiosk.flows.ticket import take
from kiosk.steps import Ask, WentHome, Work
from kiosk.visitor import Visitor
from screens.pages import Nav, ScanCode


async def visit(desk: Desk, visitor: Visitor) -> None:
    try:
        await scan(desk, visitor)
    except WentHome:
        return


async def scan(desk: Desk, visitor: Visitor) -> None:
    page = ScanCode(say.SCAN_TITLE, say.SCAN_LEAD)
    while not isinstance(seen := await Ask(page), Nav):
        try:
            booked = await Work("store", partial(desk.booking, seen))
        except BookingRefused as refused:
            page = ScanCode(say.SCAN_TITLE, say.SCAN_LEAD, refused.words)
        else:
            return await take(desk, visitor, tuple(booked.matters), booked)
    raise WentHome
