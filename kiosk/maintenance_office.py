"""The part of the composition root that sets up the desk of a technician's visit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from certificates.root import Root
from devices.card.pcsc import PcscReader
from devices.panel import Backlight
from devices.printer import Printer
from devices.reader import Reader, WorkCard
from devices.sheets import SheetPrinter
from kiosk.machine import Machine
from kiosk.maintenance import flow
from kiosk.maintenance.admission import Admission
from kiosk.maintenance.card_list import CardList
from kiosk.maintenance.desk import MaintenanceDesk, Tools
from kiosk.maintenance.knobs import Knobs
from kiosk.maintenance.proof import Proofs
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.say_trials import SOUND_SENTENCE
from kiosk.maintenance.state import Surveyor
from kiosk.settings import Settings
from kiosk.slip import Kiosk
from kiosk.steps import Visit
from offline_cache.cache import Cache
from offline_cache.enrolment import Enrolment
from offline_cache.errors import SyncError
from offline_cache.journal_proof import Proof, Unreadable, of_kiosk
from offline_cache.store import StoreError
from offline_cache.sync import Sender
from offline_cache.view import HallView
from screens.look import Look
from screens.voice import Sound, Voice

RENEW_S: Final = 3.0
"""Seconds for the hall's newest list of cards."""


@dataclass(frozen=True, slots=True)
class MaintenanceOffice:
    """Made once, on a kiosk that has a hall. ``root`` is None where nothing names the technicians' key."""

    settings: Settings
    cache: Cache
    enrolment: Enrolment
    sender: Sender
    readers: tuple[Reader, ...]
    printer: Printer
    sheets: SheetPrinter | None
    width: int
    voice: Voice
    root: Callable[[], Root | None]
    cards: CardList
    machine: Callable[[], Machine]
    now: Callable[[], datetime]
    note: Callable[..., None]
    leave: Callable[[Deed], None]
    version: str

    def visit(self, card: WorkCard) -> Visit:
        """The visit of whoever put this card in."""
        return flow.visit(MaintenanceDesk(self.tools()), card)

    def knobs(self) -> Knobs:
        backlight = self.settings.screen.backlight
        return Knobs(self.cache.store, self.voice, Backlight(backlight) if backlight else None)

    def tools(self) -> Tools:
        chosen, cache, enrolment = self.settings.maintenance, self.cache, self.enrolment
        kiosk = Kiosk(enrolment.kiosk, enrolment.number, enrolment.url.removeprefix("https://"))
        return Tools(
            kiosk=kiosk,
            admission=Admission(
                enrolment.kiosk, self.root, self.cards.held, self.now, timedelta(days=chosen.list_days)
            ),
            renew=self._renew,
            prove=self._prove,
            lockout=cache.lockout,
            surveyor=self._surveyor(),
            tests=cache.device_tests,
            supplies=cache.supplies,
            unsure=cache.unsure,
            printer=self.printer,
            sheets=self.sheets,
            width=self.width,
            now=self.now,
            note=self.note,
            sound=self._sound,
            knobs=self.knobs(),
            proofs=Proofs(cache.key, kiosk.id, kiosk.host, self._logs()),
            journal=self._journal,
            version=self.version,
            stick=chosen.stick,
            leave=self.leave,
            enrol=self._enrol,
        )

    def _surveyor(self) -> Surveyor:
        cache = self.cache
        return Surveyor(
            folder=cache.store.folder,
            clock=cache.clock,
            pending=cache.outbox.pending,
            counts={
                "ticket": cache.ledger.counts,
                "certificate": cache.certificates.counts,
                "extract": cache.extracts.counts,
            },
            tests=cache.device_tests,
            supplies=cache.supplies,
            unsure=cache.unsure,
            machine=self.machine,
            hall=self._view,
            now=self.now,
        )

    def _logs(self) -> dict[str, tuple[Path, str]]:
        data = self.settings.data
        return {"journal": (data / "journal", "journal.[0-9]"), "stacks": (data, "stacks.[0-9]")}

    def _journal(self) -> Proof | None:
        try:
            return of_kiosk(self.settings.data)
        except Unreadable:
            return None

    def _view(self) -> HallView:
        return self.sender.view

    def _renew(self) -> None:
        """A hall that can't be reached now has said what it said."""
        if self.machine().online:
            with suppress(SyncError, StoreError):
                self.sender.errands.ask(self.cards.fetch, RENEW_S)

    def _prove(self, pin: str, challenge: bytes) -> bool:
        return any(reader.prove(pin, challenge) for reader in self.readers if isinstance(reader, PcscReader))

    def _sound(self) -> None:
        self.voice.play(Sound.TAKE)
        self.voice.say(SOUND_SENTENCE, Look())

    def _enrol(self, code: str, address: str) -> None:
        """Come to a hall anew; the kiosk is started again after it, whatever came of it. Raises as ``Cache.enrol``."""
        self.sender.stop()
        self.cache.enrol(code, address)
