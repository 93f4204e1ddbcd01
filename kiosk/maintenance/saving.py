"""Onto a stick: the logs, and whatever else a technician takes along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kiosk.failures import catalogue
from kiosk.maintenance import say
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.stick import StickFailed, is_in, put
from kiosk.steps import Ask, Cancelled, Overdue, Show, Work
from screens.pages import AtWork, Choice, Finding, Findings, Nav, Sign
from screens.words import same

_SECONDS = 60.0
_BACK = Choice("back", "check", say.GO_BACK)


async def logs(desk: MaintenanceDesk) -> None:
    """The journal, the stacks and the report of this moment, signed."""
    tools = desk.tools
    stamp = tools.now().strftime("%Y%m%d-%H%M%S")
    report = await Work("journal", desk.report, seconds=_SECONDS)
    await save(desk, Deed.LOGS, partial(tools.proofs.logs, report, stamp))


async def save(desk: MaintenanceDesk, deed: Deed, make: Callable[[], dict[str, bytes]]) -> None:
    """Ask for a stick until there is one, and write what ``make`` makes to it."""
    mounted = desk.tools.stick
    while not is_in(mounted):
        keys = (Choice("again", "usb", say.STICK_AGAIN), Choice("back", "arrow-left", say.GO_BACK))
        said = await Ask(Findings(desk.badge, say.STICK_TITLE, say.STICK_LEAD, (), keys))
        if isinstance(said, Nav):
            raise Cancelled
        if said != "again":
            return
    await Show(AtWork(desk.badge, say.SAVING, say.KEEP_IN))
    try:
        files = await Work("journal", make, seconds=_SECONDS)
        await Work("journal", partial(put, mounted, files), seconds=_SECONDS)
    except StickFailed as failed:
        await _told_not(desk, failed.fault.value)
    except (OSError, Overdue):
        await _told_not(desk, "M113")
    else:
        desk.did(deed)
        rows = tuple(Finding("file-check", same(name)) for name in files)
        await _told(desk, Findings(desk.badge, say.SAVED, say.SAVED_LEAD, rows, (_BACK,)))


async def _told_not(desk: MaintenanceDesk, code: str) -> None:
    row = Finding("usb", catalogue()[code].name, None, code, Sign.BAD)
    await _told(desk, Findings(desk.badge, say.NOT_SAVED, None, (row,), (_BACK,)))


async def _told(desk: MaintenanceDesk, page: Findings) -> None:
    said = await Ask(page)
    if isinstance(said, Nav):
        raise Cancelled
