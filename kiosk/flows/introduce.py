"""The first swipe: before a person's first service they read what is kept of them, and agree or not."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from kiosk import people_pages as pages
from kiosk.desk import Desk
from kiosk.people_desk import LOOK_SECONDS
from kiosk.steps import Ask, Overdue, Work
from kiosk.visitor import Visitor
from screens.pages import Confirmed


async def introduce(desk: Desk, visitor: Visitor) -> bool:
    """True to go on with the service, with an account or without one; False for a step back.

    Asked once a visit, and of nobody whom the hall knows. Offline everybody is asked: two answers become one account.
    """
    if visitor.holder is None or desk.people.settled:
        return True
    with suppress(Overdue):
        await Work("hall", partial(desk.people.look_up, visitor), seconds=LOOK_SECONDS + 1)
    if desk.people.settled:
        return True
    return await agreed(desk, visitor)


async def agreed(desk: Desk, visitor: Visitor) -> bool:
    """Show the notice; False for a step back."""
    match await Ask(pages.notice(visitor)):
        case Confirmed():
            desk.people.agree(visitor)
        case "decline":
            desk.people.decline()
        case _:
            return False
    return True
