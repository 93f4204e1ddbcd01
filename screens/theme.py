"""One theme: colours, type and sizes for a look, in pixels once and for all.

Sizes are set in millimetres on the reference panel (21.5 inch, 1080 by 1920,
0.248 mm a pixel). A design unit is one of its pixels, 0.248 mm; a finer panel
gets more pixels a unit, a coarser one keeps one (and is larger for it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

from PySide6.QtGui import QColor, QFont

from screens.colours import CONTRAST_DARK, CONTRAST_LIGHT, LIGHT, NIGHT, Roles
from screens.look import Display, Look

UNIT_MM: Final = 0.248
FAMILIES: Final = ("Noto Sans CJK SC",)


@dataclass(frozen=True, slots=True)
class Face:
    """A kind of text: its height in mm, the same in elder mode, weight and line height."""

    mm: float
    elder_mm: float
    bold: bool = False
    leading: float = 1.4

    def bolder(self) -> Face:
        return Face(self.mm, self.elder_mm, True, self.leading)


CAPTION: Final = Face(6.4, 8.9)
STRIP: Final = Face(6.4, 7.4)
HINT: Final = Face(6.9, 8.9)
BODY: Final = Face(7.4, 11.4)
LEAD: Final = Face(8.4, 11.4)
LEAD_BOLD: Final = Face(8.4, 11.4, True, 1.2)
BUTTON: Final = Face(8.9, 12.4, True, 1.2)
BIG_BUTTON: Final = Face(10.4, 13.9, True, 1.2)
NAV: Final = Face(7.9, 9.4, True, 1.2)
CHIP: Final = Face(6.4, 7.4, True, 1.2)
H3: Final = Face(9.4, 12.4, True, 1.2)
H2: Final = Face(12.4, 14.9, True, 1.2)
H1: Final = Face(15.4, 18.8, True, 1.2)
H1_REACH: Final = Face(22.8, 22.8, True, 1.2)
HALL: Final = Face(8.4, 9.4, True, 1.2)
PLACE: Final = Face(6.4, 7.9)
CLOCK: Final = Face(12.9, 14.9, True, 1.1)
CLOCK_BIG: Final = Face(22.8, 22.8, True, 1.2)
RESULT: Final = Face(20.8, 23.8, True, 1.2)
NUMBER_LONG: Final = Face(29.8, 29.8, True, 1.1)
NUMBER: Final = Face(48.6, 57.0, True, 1.0)

SMALLEST_MM: Final = 6.4
TARGET_MM: Final = 20.3
_ROLES: Final = {Display.DARK: CONTRAST_DARK, Display.BRIGHT: CONTRAST_LIGHT}


@dataclass(frozen=True)
class Theme:
    """What every widget needs to draw itself. ``pitch_mm``: the size of a pixel of the panel.

    ``known``: what is set in lines already. A screen asks for it several times, for heights and then to draw; it goes
    with the screen, as each has a theme of its own.
    """

    look: Look = field(default_factory=Look)
    night: bool = False
    landscape: bool = False
    pitch_mm: float = UNIT_MM
    known: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def roles(self) -> Roles:
        return _ROLES.get(self.look.tone) or (NIGHT if self.night else LIGHT)

    @property
    def elder(self) -> bool:
        return self.look.elder

    @property
    def reach(self) -> bool:
        """Every key stands in the lower half. A wide panel is low enough as it is."""
        return self.look.reach and not self.landscape

    def px(self, units: float) -> int:
        """Design units (0.248 mm each on the reference panel) in pixels of this panel."""
        return round(units * max(1.0, UNIT_MM / self.pitch_mm))

    def mm(self, mm: float) -> int:
        return self.px(mm / UNIT_MM)

    def size(self, face: Face) -> int:
        """The text height in pixels."""
        return self.mm(face.elder_mm if self.elder else face.mm)

    def colour(self, role: str) -> QColor:
        return QColor(str(getattr(self.roles, role)))


@cache
def font(px: int, bold: bool) -> QFont:
    """The same for whoever asks: not to be changed."""
    made = QFont(list(FAMILIES))
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made
