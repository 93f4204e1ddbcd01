"""No card: a typed number, or none. It learns nobody's name and nobody's ticket."""

from __future__ import annotations

from kiosk import say
from kiosk.desk import Desk
from kiosk.flows.ticket import take
from kiosk.steps import Ask, Cancelled, WentHome
from kiosk.visitor import Visitor
from screens.pages import Choice, Menu, Nav, TypeNumber


async def visit(desk: Desk, visitor: Visitor) -> None:
    while True:
        try:
            await _ask_first(desk, visitor)
        except WentHome:
            continue
        return


async def _ask_first(desk: Desk, visitor: Visitor) -> None:
    how = Menu(
        say.NO_CARD_TITLE,
        say.NO_CARD_LEAD,
        (
            Choice("typed", "keyboard", say.TYPE_IT, say.TYPE_IT_LINE),
            Choice("none", "ticket", say.NAMELESS, say.NAMELESS_LINE),
        ),
    )
    match await Ask(how):
        case "none":
            return await take(desk, visitor)
        case Nav.BACK:
            raise Cancelled  # there is nothing before the first page
    page = TypeNumber(say.TYPE_TITLE, say.TYPE_LEAD)
    while (typed := await Ask(page)) is not Nav.BACK:
        if number := desk.citizen_number(str(typed)):
            return await take(desk, Visitor(typed=number))
        page = TypeNumber(say.TYPE_TITLE, say.TYPE_LEAD, say.TYPE_WRONG)
    raise WentHome
