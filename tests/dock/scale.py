"""The theme of the screens on a desktop: the same look, as small as kiosk and dock need to stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from screens.theme import Theme

KIOSK: Final = (1080, 1920)
DOCK: Final = (1480, 1920)
"""Width and height in design units."""

WIDE: Final = range(2040, 2301)
"""Widths of the dock where there is room for three columns."""

GAP: Final = 24
FRAME: Final = 40
"""Pixels that a window's title takes."""


def scale_for(width: int, height: int) -> float:
    """How much smaller than life both windows must be on a display of this size in pixels; 1 at most."""
    return min(1.0, width / (KIOSK[0] + GAP + DOCK[0]), (height - FRAME) / KIOSK[1])


def dock_width(width: int, scale: float) -> int:
    """The dock's width in design units, beside the kiosk on a display ``width`` pixels wide."""
    room = int(width / scale) - KIOSK[0] - GAP
    return min(room, WIDE[-1]) if room >= WIDE[0] else DOCK[0]


@dataclass(frozen=True)
class DeskTheme(Theme):
    """A design unit is ``scale`` pixels: nobody presses the dock with a finger, so it may be small."""

    scale: float = 1.0

    def px(self, units: float) -> int:
        return round(units * self.scale)
