"""Hold a code under the scanner."""

from __future__ import annotations

from typing import ClassVar

from screens import say
from screens.drawings import Picture, code_held
from screens.glyph import line
from screens.layout import Panel
from screens.pages import ScanCode
from screens.screen import Samples, Screen
from screens.warning import warning
from screens.words import Words


class ScanCodeScreen(Screen[ScanCode]):
    """Where to hold it. The answer comes from the scanner."""

    SAMPLES: ClassVar[Samples] = {
        "first": ScanCode(
            Words("请出示预约码", "Show your booking code"), Words("手机或纸上的都可以。", "On a phone or on paper.")
        ),
        "problem": ScanCode(
            Words("请出示预约码", "Show your booking code"),
            Words("手机或纸上的都可以。", "On a phone or on paper."),
            Words("这不是本大厅的预约码。", "This is not a booking of this hall."),
        ),
    }

    def build(self, page: ScanCode) -> None:
        theme = self.theme
        self.head(page.title, page.lead)
        if page.problem:
            self.see(warning(theme, self.say(page.problem), 32), 0)
        held = line(theme, "smartphone", self.say(say.HOLD_CODE), self.say(say.HOLD_CODE_LINE), "action")
        size = 320 if theme.elder or theme.reach else 480
        if theme.landscape or (theme.elder and theme.reach):
            size = 200
        self.see(Panel(theme, [Picture(theme, code_held, size), held], gap=48, padding=56), 24)
