"""Volume and brightness: set by a technician, kept over restarts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.panel import Backlight, PanelGone
from offline_cache.facts import fact, put_fact
from offline_cache.store import Store
from screens.pages import LEVELS
from screens.voice import Voice

_VOLUME: Final = "volume"
_BRIGHTNESS: Final = "brightness"


@dataclass(frozen=True, slots=True)
class Knobs:
    """Levels go from 0 to ``LEVELS``; both are at their highest until somebody turns them. On the store's lane."""

    store: Store
    voice: Voice
    backlight: Backlight | None

    def levels(self) -> tuple[int, int | None]:
        """Volume, and brightness where the panel has one that can be set."""
        return self._kept(_VOLUME), self._kept(_BRIGHTNESS) if self.backlight else None

    def apply(self) -> None:
        """At the start: as they were left."""
        volume, brightness = self.levels()
        self.voice.volume = volume / LEVELS
        if brightness is not None:
            self._light(brightness)

    def set_volume(self, level: int) -> None:
        """Raises ``StoreError``."""
        self._keep(_VOLUME, level)
        self.voice.volume = level / LEVELS

    def set_brightness(self, level: int) -> None:
        """Raises ``StoreError``; a panel that takes no level stays as it is."""
        self._keep(_BRIGHTNESS, level)
        self._light(level)

    def _light(self, level: int) -> None:
        if self.backlight is None:
            return
        try:
            self.backlight.set(level / LEVELS)
        except PanelGone:
            return

    def _kept(self, name: str) -> int:
        kept = fact(self.store, name)
        return kept if isinstance(kept, int) and 0 <= kept <= LEVELS else LEVELS

    def _keep(self, name: str, level: int) -> None:
        with self.store.transaction() as database:
            put_fact(database, name, max(0, min(LEVELS, level)))
