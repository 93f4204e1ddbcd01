"""Onto a stick: the logs, and whatever else a technician takes along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kiosk.maintenance import say
from kiosk.maintenance.asking import failed, pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.stick import StickFailed, is_in, put
from kiosk.steps import Overdue, Show, Work
from screens.pages import AtWork, Choice, Finding, Findings
from screens.words import same

_SECONDS = 60.0


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
        if await pressed(Findings(desk.badge, say.STICK_TITLE, say.STICK_LEAD, (), keys)) != "again":
            return
    await Show(AtWork(desk.badge, say.SAVING, say.KEEP_IN))
    try:
        files = await Work("journal", make, seconds=_SECONDS)
        await Work("journal", partial(put, mounted, files), seconds=_SECONDS)
    except StickFailed as refused:
        await failed(desk, say.NOT_SAVED, "usb", refused.fault.value)
    except (OSError, Overdue):
        await failed(desk, say.NOT_SAVED, "usb", Fault.STICK_REFUSED.value)
    else:
        desk.did(deed)
        rows = tuple(Finding("file-check", same(name)) for name in files)
        back = (Choice("back", "check", say.GO_BACK),)
        await pressed(Findings(desk.badge, say.SAVED, say.SAVED_LEAD, rows, back))
