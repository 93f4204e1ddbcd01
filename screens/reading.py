"""A card lies there and is being read."""

from __future__ import annotations

from typing import ClassVar

from screens import say
from screens.drawings import Picture, card_in
from screens.layout import Panel
from screens.pages import Reading
from screens.screen import Samples, Screen


class ReadingScreen(Screen[Reading]):
    """The card in its slot, and how long it takes."""

    PAUSE = say.HANDS_OFF
    SAMPLES: ClassVar[Samples] = {"now": Reading()}

    def build(self, page: Reading) -> None:
        self.head(say.READING, say.READING_LEAD)
        height = 480 if not self.theme.landscape else 400
        self.see(Panel(self.theme, [Picture(self.theme, card_in, height)], padding=64))
