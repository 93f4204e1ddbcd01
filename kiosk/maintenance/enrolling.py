"""The hall and the way to it: how it stands, and enrolling anew with a code that the hall gave out."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from devices.scanner import Fault as ScanFault
from kiosk.maintenance import say
from kiosk.maintenance.asking import chosen, failed, pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.parts import parts
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.state import State
from kiosk.say import fill
from kiosk.steps import Ask, Cancelled, Overdue, Show, Work
from offline_cache.envelope import Refused
from offline_cache.errors import SyncError
from offline_cache.faults import Fault as StoreFault
from offline_cache.store import StoreError
from screens.pages import AskDeed, AtWork, AwaitCode, Choice, Finding, Findings, Nav
from screens.words import same

_ABOUT: Final = ("hall", "clock", "outbox", "authority")
_SECONDS: Final = 60.0
_CODE: Final = re.compile(rb"(KT1-[A-Z2-7-]{20,100}) https://([A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)/?")
"""What an enrolment QR code says: the code, a blank, the hall's address, which is a name and a port and no more."""


async def hall(desk: MaintenanceDesk, state: State) -> None:
    """How hall, clock and queue stand; from here a kiosk is enrolled anew."""
    rows = [
        Finding(part.icon, part.name, part.line, part.code, part.sign) for part in parts(state) if part.key in _ABOUT
    ]
    kiosk = desk.tools.kiosk
    rows.append(Finding("building-2", same(kiosk.host), kiosk.machine))
    deeds = (Choice("back", "check", say.GO_BACK), desk.choice(Deed.ENROL, "link", say.ENROL))
    if await chosen(desk, Findings(desk.badge, say.HALL_DEED, None, tuple(rows), deeds)) == Deed.ENROL:
        desk.allow(Deed.ENROL)
        await _enrol(desk)


async def _enrol(desk: MaintenanceDesk) -> None:
    lead = say.ENROL_LEAD
    while True:
        stop = (Choice("back", "arrow-left", say.GO_BACK),)
        said = await Ask(AwaitCode(desk.badge, say.ENROL_TITLE, lead, "scan-line", stop))
        if isinstance(said, Nav):
            raise Cancelled
        if isinstance(said, str) and not isinstance(said, ScanFault):
            return
        found = _CODE.fullmatch(said) if isinstance(said, bytes) else None
        if found:
            break
        lead = say.ENROL_WRONG
    code, host = (part.decode("ascii") for part in found.groups())
    page = AskDeed(desk.badge, say.ENROL_ASK, fill(say.ENROL_ASK_LEAD, host=host), say.ENROL_DEED, "link", True)
    if await pressed(page) == "deed":
        await _carry_out(desk, code, f"https://{host}")


async def _carry_out(desk: MaintenanceDesk, code: str, address: str) -> None:
    await Show(AtWork(desk.badge, say.ENROLLING, say.A_MOMENT))
    desk.tools.leave(Deed.RESTART)  # whatever comes of it: nothing is sent any more until then
    try:
        await Work("hall", partial(desk.tools.enrol, code, address), seconds=_SECONDS)
    except (SyncError, StoreError) as stopped:
        await failed(desk, say.NOT_ENROLLED, "unlink", stopped.fault.value)
    except Refused:
        await failed(desk, say.NOT_ENROLLED, "unlink", StoreFault.WRONG_HALL.value)
    except Overdue:
        await failed(desk, say.NOT_ENROLLED, "unlink", StoreFault.HALL_UNREACHABLE.value)
    else:
        desk.did(Deed.ENROL)
    raise Cancelled
