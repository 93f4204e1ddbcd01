"""``kiosk diagnose``: what the maintenance mode tells and does, without its window. The kiosk itself must not run.

It opens the devices as the kiosk does, asks each once, and says how everything stands. ``--tests`` goes on to the
guided tests and all else that the maintenance mode does, in the terminal; ``--report`` leaves the signed report.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final

from certificates.technicians import Role, Technician
from devices.reader import Reader, ReaderLost, ReaderReady
from devices.scanner import Scanner, ScannerLost, ScannerReady
from kiosk import VERSION, drivers, launch, paper_office
from kiosk.faults import Fault
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.maintenance import flow
from kiosk.maintenance.card_list import CardList
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.parts import parts
from kiosk.maintenance_office import MaintenanceOffice
from kiosk.settings import Settings
from kiosk.steps import Cancelled
from kiosk.terminal import LEAVE, Terminal
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE
from offline_cache.sync import Sender
from offline_cache.view import Pace, Report
from screens.voice import Voice
from screens.words import Language

ANSWER_S: Final = 15.0
"""Seconds in which every device and the hall must have said something."""

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
        with _opened(chosen, cache) as (office, lanes, told, scanner):
            desk = MaintenanceDesk(office.tools(), Technician(BY, Role.TECHNICIAN, datetime.max))
            language = Language.EN if asked.english else Language.ZH
            if asked.tests:
                terminal = Terminal(lanes, told, scanner, language, _line, print)
                with suppress(Cancelled):
                    terminal.play(flow.rounds(desk))
            return _told(desk, asked, language)
    finally:
        cache.close()


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


@contextmanager
def _opened(
    chosen: Settings, cache: Cache
) -> Iterator[tuple[MaintenanceOffice, dict[str, Lane], Queue[object], Scanner | None]]:
    """Every device and the hall, asked once; all is closed again at the end."""
    assert cache.enrolment is not None
    told: Queue[object] = Queue()
    lanes = {name: Lane(name) for name in ("store", "printer", "sheets", "hall", "journal")}
    readers = drivers.readers(chosen, lambda: _now(cache).date())
    scanner = drivers.scanner(chosen, ())
    devices: dict[str, Reader | Scanner] = {**readers, **({"scanner": scanner} if scanner else {})}
    papers = paper_office.papers(chosen, cache, _no_note)
    if papers:
        papers.recall()
    cards = CardList(cache.published, lambda: papers.root if papers else None, _no_note)
    sender = Sender(cache, lambda: Report(VERSION), _no_news, Pace(chosen.heartbeat, longest=ANSWER_S))
    voice = Voice(chosen.sound.player, chosen.sound.speaker, _no_news)
    known = [Machine(fitted=frozenset((*devices, *(["sheets"] if chosen.sheets else []))))]
    office = MaintenanceOffice(
        settings=chosen,
        cache=cache,
        enrolment=cache.enrolment,
        sender=sender,
        readers=tuple(readers.values()),
        printer=drivers.printer(chosen),
        sheets=drivers.sheets(chosen),
        width=drivers.profile(chosen).dots,
        voice=voice,
        root=lambda: papers.root if papers else None,
        cards=cards,
        machine=lambda: known[0],
        now=lambda: _now(cache),
        note=_no_note,
        leave=_no_news,
        version=VERSION,
    )
    for device in devices.values():
        device.start(told.put)
    sender.start()
    try:
        known[0] = _asked(known[0], office, set(devices), told, sender)
        yield office, lanes, told, scanner
    finally:
        sender.stop()
        for device in devices.values():
            device.stop()
        voice.stop()
        for lane in lanes.values():
            lane.stop()
        if office.sheets:
            office.sheets.close()
        if papers:
            papers.close()


def _asked(
    machine: Machine, office: MaintenanceOffice, silent: set[str], told: Queue[object], sender: Sender
) -> Machine:
    """How every device stands, as far as each says so in time."""
    lost: dict[str, str] = {}
    ends = time.monotonic() + ANSWER_S
    while silent and (left := ends - time.monotonic()) > 0:
        try:
            match told.get(timeout=left):
                case ReaderReady(name) | ScannerReady(name):
                    silent.discard(name)
                    lost.pop(name, None)
                case ReaderLost(name, fault) | ScannerLost(name, fault):
                    silent.discard(name)
                    lost[name] = fault.value
        except Empty:
            break
    while not sender.view.online and sender.view.fault is None and time.monotonic() < ends:
        time.sleep(0.05)
    return replace(
        machine,
        lost=lost | dict.fromkeys(silent, Fault.STALE.value),
        printer=office.printer.status(),
        sheets=office.sheets.status() if office.sheets else None,
        online=sender.view.online,
    )


def _now(cache: Cache) -> datetime:
    return datetime.fromtimestamp(cache.clock.now() / 1000, HALL_ZONE)


def _line(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        return LEAVE


def _no_note(_event: str, **_fields: Any) -> None:
    """The journal is the kiosk's own."""


def _no_news(_news: object) -> None:
    """Nobody listens."""
