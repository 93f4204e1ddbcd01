"""The page of a failure code: its cause, what citizens are told, and what to do."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.chip import Chip, ChipKind, Tag
from screens.glyph import Count, Glyph
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down
from screens.maintenance import samples_found
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import FailureGuide
from screens.screen import Samples
from screens.spread import LIST, SECTION
from screens.text import Text
from screens.theme import BUTTON, CAPTION, H3, LEAD
from screens.words import Words


class FailureGuideScreen(MaintenanceScreen[FailureGuide]):
    """The steps are numbered, and go to further pages where one does not hold them."""

    SAMPLES: ClassVar[Samples] = {"paper": samples_found.GUIDE, "long": samples_found.LONG_GUIDE}

    def build(self, page: FailureGuide) -> None:
        theme = self.theme
        self.top(page.name, end=[Chip(theme, Tag(page.code, "octagon-x", ChipKind.BAD))])
        back = Button(theme, "back", self.say(say.RETURN), "arrow-left", Kind.SECONDARY, BUTTON)
        self.foot(self.wire(back, "back"))
        told = [self._told("search", say.CAUSE, page.cause), self._told("users", say.CITIZEN, page.citizen)]
        self.rows(told, 18, 28)
        self.see(Text(theme, self.say(say.TO_DO), H3), SECTION, heading=True)
        for number, step in enumerate(page.steps):
            self.see(self._step(number + 1, step), LIST if number else 12)

    def _told(self, icon: str, label: Words, words: Words) -> QWidget:
        theme = self.theme
        lines = [Text(theme, self.say(label), CAPTION, "ink2"), Text(theme, self.say(words), LEAD)]
        return Across(theme, (Glyph(theme, icon), Down(theme, lines, gap=2)), (0, 1), 24, stretch=False)

    def _step(self, number: int, words: Words) -> QWidget:
        theme = self.theme
        row = (Count(theme, number, units=56), Text(theme, self.say(words), LEAD))
        return Across(theme, row, (0, 1), 24, stretch=False)
