"""The part of the composition root that has every device of this machine, and its voice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from devices.power import Power
from devices.reader import Reader
from devices.scanner import Scanner
from kiosk import drivers
from kiosk.meter import MeteredPrinter, MeteredSheets
from kiosk.settings import Settings
from offline_cache.upkeep import Supplies
from screens.voice import Voice


class Equipment:
    """Made once. ``devices`` are those that speak by themselves, by the kiosk's names for them."""

    def __init__(
        self,
        chosen: Settings,
        supplies: Supplies,
        today: Callable[[], date],
        wanted: tuple[bytes, ...],
        sound_lost: Callable[[str], None],
    ) -> None:
        """``wanted``: what the codes begin with that this kiosk is for; ``sound_lost`` as ``Voice`` tells it."""
        self.printer = MeteredPrinter(drivers.printer(chosen), supplies.used)
        self.width = drivers.profile(chosen).dots
        sheets = drivers.sheets(chosen)
        self.sheets = MeteredSheets(sheets, supplies.used) if sheets else None
        readers = drivers.readers(chosen, today)
        self.readers: tuple[Reader, ...] = tuple(readers.values())
        self.scanner: Scanner | None = drivers.scanner(chosen, wanted)
        self.devices: dict[str, Reader | Scanner | Power] = {**readers}
        if self.scanner:
            self.devices["scanner"] = self.scanner
        if power := drivers.power(chosen):
            self.devices["power"] = power
        self.voice = Voice(chosen.sound.player, chosen.sound.speaker, sound_lost)

    @property
    def fitted(self) -> frozenset[str]:
        """What the settings name, beside the slip printer that every kiosk has."""
        return frozenset(self.devices) | ({"sheets"} if self.sheets else set())

    def start(self, tell: Callable[[object], None]) -> None:
        for device in self.devices.values():
            device.start(tell)

    def stop(self) -> None:
        for device in self.devices.values():
            device.stop()
        self.voice.stop()
