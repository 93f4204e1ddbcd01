"""Hold a certificate under the scanner: is it genuine? Nobody need be known, and nothing of the paper is kept."""

from __future__ import annotations

from functools import partial

from devices.scanner import Fault
from kiosk import certificate_pages as pages
from kiosk import say
from kiosk.desk import Desk
from kiosk.flows.booking import PROBLEMS
from kiosk.steps import Ask, WentHome, Work
from kiosk.visitor import Visitor
from screens.pages import Nav, ScanCode


async def visit(desk: Desk, visitor: Visitor) -> None:
    try:
        await check(desk, visitor)
    except WentHome:
        return


async def check(desk: Desk, visitor: Visitor) -> None:
    """One paper after the other, until the person goes."""
    page = ScanCode(say.VERIFY_TITLE, say.VERIFY_LEAD)
    while not isinstance(seen := await Ask(page), Nav):
        if isinstance(seen, Fault) and seen is not Fault.CODE_TOO_LONG:
            page = ScanCode(say.VERIFY_TITLE, say.VERIFY_LEAD, PROBLEMS[seen])
            continue
        text = "" if isinstance(seen, Fault) else bytes(seen).decode("ascii", "replace")
        verdict = await Work("hall", partial(desk.certificates.verdict, text))
        if await Ask(pages.verified(verdict)) != "again":
            break
        page = ScanCode(say.VERIFY_TITLE, say.VERIFY_LEAD)
    raise WentHome
