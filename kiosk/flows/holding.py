"""The person waits already: show that ticket; keep it, cancel it, or print it again."""

from __future__ import annotations

from functools import partial

from kiosk import pages, say
from kiosk.desk import Desk, NotRecorded
from kiosk.flows import ticket
from kiosk.steps import Ask, Overdue, WentHome, Work
from kiosk.visitor import Visitor
from offline_cache.tickets import Waiting
from screens.pages import Confirm, Confirmed, Nav, Notice, Tone


async def show(desk: Desk, visitor: Visitor, held: Waiting) -> bool:
    """True where the person goes on to something else; False where the visit is done."""
    while True:
        match await Ask(pages.have_ticket(desk, held)):
            case "other":
                return True
            case "reprint" if held.id:
                await ticket.reprint(desk, visitor, held.id)
                return False
            case "cancel":
                if await _sure(held):
                    await _cancel(desk, held)
                    return False
            case Nav.BACK:
                raise WentHome
            case _:
                return False


async def look_after(desk: Desk, visitor: Visitor) -> None:
    """我的号: the ticket this person waits with today."""
    held = await Work("store", partial(desk.held, visitor, None))
    if held is None:
        await Ask(Notice(Tone.OK, say.NO_TICKETS, say.NO_TICKETS_LEAD))
        raise WentHome
    if await show(desk, visitor, held):
        await ticket.take(desk, visitor)


async def _cancel(desk: Desk, held: Waiting) -> None:
    try:
        await Work("store", partial(desk.cancel, held))
    except NotRecorded as failed:
        await Ask(pages.not_cancelled(failed.code))
    except Overdue:
        await Ask(pages.maybe_cancelled())
    else:
        await Ask(_cancelled(held))


async def _sure(held: Waiting) -> bool:
    question = Confirm(say.fill(say.CANCEL_TITLE, number=held.number), say.CANCEL_LEAD, say.CANCEL_DEED)
    return await Ask(question) == Confirmed()


def _cancelled(held: Waiting) -> Notice:
    return Notice(Tone.OK, say.fill(say.CANCELLED_TITLE, number=held.number), say.CANCELLED_LEAD)
