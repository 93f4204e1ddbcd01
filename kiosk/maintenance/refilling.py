"""New paper: which printer, how much was put in, and that the printer itself sees it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from devices.printer import Printer
from devices.sheets import SheetPrinter
from kiosk.failures import catalogue
from kiosk.maintenance import say
from kiosk.maintenance.asking import chosen
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.parts import SLIP_MM
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.state import State
from kiosk.say import fill
from kiosk.steps import Work
from offline_cache.clock import HALL_ZONE
from offline_cache.upkeep import Supply
from screens.pages import Choice, Finding, Findings, Sign
from screens.words import Words

ROLLS_M: Final = (30, 50, 80)
"""Metres on a roll, as they are sold for 80 mm and 58 mm printers."""

SHEETS: Final = (250, 500)
"""Sheets that a tray takes."""

BACK: Final = "back"
_MM: Final = 1_000


async def refill(desk: MaintenanceDesk, state: State) -> None:
    """Ask which printer where there are two."""
    device = "printer"
    if desk.tools.sheets is not None:
        deeds = (
            Choice("printer", "printer", say.SLIP_PRINTER),
            Choice("sheets", "file-text", say.SHEET_PRINTER),
            Choice(BACK, "arrow-left", say.GO_BACK),
        )
        page = Findings(desk.badge, say.REFILL_TITLE, None, _counters(state), deeds, equal=True)
        device = await chosen(desk, page)
    if device != BACK:
        await _fill(desk, state, device)


async def _fill(desk: MaintenanceDesk, state: State, device: str) -> None:
    roll = device == "printer"
    sizes = [(n, fill(say.ROLL_METRES if roll else say.TRAY_SHEETS, n=n)) for n in (ROLLS_M if roll else SHEETS)]
    deeds = (*(Choice(str(n), "check", words) for n, words in sizes), Choice(BACK, "arrow-left", say.GO_BACK))
    title, lead = (say.ROLL_TITLE, say.ROLL_LEAD) if roll else (say.TRAY_TITLE, say.TRAY_LEAD)
    counter = _counter(device, state.supplies.get(device))
    said = await chosen(desk, Findings(desk.badge, title, lead, (counter,), deeds, equal=True))
    if said == BACK:
        return
    capacity = int(said) * (_MM if roll else 1)
    await Work("store", partial(desk.tools.supplies.filled, device, capacity))
    desk.tools.note("paper.refilled", device=device, capacity=capacity, by=desk.by)
    desk.did(Deed.REFILL)
    await _seen(desk, device)


async def _seen(desk: MaintenanceDesk, device: str) -> None:
    """What the printer says of its new paper."""
    tools = desk.tools
    fault = await Work(device, partial(_fault, tools.printer if device == "printer" else tools.sheets))
    line = catalogue()[fault].name if fault else say.PRINTS_NOW
    row = Finding("printer", say.PRINTER_SAYS, line, fault, Sign.BAD if fault else Sign.OK)
    await chosen(desk, Findings(desk.badge, say.REFILL, None, (row,), (Choice(BACK, "check", say.GO_BACK),)))


def _fault(printer: Printer | SheetPrinter | None) -> str:
    """The failure code of what a printer says of itself, "" where it can print."""
    assert printer is not None
    fault = printer.status().fault
    return fault.value if fault else ""


def _counters(state: State) -> tuple[Finding, ...]:
    return tuple(_counter(device, state.supplies.get(device)) for device in ("printer", "sheets"))


def _counter(device: str, supply: Supply | None) -> Finding:
    name, icon = (say.SLIP_PRINTER, "printer") if device == "printer" else (say.SHEET_PRINTER, "file-text")
    if supply is None:
        return Finding(icon, name, say.NEVER_FILLED)
    filled = datetime.fromtimestamp(supply.filled / 1000, HALL_ZONE).strftime("%m-%d %H:%M")
    if device == "printer":
        return Finding(icon, name, _metres(filled, supply))
    return Finding(icon, name, fill(say.USED_SHEETS, time=filled, n=supply.used))


def _metres(filled: str, supply: Supply) -> Words:
    return fill(say.USED_METRES, time=filled, m=f"{supply.used / _MM:.1f}", n=supply.used // SLIP_MM)
