"""The composition root: with ``drivers``, ``equipment`` and the offices, the only place that constructs things."""

from __future__ import annotations

import signal
import sqlite3
import sys
from datetime import date, datetime
from functools import partial
from types import TracebackType
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from devices.reader import WorkCard
from kiosk import VERSION, catalogue, day_sheet, last_end, launch, paper_office, whereabouts
from kiosk.equipment import Equipment
from kiosk.faults import Fault
from kiosk.keeping import Keeping, Kept
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.offices import Offices
from kiosk.papers import Authority, Papers
from kiosk.settings import Settings
from kiosk.shift import Rounds, Shift
from kiosk.steps import Visit
from kiosk.watch import Watch
from offline_cache.bundle import Kind
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE
from offline_cache.faults import Fault as StoreFault
from offline_cache.journal import KEPT, Journal
from screens.hold import Hold
from screens.window import KioskWindow

ROUND_S: Final = 30
"""Seconds between two looks for keys that are gone, and for a day of the journal that is over."""

LANES: Final = ("store", "printer", "sheets", "hall", "keys", "journal")


class Kiosk:
    """The whole kiosk: ``open`` it once, then ``stay`` until it is told to end."""

    def __init__(self, chosen: Settings, application: QApplication) -> None:
        self._settings = chosen
        self._application = application
        self._cache = Cache(
            chosen.data,
            checks={Kind.BUNDLE: catalogue.checked, Kind.DAY: day_sheet.checked},
            largest=chosen.limits.store_bytes,
        )
        enrolment = self._cache.enrolment
        self._journal = Journal(
            chosen.data / "journal",
            self._cache.clock.now,
            self._cache.sealer,
            largest=chosen.limits.journal_bytes // KEPT,
            kept=KEPT,
        )
        self._lanes = {name: Lane(name) for name in LANES}
        self.window = KioskWindow(voice=bool(chosen.sound.speaker), pitch_mm=chosen.screen.pitch_mm)
        self.window.resize(chosen.screen.width, chosen.screen.height)
        papers = paper_office.papers(chosen, self._cache, self.note) if enrolment else None
        self._equipment = Equipment(chosen, self._cache.supplies, self._today, _wanted_codes(papers), self._sound_lost)
        self.watch = Watch(
            machine=Machine(
                fitted=self._equipment.fitted,
                authority=Authority() if chosen.certificates else None,
                hall_fault="" if enrolment else Fault.NOT_ENROLLED.value,
            ),
            lanes=self._lanes,
            printer=self._equipment.printer,
            sheets=self._equipment.sheets,
            try_store=self._try_store,
            journal=self.note,
            version=VERSION,
        )
        self._offices = Offices(
            self._cache,
            papers,
            self._equipment,
            self.watch,
            self.now,
            self.note,
            self._language,
            chosen.heartbeat,
        )
        self._round = QTimer(interval=ROUND_S * 1000)
        self._round.timeout.connect(self._on_round)
        self.shift = Shift(
            window=self.window,
            desk=self._offices.desk,
            maintenance=self._maintain if enrolment else None,
            watch=self.watch,
            lanes=self._lanes,
            scanner=self._equipment.scanner,
            voice=self._equipment.voice,
            journal=self.note,
            forget=self._forget_visit,
            now=self.now,
            pace=chosen.limits.pace,
            rounds=Rounds(chosen.limits.look, forgotten_card=chosen.limits.forgotten_card),
        )
        if front := self._offices.front:
            self.window.set_place(*front.place)
            whereabouts.keep(chosen.data, *front.place)
        self._keeping = Keeping(
            Kept(
                settings=chosen,
                cache=self._cache,
                equipment=self._equipment,
                window=self.window,
                watch=self.watch,
                shift=self.shift,
                lanes=self._lanes,
                offices=self._offices,
                now=self.now,
                note=self.note,
                end=self._told_to_end,
            )
        )

    def now(self) -> datetime:
        """The hall's time, as far as it is known."""
        return datetime.fromtimestamp(self._cache.clock.now() / 1000, HALL_ZONE)

    def _today(self) -> date:
        return self.now().date()

    def note(self, event: str, **fields: int | bool | str) -> None:
        """A line in the journal, written on a thread of its own."""
        self._lanes["journal"].submit(partial(self._journal.note, event, **fields), _no_one)

    def open(self) -> None:
        """Show the window and start every device."""
        sys.excepthook = self._unexpected
        self._stacks = last_end.keep_stacks(self._settings.data)
        self.note("kiosk.started", version=VERSION, sqlite=sqlite3.sqlite_version)
        self._keeping.begin()
        if self._cache.replaced:
            self.note("store.replaced", fault=StoreFault.STORE_REPLACED.value)
        self._offices.recall()
        Hold(self.window) if self._settings.screen.fullscreen else self.window.show()
        self.shift.open()
        self._application.processEvents()  # the first page is painted before all else asks for the processor
        launch.begun()
        # not before: who is told to end while nothing runs yet would not be heard, and has nothing to put away
        signal.signal(signal.SIGTERM, self._told_to_end)
        signal.signal(signal.SIGINT, self._told_to_end)
        self._begin()

    def stay(self) -> int:
        """Until SIGTERM; the process's exit code."""
        try:
            return self._application.exec()
        finally:
            self._end()
            self._keeping.ended()
            last_end.close_stacks(self._stacks)

    def _begin(self) -> None:
        """Start what has a thread or a process of its own."""
        if sheets := self._equipment.sheets:
            self._lanes["sheets"].submit(sheets.clear, _no_one)  # nobody gets the paper of who was here before
        self.shift.look_round()
        self._equipment.start(self.watch.told.emit)
        self._keeping.opened()
        self._offices.begin(self._lanes)
        self._round.start()

    def _told_to_end(self, *_: object) -> None:
        """Not ``quit``, which asks the window first, and that one lets nobody close it."""
        QTimer.singleShot(0, self._application.exit)

    def _end(self) -> None:
        self._keeping.end()
        self._offices.stop()
        self._equipment.stop()
        self.note("kiosk.stopped")
        for lane in self._lanes.values():
            lane.stop()
        self._offices.close()
        if self._equipment.sheets:
            self._equipment.sheets.close()
        self._journal.close()
        self._cache.close()

    def _maintain(self, card: WorkCard) -> Visit:
        return self._keeping.visit(card)

    def _forget_visit(self) -> bool:
        self._offices.forget(self._lanes)
        return self._keeping.visit_over()

    def _on_round(self) -> None:
        self._lanes["journal"].submit(self._journal.turn_day, _no_one)
        self._offices.look_round(self._lanes)

    def _language(self) -> str:
        return self.window.look().language.value

    def _try_store(self) -> None:
        self._cache.tidy()

    def _sound_lost(self, _program: str) -> None:
        self.note("device.lost", device="voice", fault=Fault.SOUND_LOST.value)

    def _unexpected(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """An error nobody caught, in a slot of Qt."""
        self.watch.failed(error)
        print(f"{kind.__name__}: see the journal", file=sys.stderr)  # noqa: T201


def _no_one(_result: object, _error: BaseException | None) -> None:
    """The journal's own failures have nobody to tell."""


def _wanted_codes(papers: Papers | None) -> tuple[bytes, ...]:
    """What the codes begin with that this kiosk is for: bookings, and papers of its hall."""
    return (day_sheet.MARK, *((f"HTTPS://{papers.host.upper()}/C/".encode(),) if papers else ()))
