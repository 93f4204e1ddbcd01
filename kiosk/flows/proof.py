"""More proof of who stands there, where what they came for needs it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from devices.holder import Document, Holder
from kiosk import people_pages as pages
from kiosk import say_people as words
from kiosk.assurance import Level
from kiosk.desk import Desk
from kiosk.flows.phone import prove
from kiosk.people_desk import LOOK_SECONDS
from kiosk.steps import Ask, Overdue, Work
from kiosk.visitor import Visitor
from kiosk.ways import ways_up
from screens.pages import Nav
from screens.words import Words


async def step_up(desk: Desk, visitor: Visitor, needs: Level) -> Visitor | None:
    """The same person with as much proof as is needed, or as can be had here; None where they turn away."""
    while not visitor.may(needs):
        ways = await _ways(desk, visitor, needs)
        if not ways:
            break
        only = ways[0] if len(ways) == 1 else None
        page = pages.step_up(visitor, needs, pages.ways_said(ways))
        way: str | Nav = only if only else await Ask(page)
        match way:
            case "id-card":
                more = await _id_card(visitor)
            case "phone":
                more = await prove(desk, visitor)
            case _:
                return None
        if more is not None:
            visitor = more
            desk.people.remember(visitor)
        elif only:
            return None
    return visitor


async def _ways(desk: Desk, visitor: Visitor, needs: Level) -> tuple[str, ...]:
    """What this person can show more, here and now; a phone only where one is bound."""
    ways = ways_up(visitor, needs, desk.machine, phone=True)
    if ways != ways_up(visitor, needs, desk.machine, phone=False) and desk.people.has_phone is None:
        with suppress(Overdue):
            await Work("hall", partial(desk.people.look_up, visitor), seconds=LOOK_SECONDS + 1)
    return ways_up(visitor, needs, desk.machine, phone=bool(desk.people.has_phone))


async def _id_card(visitor: Visitor) -> Visitor | None:
    """The same person's ID card on its own reader; the card of before stays where it lies."""
    assert visitor.holder is not None
    problem: Words | None = None
    while not isinstance(seen := await Ask(pages.lay_id_card(problem)), Nav):
        if not isinstance(seen, Holder):
            problem = words.NOT_READ
        elif seen.identity != visitor.holder.identity:
            problem = words.NOT_YOURS
        elif seen.document in (Document.SOCIAL_CARD, Document.PASSPORT):
            problem = words.LAY_ID_LEAD
        else:
            return replace(visitor, holder=seen, inside=visitor.inside or visitor.holder.document)
    return None
