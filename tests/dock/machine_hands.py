"""The hands at the kiosk's own machine: its plug, its UPS, a stick, and the process that the shipped unit runs."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Final

from tests.day.world import Place
from tests.dock.seen import Power
from tests.stand.unit import Unit
from tests.stand.upsd import Upsd

_SAID: Final[dict[Power, str]] = {
    "mains": "gives the UPS its mains back",
    "battery": "takes the UPS's mains away",
    "low": "lets the UPS's battery end",
}


class MachineHands:
    """``did`` hears what is done. ``unit``: what the kiosk of ``place`` is kept alive by.

    ``corner``: where its window is pushed to, in pixels, where that matters.
    """

    def __init__(
        self, place: Place, unit: Unit, ups: Upsd, did: Callable[[str], None], corner: tuple[int, int] | None = None
    ) -> None:
        self._place, self._unit, self._ups, self._did, self._corner = place, unit, ups, did, corner
        self.power: Power = "mains"
        self.stick = self.frozen = False
        self.no_stick = self._try_stick()
        self._lives = 0
        self._push()

    def _try_stick(self) -> str:
        """Why no stick can be put in here, "" where it can."""
        try:
            self._place.stick.insert()
            self._place.stick.pull()
        except (AssertionError, OSError) as error:
            return "needs root" if str(error).startswith("sudo") else "can't mount"
        return ""

    def _push(self) -> None:
        if self._corner is not None:
            self._place.kiosk.ask("place", x=self._corner[0], y=self._corner[1])

    # its plug

    @property
    def on(self) -> bool:
        return not self._place.kiosk.is_dead()

    def pull_plug(self) -> None:
        """The kiosk's power is gone, without a word."""
        self._place.kiosk.kill()
        self.frozen = False
        self._did("pulls the kiosk's plug")

    def plug_in(self) -> None:
        self._place.off.unlink(missing_ok=True)
        self._place.kiosk.start(self._unit)
        self._lives = 0
        self._push()
        self._did("gives the kiosk power again")

    def look(self) -> None:
        """Follow what became of the process: started anew by its supervisor, or the machine was switched off."""
        kiosk = self._place.kiosk
        if kiosk.is_dead():
            return
        if self._place.off.exists():
            kiosk.kill()  # the supervisor goes with the machine
            self._did("finds that the machine switched itself off")
        elif (lives := len(kiosk.supervisor.runs)) > self._lives:
            kiosk.again(lives)
            self._push()
            self._lives, self.frozen = lives, False
            self._did("finds the kiosk started anew by its supervisor")

    # its process

    def freeze(self) -> None:
        """Every thread stands still; after ten seconds without a pulse the supervisor ends it."""
        self._place.kiosk.signal(signal.SIGSTOP)
        self.frozen = True
        self._did("freezes the kiosk's process")

    def thaw(self) -> None:
        self._place.kiosk.signal(signal.SIGCONT)
        self.frozen = False
        self._did("lets the kiosk's process go on")

    # its UPS and its stick

    def set_power(self, power: Power) -> None:
        {"mains": self._ups.mains, "battery": self._ups.battery, "low": self._ups.low}[power]()
        self.power = power
        self._did(_SAID[power])

    def put_stick_in(self) -> None:
        self._place.stick.insert()
        self.stick = True
        self._did("puts a stick in")

    def pull_stick(self) -> None:
        self._place.stick.pull()
        self.stick = False
        self._did("pulls the stick out")
