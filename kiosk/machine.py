"""How this machine stands right now: one frozen picture, made anew at each change."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.power import Fault as PowerFault
from devices.printer import Status
from devices.sheets import Status as SheetStatus
from kiosk.catalogue import Catalogue
from kiosk.line import Standing
from kiosk.papers import Authority


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of catalogue, devices and hall; ``None`` is not known yet.

    ``fitted`` are the devices that the settings name, ``lost`` those of them
    that do not work now, each with its failure code.
    """

    catalogue: Catalogue | None = None
    printer: Status | None = None
    sheets: SheetStatus | None = None
    authority: Authority | None = None
    fitted: frozenset[str] = frozenset()
    lost: dict[str, str] = field(default_factory=dict)
    online: bool = False
    queues: dict[str, Standing] = field(default_factory=dict)
    store_fault: str = ""
    hall_fault: str = ""
    power_fault: str = ""

    @property
    def closing(self) -> bool:
        """The battery comes to its end: nothing new is begun."""
        return self.power_fault == PowerFault.LOW.value

    def works(self, device: str) -> bool:
        return device in self.fitted and device not in self.lost
