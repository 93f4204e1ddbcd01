"""A document was read: greet its holder, offer what the person likely came for."""

from __future__ import annotations

from functools import partial

from kiosk import pages
from kiosk.desk import Desk
from kiosk.flows.acting import act
from kiosk.flows.booking import scan
from kiosk.flows.certificate import certify
from kiosk.flows.holding import look_after
from kiosk.flows.mine import mine
from kiosk.flows.ticket import take
from kiosk.flows.verify import check
from kiosk.steps import Ask, WentHome, Work
from kiosk.visitor import Visitor


async def visit(desk: Desk, visitor: Visitor) -> None:
    if told := await Work("store", partial(desk.told, visitor)):
        await Ask(pages.told(told))
    while True:
        try:
            await _from_home(desk, visitor)
        except WentHome:
            continue
        return


async def _from_home(desk: Desk, visitor: Visitor) -> None:
    visitor = desk.people.as_shown(visitor)
    booked = await Work("store", partial(desk.bookings.of, visitor))
    line = await Work("store", partial(desk.line, None))
    match await Ask(pages.home(desk, visitor, booked, line)):
        case "services":
            await take(desk, visitor)
        case "stage" | "department" as tab:
            await take(desk, visitor, tab=tab)
        case "tickets":
            await look_after(desk, visitor)
        case "scan":
            await scan(desk, visitor)
        case "certificates":
            await certify(desk, visitor)
        case "verify":
            await check(desk, visitor)
        case "mine":
            await mine(desk, visitor)
        case "acting":
            await act(desk, visitor)
        case "booked" if booked:
            await take(desk, visitor, tuple(booked.matters), booked)
        case service:
            await take(desk, visitor, (service,))
