"""``kiosk diagnose``: what the maintenance mode tells and does, without its window. The kiosk itself must not run.

It opens the devices as the kiosk does, asks each once, and says how everything stands. ``--tests`` goes on to the
guided tests and all else that the maintenance mode does, in the terminal; ``--report`` leaves the signed report.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from certificates.technicians import Role, Technician
from kiosk import launch
from kiosk.console import Console, opened
from kiosk.faults import Fault
from kiosk.maintenance import flow
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.leaving import carry_out
from kiosk.maintenance.parts import parts
from kiosk.maintenance.roles import Deed
from kiosk.settings import Settings
from kiosk.steps import Cancelled
from kiosk.terminal import LEAVE, Terminal
from offline_cache.cache import Cache
from screens.words import Language

BY: Final = "CONSOLE"
"""Who stands behind what is done here: whoever may run commands on the machine."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line. ``report`` is a folder, None for none."""

    tests: bool
    report: Path | None
    as_json: bool
    english: bool


def diagnose(chosen: Settings, asked: Asked) -> int:
    """0 where the kiosk is ready, 1 where it is not, 2 without a hall. Raises ``StoreInUse`` beside a running kiosk."""
    launch.with_qt()(sys.argv[:1])  # slips are drawn by it; there is no window
    cache = Cache(chosen.data)
    try:
        if cache.enrolment is None:
            print(f"{Fault.NOT_ENROLLED.value}: kiosk enrol CODE ADDRESS")  # noqa: T201
            return 2
        with opened(chosen, cache, cache.enrolment) as console:
            desk = MaintenanceDesk(console.office.tools(), Technician(BY, Role.TECHNICIAN, datetime.max))
            language = Language.EN if asked.english else Language.ZH
            if asked.tests:
                _maintain(console, desk, language)
            code = _told(desk, asked, language)
    finally:
        cache.close()
    if Deed.SHUT_DOWN in console.wanted:
        carry_out(chosen.maintenance.power_off)
    return code


def _maintain(console: Console, desk: MaintenanceDesk, language: Language) -> None:
    """The maintenance mode, in this terminal."""
    desk.tools.note("maintenance.opened", by=BY, role=Role.TECHNICIAN.value)
    terminal = Terminal(console.lanes, console.told, console.scanner, language, _line, print)
    with suppress(Cancelled):
        terminal.play(flow.rounds(desk))
    desk.tools.note("maintenance.closed", by=BY)


def _told(desk: MaintenanceDesk, asked: Asked, language: Language) -> int:
    report = desk.report()
    if asked.as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))  # noqa: T201
    else:
        for part in parts(desk.tools.surveyor.look()):
            print(f"{part.sign.value:8}{part.name.into(language)}: {part.line.into(language)} {part.code}".rstrip())  # noqa: T201
        print("ready" if report["ready"] else "not ready")  # noqa: T201
    if asked.report:
        asked.report.mkdir(parents=True, exist_ok=True)
        stamp = desk.tools.now().strftime("%Y%m%d-%H%M%S")
        for name, data in desk.tools.proofs.readiness(report, stamp).items():
            (asked.report / name).write_bytes(data)
    return 0 if report["ready"] else 1


def _line(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        return LEAVE
