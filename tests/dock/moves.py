"""The keys for machines and papers as data: by how things stand, what it says and what the hands do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from devices.printer import Paper
from tests.dock.hands import Hands, off
from tests.dock.machine_hands import MachineHands
from tests.dock.printer_hands import PrinterHands
from tests.dock.seen import Seen, Which
from tests.dock.sheet_hands import SheetHands

DAY: Final = 86_400
SIX_HOURS: Final = 6 * 3_600
_ICONS: Final[dict[Which, str]] = {"slip": "receipt-text", "sheet": "file-text"}


@dataclass(frozen=True, slots=True)
class Deed:
    """What a key does now. ``on``: it stands pressed in. ``possible``: it can be pressed."""

    title: str
    icon: str
    do: Callable[[Hands], None]
    on: bool = False
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """A key; ``name`` is its object name."""

    name: str
    now: Callable[[Seen], Deed]


def _at_printer(do: Callable[[PrinterHands], None]) -> Callable[[Hands], None]:
    return lambda hands: do(hands.printer)


def _at_machine(do: Callable[[MachineHands], None]) -> Callable[[Hands], None]:
    return lambda hands: do(hands.machine)


def _at_sheets(do: Callable[[SheetHands], None]) -> Callable[[Hands], None]:
    return lambda hands: do(hands.sheets)


def _booking(seen: Seen) -> Deed:
    if seen.under == "booking":
        return Deed("Booking away", "qr-code", Hands.hide, on=True)
    return Deed("Show booking", "qr-code", Hands.show_booking)


def _hold(paper: Which, seen: Seen) -> Deed:
    if seen.under == paper:
        return Deed(f"{paper.title()} away", _ICONS[paper], Hands.hide, on=True)
    possible = bool(seen.code_on(paper))
    return Deed(f"Hold {paper}", _ICONS[paper], lambda hands: hands.hold(paper), possible=possible)


def _tear(seen: Seen) -> Deed:
    return Deed(
        "Tear next slip",
        "receipt-text",
        _at_printer(PrinterHands.tear_next),
        on=seen.tearing,
        possible=not seen.tearing,
    )


def _low(seen: Seen) -> Deed:
    return Deed(
        "Little paper",
        "scroll-text",
        _at_printer(PrinterHands.run_low),
        seen.paper is Paper.LOW,
        seen.paper is Paper.OK,
    )


def _out(seen: Seen) -> Deed:
    return Deed(
        "No paper",
        "circle-slash",
        _at_printer(PrinterHands.run_out),
        seen.paper is Paper.OUT,
        seen.paper is not Paper.OUT,
    )


def _refill(seen: Seen) -> Deed:
    return Deed("New roll", "refresh-cw", _at_printer(PrinterHands.refill), possible=seen.paper is not Paper.OK)


def _cover(seen: Seen) -> Deed:
    if seen.cover_open:
        return Deed("Close cover", "printer", _at_printer(PrinterHands.close_cover), on=True)
    return Deed("Open cover", "printer", _at_printer(PrinterHands.open_cover))


def _power(seen: Seen) -> Deed:
    if seen.printer_on:
        return Deed("Power off", "plug-zap", _at_printer(PrinterHands.cut_power))
    return Deed("Power on", "plug-zap", _at_printer(PrinterHands.restore_power), on=True)


def _sheets_paper(seen: Seen) -> Deed:
    if seen.sheets_out:
        return Deed("New A4 paper", "file-plus", _at_sheets(SheetHands.refill), on=True)
    return Deed("No A4 paper", "circle-slash", _at_sheets(SheetHands.run_out))


def _sheets_power(seen: Seen) -> Deed:
    if seen.sheets_on:
        return Deed("A4 power off", "plug-zap", _at_sheets(SheetHands.cut_power))
    return Deed("A4 power on", "plug-zap", _at_sheets(SheetHands.restore_power), on=True)


def _daemon(seen: Seen) -> Deed:
    if seen.daemon:
        return Deed("Kill card daemon", "nfc", Hands.kill_daemon)
    return Deed("Start card daemon", "nfc", Hands.start_daemon, on=True)


def _network(seen: Seen) -> Deed:
    if seen.cable:
        return Deed("Cut network", "unplug", Hands.cut_network)
    return Deed("Mend network", "unplug", Hands.mend_network, on=True)


def _kiosk(seen: Seen) -> Deed:
    if seen.kiosk:
        return Deed("Plug out", "monitor", _at_machine(MachineHands.pull_plug))
    return Deed("Plug in", "monitor", _at_machine(MachineHands.plug_in), on=True)


def _freeze(seen: Seen) -> Deed:
    if seen.frozen:
        return Deed("Go on", "pause", _at_machine(MachineHands.thaw), on=True)
    return Deed("Freeze", "pause", _at_machine(MachineHands.freeze), possible=seen.kiosk)


def _mains(seen: Seen) -> Deed:
    if seen.power == "mains":
        return Deed("Mains out", "house-plug", lambda hands: hands.machine.set_power("battery"))
    return Deed("Mains in", "house-plug", lambda hands: hands.machine.set_power("mains"), on=True)


def _battery(seen: Seen) -> Deed:
    ends = seen.power == "low"
    return Deed("UPS low", "power", lambda hands: hands.machine.set_power("low"), ends, not ends)


def _stick(seen: Seen) -> Deed:
    if seen.no_stick:
        return Deed(f"No stick: {seen.no_stick}", "usb", _at_machine(MachineHands.put_stick_in), possible=False)
    if seen.stick:
        return Deed("Stick out", "usb", _at_machine(MachineHands.pull_stick), on=True)
    return Deed("Stick in", "usb", _at_machine(MachineHands.put_stick_in))


def _hall_clock(step: int, seen: Seen) -> Deed:
    to = seen.hall_wrong + step
    return Deed(f"Hall {off(step)}", "clock", lambda hands: hands.set_hall_clock(to))


def _kiosk_clock(step: int, seen: Seen) -> Deed:
    to = seen.kiosk_wrong + step
    return Deed(f"Kiosk {off(step)}", "clock", lambda hands: hands.set_kiosk_clock(to))


def _hall_right(seen: Seen) -> Deed:
    return Deed("Hall right", "check", lambda hands: hands.set_hall_clock(0), possible=seen.hall_wrong != 0)


def _kiosk_right(seen: Seen) -> Deed:
    return Deed("Kiosk right", "check", lambda hands: hands.set_kiosk_clock(0), possible=seen.kiosk_wrong != 0)


def _take(paper: Which, seen: Seen) -> Deed:
    lies = seen.slip is not None if paper == "slip" else seen.sheet is not None
    return Deed(f"Take {paper}", "hand", lambda hands: hands.take(paper), possible=lies)


def _scan(paper: Which, seen: Seen) -> Deed:
    if seen.phone is not None and seen.phone.paper == paper:
        return Deed("Phone away", "smartphone", Hands.put_phone_away, on=True)
    possible = bool(seen.code_on(paper))
    return Deed(f"Scan {paper}", "smartphone", lambda hands: hands.scan(paper), possible=possible)


CAMERA: Final = (
    Move("booking", _booking),
    Move("hold:slip", partial(_hold, "slip")),
    Move("hold:sheet", partial(_hold, "sheet")),
)
PRINTER: Final = (
    (Move("tear", _tear), Move("low", _low), Move("out", _out)),
    (Move("refill", _refill), Move("cover", _cover), Move("power", _power)),
)
SHEETS: Final = (Move("sheets:paper", _sheets_paper), Move("sheets:power", _sheets_power))
CABLES: Final = (
    (Move("daemon", _daemon), Move("network", _network), Move("stick", _stick)),
    (Move("mains", _mains), Move("battery", _battery), Move("kiosk", _kiosk), Move("freeze", _freeze)),
)
CLOCKS: Final = (
    (
        Move("hall:back", partial(_hall_clock, -SIX_HOURS)),
        Move("hall:on", partial(_hall_clock, SIX_HOURS)),
        Move("hall:right", _hall_right),
    ),
    (
        Move("clock:back", partial(_kiosk_clock, -DAY)),
        Move("clock:on", partial(_kiosk_clock, DAY)),
        Move("clock:right", _kiosk_right),
    ),
)
TRAY: Final = (
    (Move("take:slip", partial(_take, "slip")), Move("scan:slip", partial(_scan, "slip"))),
    (Move("take:sheet", partial(_take, "sheet")), Move("scan:sheet", partial(_scan, "sheet"))),
)
