"""The desk of the maintenance mode: what its flow may look up and do, and nothing of any citizen.

It is made anew for each card that opens the mode, and knows whose it is once that was proven.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from certificates.technicians import Role, Technician
from devices.printer import Printer
from devices.sheets import SheetPrinter
from kiosk.maintenance import say
from kiosk.maintenance.admission import Admission, Refused
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.knobs import Knobs
from kiosk.maintenance.proof import Proofs
from kiosk.maintenance.readiness import report
from kiosk.maintenance.roles import MAY, NAMES, Deed
from kiosk.maintenance.state import Surveyor
from kiosk.slip import Kiosk
from offline_cache.journal_proof import Proof
from offline_cache.lockout import Lockout
from offline_cache.unsure import UnsurePapers
from offline_cache.upkeep import DeviceTests, Supplies
from screens.pages import Badge, Choice, Open
from screens.words import Words

_ON_SCREEN: Final = ("touch", "colours")
"""Tests of the window itself."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a session of the mode.

    ``renew`` asks the hall for its newest list of cards; ``prove`` hands a PIN and a challenge to the card; ``sound``
    plays what a test of the voice plays; ``stick`` is where a stick is mounted. ``leave`` ends the kiosk after the
    visit, ``enrol`` takes a code and an address.
    """

    kiosk: Kiosk
    admission: Admission
    renew: Callable[[], None]
    prove: Callable[[str, bytes], bool]
    lockout: Lockout
    surveyor: Surveyor
    tests: DeviceTests
    supplies: Supplies
    unsure: UnsurePapers
    printer: Printer
    sheets: SheetPrinter | None
    width: int
    now: Callable[[], datetime]
    note: Callable[..., None]
    sound: Callable[[], None]
    knobs: Knobs
    proofs: Proofs
    journal: Callable[[], Proof | None]
    version: str
    stick: Path
    leave: Callable[[Deed], None]
    enrol: Callable[[str, str], None]


class MaintenanceDesk:
    def __init__(self, tools: Tools, technician: Technician | None = None) -> None:
        """``technician`` is known from the start only at a terminal, where the machine's own users are let in.

        There is no window then, and no card was read; nor does a kiosk run that could be started anew.
        """
        self.tools = tools
        self._technician = technician
        self.at_terminal = technician is not None

    def opened(self, technician: Technician) -> None:
        """It was proven whose card this is."""
        self._technician = technician
        self.tools.note("maintenance.opened", by=technician.name, role=technician.role.value)

    @property
    def by(self) -> str:
        """The staff number that stands behind everything done here."""
        assert self._technician is not None
        return self._technician.name

    @property
    def role(self) -> Role:
        assert self._technician is not None
        return self._technician.role

    @property
    def badge(self) -> Badge:
        kiosk = self.tools.kiosk
        place = Words(f"{kiosk.number} 号机 · {kiosk.id}", f"Machine {kiosk.number} · {kiosk.id}")
        if self._technician is None:
            return Badge(say.WORK_CARD, place)
        name, role = self._technician.name, NAMES[self._technician.role]
        return Badge(Words(f"{role.zh} {name}", f"{role.en} {name}"), place)

    def may(self, deed: Deed) -> bool:
        return deed in MAY[self.role] and not (self.at_terminal and deed is Deed.RESTART)

    def allow(self, deed: Deed) -> None:
        """Raises ``Refused`` where this role may not do it, whatever key was pressed."""
        if not self.may(deed):
            raise Refused(Fault.NOT_ALLOWED)

    def tests(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that can be done here: fields and colours only where there is a window."""
        return tuple(name for name in names if not (self.at_terminal and name in _ON_SCREEN))

    def choice(self, deed: Deed, icon: str, title: Words) -> Choice:
        """The key of a deed, closed where this role may not do it."""
        if self.may(deed):
            return Choice(deed.value, icon, title)
        return Choice(deed.value, icon, title, say.NOT_HERE if self.at_terminal else say.NOT_ALLOWED, Open.CLOSED)

    def report(self) -> dict[str, Any]:
        """How the kiosk stands now, for its report; on the journal's lane, for it reads the whole journal."""
        tools = self.tools
        return report(tools.surveyor.look(), tools.journal(), tools.kiosk, tools.version, self.by)

    def did(self, deed: Deed) -> None:
        """In the journal."""
        self.tools.note("maintenance.did", deed=deed.value, by=self.by)
