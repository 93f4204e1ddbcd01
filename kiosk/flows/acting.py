"""For somebody else: a child, a relative, a company. The slip names both, the window checks the papers."""

from __future__ import annotations

from dataclasses import replace

from devices.scanner import Fault as ScanFault
from kiosk import say
from kiosk import say_people as words
from kiosk.acting import LETTERS, Acting, Kind, company
from kiosk.desk import Desk
from kiosk.flows.ticket import take
from kiosk.masking import masked_number
from kiosk.steps import Ask, WentHome
from kiosk.visitor import Visitor
from screens.pages import Choice, Menu, Nav, TypeCode, TypeNumber


async def act(desk: Desk, visitor: Visitor) -> None:
    """Raises ``WentHome`` when led back."""
    who = Menu(
        words.ACTING_TITLE,
        words.ACTING_LEAD,
        (
            Choice("ward", "users", words.ACTING_WARD, words.ACTING_WARD_LINE),
            Choice("agent", "building-2", words.ACTING_AGENT, words.ACTING_AGENT_LINE),
        ),
    )
    acting: Acting | None = None
    while acting is None:
        match await Ask(who):
            case "ward":
                acting = await _ward(desk, visitor)
            case "agent":
                acting = await _company()
            case _:
                raise WentHome
    await take(desk, replace(visitor, acting=acting))


async def _ward(desk: Desk, visitor: Visitor) -> Acting | None:
    page = TypeNumber(words.WARD_TITLE, words.WARD_LEAD)
    while (typed := await Ask(page)) is not Nav.BACK:
        number = desk.citizen_number(str(typed))
        if number is None:
            page = TypeNumber(words.WARD_TITLE, words.WARD_LEAD, say.TYPE_WRONG)
        elif visitor.holder and number == visitor.holder.number:
            page = TypeNumber(words.WARD_TITLE, words.WARD_LEAD, words.WARD_SELF)
        else:
            return Acting(Kind.WARD, number, masked_number(number))
    return None


def _text(said: str | bytes | ScanFault) -> str:
    """What was typed, or stands in the code on a licence. Raises ``ValueError`` for what is no text."""
    if isinstance(said, bytes):
        return said.decode("ascii").strip()
    if isinstance(said, ScanFault):
        raise ValueError("no code")
    return said


async def _company() -> Acting | None:
    page = TypeCode(words.AGENT_TITLE, words.AGENT_LEAD, words.AGENT_LABEL, 18, 18, LETTERS)
    while not isinstance(typed := await Ask(page), Nav):
        try:
            code = company(_text(typed))
        except ValueError:
            page = replace(page, problem=words.AGENT_WRONG)
        else:
            return Acting(Kind.AGENT, code, masked_number(code))
    return None
