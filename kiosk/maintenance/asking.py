"""How the maintenance mode asks: a key of a page comes back by its name, and who leaves has left.

A failure code in a row leads to its page and back again, wherever it stands.
"""

from __future__ import annotations

from typing import Final

from kiosk.failures import catalogue
from kiosk.maintenance import say
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.steps import Ask, Cancelled
from screens.pages import Choice, FailureGuide, Finding, Findings, MaintenancePage, Nav, Sign
from screens.words import Words

CODE: Final = "code:"
"""What the answer begins with where a failure code was pressed."""


async def pressed(page: MaintenancePage[str | Nav]) -> str:
    """The key that was pressed. Raises ``Cancelled``."""
    said = await Ask(page)
    if isinstance(said, Nav):
        raise Cancelled
    return said


async def chosen(desk: MaintenanceDesk, page: Findings) -> str:
    """The deed that was chosen, after as many looks at the codes as somebody likes. Raises ``Cancelled``."""
    while (said := await pressed(page)).startswith(CODE):
        await guide(desk, said.removeprefix(CODE))
    return said


async def guide(desk: MaintenanceDesk, code: str) -> None:
    """The page of a failure code. Raises ``Cancelled``."""
    failure = catalogue()[code]
    page = FailureGuide(desk.badge, code, failure.name, failure.cause, failure.citizen, failure.technician)
    await pressed(page)


async def failed(desk: MaintenanceDesk, title: Words, icon: str, code: str) -> None:
    """Say that something did not come about, and why. Raises ``Cancelled``."""
    row = Finding(icon, catalogue()[code].name, None, code, Sign.BAD)
    await chosen(desk, Findings(desk.badge, title, None, (row,), (Choice("back", "check", say.GO_BACK),)))
