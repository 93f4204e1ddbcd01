"""The part of the composition root that keeps the kiosk: its technician's visits, its new starts, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from devices.reader import WorkCard
from kiosk import VERSION, freshness
from kiosk.equipment import Equipment
from kiosk.front_office import FrontOffice
from kiosk.lanes import Lane
from kiosk.maintenance.leaving import carry_out
from kiosk.maintenance.roles import Deed
from kiosk.maintenance_office import MaintenanceOffice
from kiosk.offices import Offices
from kiosk.power_end import PowerEnd
from kiosk.settings import Settings
from kiosk.shift import Shift
from kiosk.steps import Visit
from kiosk.upkeep import Upkeep
from kiosk.watch import Watch
from offline_cache.cache import Cache
from screens.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is to keep. ``end`` ends the kiosk's event loop."""

    settings: Settings
    cache: Cache
    equipment: Equipment
    window: KioskWindow
    watch: Watch
    shift: Shift
    lanes: dict[str, Lane]
    offices: Offices
    now: Callable[[], datetime]
    note: Callable[..., None]
    end: Callable[[], None]


class Keeping:
    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._parting: Deed | None = None  # what a technician, or the battery, wants done when the visit is over
        front = kept.offices.front
        self._office = self._make_office(front) if front else None
        self._power_end = PowerEnd(kept.watch, self._is_idle, self._shut_down)
        self._upkeep = Upkeep(
            kept.settings.upkeep,
            kept.settings.data,
            front.enrolment.kiosk if front else "",
            kept.window,
            freshness.parts(kept.lanes, kept.equipment.devices, front.sender if front else None),
            kept.lanes["journal"],
            is_idle=self._is_idle,
            is_flushed=self._is_flushed,
            now=kept.now,
            journal=kept.note,
            end=kept.end,
        )

    def visit(self, card: WorkCard) -> Visit:
        """The visit of whoever put this card in."""
        assert self._office is not None
        return self._office.visit(card)

    def begin(self) -> None:
        """Before the first page: what is known of the end of the last run."""
        self._upkeep.begin()

    def opened(self) -> None:
        """The kiosk is open: as loud and as bright as it was left."""
        if self._office:
            self._kept.lanes["store"].submit(self._office.knobs().apply, _no_one)

    def visit_over(self) -> bool:
        """Whether there may be another one; else the kiosk ends now."""
        if self._parting:
            self._kept.end()
        return self._parting is None

    def end(self) -> None:
        """The kiosk ends."""
        self._upkeep.end()

    def ended(self) -> None:
        """Everything is closed: do with the machine what was wanted."""
        if self._parting is Deed.SHUT_DOWN:
            carry_out(self._kept.settings.maintenance.power_off)

    def _make_office(self, front: FrontOffice) -> MaintenanceOffice:
        kept, equipment = self._kept, self._kept.equipment
        return MaintenanceOffice(
            settings=kept.settings,
            cache=kept.cache,
            enrolment=front.enrolment,
            sender=front.sender,
            readers=equipment.readers,
            printer=equipment.printer,
            sheets=equipment.sheets,
            width=equipment.width,
            voice=equipment.voice,
            root=kept.offices.root,
            cards=kept.offices.cards,
            machine=lambda: kept.watch.machine,
            now=kept.now,
            note=kept.note,
            leave=self._part,
            version=VERSION,
        )

    def _part(self, deed: Deed) -> None:
        """From any thread: end when the technician's visit is over."""
        self._parting = deed

    def _shut_down(self) -> None:
        self._parting = Deed.SHUT_DOWN
        self._kept.end()

    def _is_idle(self) -> bool:
        return self._kept.shift.is_idle

    def _is_flushed(self) -> bool:
        """Whether the hall has all that happened here."""
        cache = self._kept.cache
        return cache.enrolment is None or cache.outbox.chain.acked == cache.outbox.chain.seq


def _no_one(_result: object, _error: BaseException | None) -> None:
    """A panel or a volume that can't be set stays as it is."""
