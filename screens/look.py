"""How one visitor wants the screens; it ends with the visit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screens.words import Language


class Display(StrEnum):
    """Which colours: the hall's (light or night, by its hours), or one of two high contrasts."""

    HALL = "hall"
    DARK = "dark"
    BRIGHT = "bright"


_NEXT = {Display.HALL: Display.DARK, Display.DARK: Display.BRIGHT, Display.BRIGHT: Display.HALL}


@dataclass(frozen=True, slots=True)
class Look:
    """``elder``: larger type, fewer choices. ``reach``: every key in the lower half. ``speak``: read aloud."""

    language: Language = Language.ZH
    elder: bool = False
    tone: Display = Display.HALL
    reach: bool = False
    speak: bool = False

    def next_tone(self) -> Display:
        return _NEXT[self.tone]

    def next_language(self) -> Language:
        return Language.EN if self.language is Language.ZH else Language.ZH
