"""The whole kiosk but its window: every device, the hall, the journal, opened once for whoever sits at a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from queue import Empty, Queue
from typing import Any, Final

from devices.power import Power, PowerTold
from devices.reader import Reader, ReaderLost, ReaderReady
from devices.scanner import Scanner, ScannerLost, ScannerReady
from kiosk import VERSION, drivers, paper_office
from kiosk.faults import Fault
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.maintenance.card_list import CardList
from kiosk.maintenance.roles import Deed
from kiosk.maintenance_office import MaintenanceOffice
from kiosk.papers import Papers
from kiosk.settings import Settings
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE
from offline_cache.enrolment import Enrolment
from offline_cache.journal import KEPT, Journal
from offline_cache.sync import Sender
from offline_cache.view import Pace, Report
from screens.voice import Voice

ANSWER_S: Final = 15.0
"""Seconds in which every device and the hall must have said something."""

_LANES: Final = ("store", "printer", "sheets", "hall", "journal")


@dataclass
class Console:
    """``told`` brings what readers and scanner say; ``wanted`` is what is to be done when all is closed again."""

    office: MaintenanceOffice
    lanes: dict[str, Lane]
    told: Queue[object]
    scanner: Scanner | None
    wanted: list[Deed] = field(default_factory=list)


@contextmanager
def opened(chosen: Settings, cache: Cache, enrolment: Enrolment) -> Iterator[Console]:
    """All is asked once before it is given out, and closed at the end. Raises ``StoreInUse`` beside a running kiosk."""
    with ExitStack() as stack:
        largest = chosen.limits.journal_bytes // KEPT
        journal = Journal(chosen.data / "journal", cache.clock.now, cache.sealer, largest=largest, kept=KEPT)
        stack.callback(journal.close)
        lanes = {name: Lane(name) for name in _LANES}
        for lane in lanes.values():
            stack.callback(lane.stop)
        papers = paper_office.papers(chosen, cache, journal.note)
        if papers:
            stack.callback(papers.close)
        voice = Voice(chosen.sound.player, chosen.sound.speaker, _nobody)
        stack.callback(voice.stop)
        readers, scanner = drivers.readers(chosen, lambda: _now(cache).date()), drivers.scanner(chosen, ())
        sender = Sender(
            cache,
            lambda: Report(VERSION),
            _nobody,
            Pace(chosen.heartbeat, longest=ANSWER_S),
            chore=papers.tend if papers else None,
        )
        stack.callback(sender.stop)
        look = _Look(chosen, {**readers, **({"scanner": scanner} if scanner else {})}, sender, papers)
        wanted: list[Deed] = []
        office = MaintenanceOffice(
            settings=chosen,
            cache=cache,
            enrolment=enrolment,
            sender=sender,
            readers=tuple(readers.values()),
            printer=drivers.printer(chosen),
            sheets=drivers.sheets(chosen),
            width=drivers.profile(chosen).dots,
            voice=voice,
            root=lambda: papers.root if papers else None,
            cards=CardList(cache.published, lambda: papers.root if papers else None, journal.note),
            machine=look.machine,
            now=lambda: _now(cache),
            note=journal.note,
            leave=wanted.append,
            version=VERSION,
        )
        if office.sheets:
            stack.callback(office.sheets.close)
        stack.callback(look.close)
        look.begin(office)
        yield Console(office, lanes, look.told, scanner, wanted)


class _Look:
    """What every part of the kiosk says of itself; the printers are asked anew each time."""

    def __init__(
        self, chosen: Settings, devices: dict[str, Reader | Scanner], sender: Sender, papers: Papers | None
    ) -> None:
        self._devices, self._sender, self._papers = devices, sender, papers
        self._power: Power | None = drivers.power(chosen)
        self.told: Queue[object] = Queue()
        extra = (("sheets", chosen.sheets), ("power", chosen.power))
        fitted = frozenset((*devices, *(name for name, part in extra if part)))
        self._known = Machine(fitted=fitted)
        self._office: MaintenanceOffice | None = None

    def machine(self) -> Machine:
        office, online = self._office, self._sender.view.online
        if office is None:
            return self._known
        sheets = office.sheets.status() if office.sheets else None
        return replace(self._known, printer=office.printer.status(), sheets=sheets, online=online)

    def begin(self, office: MaintenanceOffice) -> None:
        """Start everything, and wait until each part has said something, or its time is up."""
        parts: list[Reader | Scanner | Power] = [*self._devices.values(), *([self._power] if self._power else [])]
        for part in parts:
            part.start(self.told.put)
        self._sender.start()
        if self._papers:
            self._papers.tell = self._hear
            self._papers.recall()
            self._papers.look()
        self._wait()
        self._office = office

    def close(self) -> None:
        for part in (*self._devices.values(), *([self._power] if self._power else [])):
            part.stop()

    def _hear(self, news: dict[str, Any]) -> None:
        """What there is to issue certificates with; from the sender's thread too."""
        self._known = replace(self._known, **news)

    def _wait(self) -> None:
        silent = {*self._devices, *(["power"] if self._power else [])}
        lost: dict[str, str] = {}
        power = ""
        ends = time.monotonic() + ANSWER_S
        while silent and (left := ends - time.monotonic()) > 0:
            try:
                match self.told.get(timeout=left):
                    case ReaderReady(name) | ScannerReady(name):
                        silent.discard(name)
                        lost.pop(name, None)
                    case ReaderLost(name, fault) | ScannerLost(name, fault):
                        silent.discard(name)
                        lost[name] = fault.value
                    case PowerTold(name, fault):
                        silent.discard(name)
                        power = fault.value if fault else ""
            except Empty:
                break
        while not self._sender.view.online and self._sender.view.fault is None and time.monotonic() < ends:
            time.sleep(0.05)
        lost |= dict.fromkeys(silent, Fault.STALE.value)
        self._known = replace(self._known, lost=lost, power_fault=power)


def _now(cache: Cache) -> datetime:
    return datetime.fromtimestamp(cache.clock.now() / 1000, HALL_ZONE)


def _nobody(_news: object) -> None:
    """Nobody listens."""
