"""A desk of the maintenance mode with everything real behind it but the hall and the card reader's process.

The card is a virtual one, and its far end is asked here in the place of the worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

import pytest

from certificates import technician_papers as made
from certificates.documents import KINDS
from certificates.keys import FileKey
from certificates.root import Root, first
from certificates.root import made as root_made
from certificates.technicians import Role, Technician
from devices.card.apdu import Card
from devices.card.sim_piv import WorkCardChip
from devices.panel import Backlight
from devices.piv import WrongPin, certificate, lies, reference, sign, tries_left, verify
from devices.printer import Paper, Status
from devices.printer.cables import NetworkCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import WIDE
from devices.printer.sim import ThermalPrinter
from devices.reader import PinRefused, WorkCard, WorkCardProven
from kiosk.machine import Machine
from kiosk.maintenance import flow
from kiosk.maintenance.admission import Admission
from kiosk.maintenance.desk import MaintenanceDesk, Tools
from kiosk.maintenance.knobs import Knobs
from kiosk.maintenance.proof import Proofs
from kiosk.maintenance.roles import Deed
from kiosk.maintenance.state import Surveyor
from kiosk.slip import Kiosk
from kiosk.steps import Cancelled
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE, FakeTicks
from offline_cache.journal_lines import check
from offline_cache.journal_proof import Proof
from offline_cache.view import HallView
from screens.pages import Nav, Page, Upkeep
from screens.voice import Voice
from tests.kiosk.authority import Enrolled, Sheets
from tests.kiosk.office import NOON
from tests.kiosk.play import Turn, play

HOST: Final = "hall.example"
YEAR: Final = timedelta(days=365)


class Workshop:
    """``chip`` is the card of T-014, a technician; ``now`` may be moved by ``ticks``."""

    def __init__(self, enrolled: Enrolled, paper: ThermalPrinter) -> None:
        self.enrolled, self.paper = enrolled, paper
        self.ticks = FakeTicks(NOON)
        keys = {kind: FileKey.fresh() for kind in KINDS}
        self.key = keys["technicians"]
        root = FileKey.fresh()
        second = NOON // 1000
        terms = (1, HOST, second - 1_000, second + 10 * 31_557_600, {kind: key.public() for kind, key in keys.items()})
        self.root: Root | None = first(root_made(*terms, root))
        self.machine = Machine(fitted=frozenset({"card", "id-card", "scanner"}), printer=Status(Paper.OK), online=True)
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.left: list[Deed] = []
        self.enrolled_with: list[tuple[str, str]] = []
        self.sounds = 0
        self.tried: list[tuple[str, bytes]] = []
        self.proof: Proof | None = Proof(10, None, None, 0, None)
        self.hall: HallView | None = HallView(online=True, since=NOON)
        self.sheets: Sheets | None = None
        self.backlight: Backlight | None = None
        self.voice = Voice("", "", lambda _program: None)
        self.stick = enrolled.folder / "no-stick"
        self.enrolling: Exception | None = None
        self.chip = self.card_of("T-014")
        self.open()

    def open(self) -> None:
        self.cache = Cache(self.enrolled.folder, self.ticks)
        self.crl: bytes | None = self.revocations()

    def restart(self) -> None:
        """The kiosk process ends without a word and starts again."""
        self.cache.store.close()
        self.open()

    def break_store(self) -> None:
        """It can be read, and takes no word more."""
        self.cache.store._db.execute("PRAGMA query_only = 1")

    def close(self) -> None:
        self.voice.stop()
        self.cache.close()

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.cache.clock.now() / 1000, HALL_ZONE)

    # The hall's part.

    def card_of(
        self,
        name: str,
        role: Role = Role.TECHNICIAN,
        begins: timedelta = timedelta(minutes=-10),
        ends: timedelta = YEAR,
        **chip: Any,
    ) -> WorkCardChip:
        """A card with a certificate of the hall's; times are from now on."""
        card = WorkCardChip(**chip)
        now = datetime.fromtimestamp(NOON / 1000, UTC)
        self.serial = int.from_bytes(b"\x01" + os.urandom(14))
        key = made.asked(card.request(name))
        who = Technician(name, role, now + ends)
        card.put_certificate(made.certificate(key, who, now + begins, self.serial, self.key, HOST))
        return card

    def revocations(self, *serials: int, made_ago: timedelta = timedelta()) -> bytes:
        now = datetime.fromtimestamp(self.ticks.wall() / 1000, UTC)
        listed = dict.fromkeys(serials, now)
        return made.revocation_list(1, now - made_ago, now + timedelta(days=7), listed, self.key, HOST)

    # The reader's part.

    def laid(self, chip: WorkCardChip | None = None) -> WorkCard:
        """What the reader tells of a card."""
        self.chip = chip or self.chip
        self._card = Card(_transmit(self.chip), t0=True)
        self.chip.reset()
        assert lies(self._card)
        self._certificate = certificate(self._card)
        self._reference = reference(self._card)
        return WorkCard("card", self._certificate, tries_left(self._card, self._reference))

    def said(self, _page: object) -> WorkCardProven | PinRefused:
        """What the card says to the PIN that was handed to it last."""
        pin, message = self.tried[-1]
        try:
            verify(self._card, self._reference, pin)
        except WrongPin as wrong:
            return PinRefused("card", wrong.tries)
        return WorkCardProven("card", sign(self._card, self._certificate, message))

    def opened(self, role: Role = Role.TECHNICIAN) -> MaintenanceDesk:
        """The desk of somebody who was let in."""
        desk = self.desk()
        desk.opened(Technician("T-014", role, self.now + YEAR))
        return desk

    def list(self, *script: Turn, role: Role = Role.TECHNICIAN) -> list[Page[Any]]:
        """The pages that somebody saw who was let in, did this, and left by the key."""
        shown: list[Page[Any]] = []
        with pytest.raises(Cancelled):
            play(flow.rounds(self.opened(role)), *_seen(script, shown), (Upkeep, partial(_leave, shown)))
        return shown

    def desk(self, technician: Technician | None = None) -> MaintenanceDesk:
        return MaintenanceDesk(self.tools(), technician)

    def tools(self) -> Tools:
        cache = self.cache
        folder = self.enrolled.folder
        logged = {"journal": (folder / "journal", "journal.[0-9]"), "stacks": (folder, "stacks.[0-9]")}
        return Tools(
            kiosk=Kiosk("K-0203", "03", HOST),
            admission=Admission("K-0203", lambda: self.root, lambda: self.crl, lambda: self.now, timedelta(days=30)),
            renew=lambda: None,
            prove=self._prove,
            lockout=cache.lockout,
            surveyor=self._surveyor(),
            tests=cache.device_tests,
            supplies=cache.supplies,
            unsure=cache.unsure,
            printer=EscPosPrinter(NetworkCable("127.0.0.1", self.paper.port), replace(WIDE, refill_s=0.5)),
            sheets=self.sheets,
            width=576,
            now=lambda: self.now,
            note=self._note,
            sound=self._sound,
            knobs=Knobs(cache.store, self.voice, self.backlight),
            proofs=Proofs(cache.key, "K-0203", HOST, logged),
            journal=lambda: self.proof,
            version="0.1.0",
            stick=self.stick,
            leave=self.left.append,
            enrol=self._enrol,
        )

    def _surveyor(self) -> Surveyor:
        cache = self.cache
        return Surveyor(
            folder=self.enrolled.folder,
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
            machine=lambda: self.machine,
            hall=lambda: self.hall,
            now=lambda: self.now,
        )

    def _prove(self, pin: str, message: bytes) -> bool:
        self.tried.append((pin, message))
        return True

    def _enrol(self, code: str, address: str) -> None:
        self.enrolled_with.append((code, address))
        if self.enrolling:
            raise self.enrolling

    def _note(self, event: str, **fields: Any) -> None:
        """As the journal takes it: what is not declared can't be written."""
        check(event, {name.replace("_", "-"): value for name, value in fields.items()})
        self.notes.append((event, fields))

    def _sound(self) -> None:
        self.sounds += 1

    def stands(self, **changes: Any) -> None:
        self.machine = replace(self.machine, **changes)


def _seen(script: tuple[Turn, ...], shown: list[Page[Any]]) -> Iterator[Turn]:
    """``script`` whose pages are kept in ``shown``."""
    for kind, answer in script:
        yield kind, answer if isinstance(answer, Exception) else partial(_answered, shown, answer)


def _answered(shown: list[Page[Any]], answer: Any, page: Page[Any]) -> Any:
    shown.append(page)
    return answer(page) if callable(answer) else answer


def _leave(shown: list[Page[Any]], page: Page[Any]) -> Nav:
    shown.append(page)
    return Nav.LEAVE


def _transmit(chip: WorkCardChip) -> Callable[[bytes], bytes]:
    def transmit(command: bytes) -> bytes:
        answer = chip.answer(command)
        assert answer is not None
        return answer

    return transmit
