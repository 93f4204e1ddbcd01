"""The certificate is out: take the card, then the paper."""

from __future__ import annotations

from typing import ClassVar

from screens import say_papers as say
from screens.drawings import sheet_out, slip_out
from screens.glyph import line
from screens.keys import Button
from screens.layout import Panel, Rule
from screens.pages import Paper, TakePaper
from screens.screen import Samples, Screen
from screens.taking import Taking, done, see_in_order
from screens.text import Text
from screens.theme import CAPTION, H3
from screens.words import Words

_COPIES = Words("3 天内可在本厅补打 1 份。", "Within 3 days it can be printed once more in this hall.")


class TakePaperScreen(Screen[TakePaper]):
    """Two things to take in order, and the number that the hall finds the certificate by."""

    HELP_BESIDE = True
    SAMPLES: ClassVar[Samples] = {
        "sheet": TakePaper("99JZ-2026-0417283", Paper.SHEET, Words("身份证", "ID card"), _COPIES),
        "slip": TakePaper("99JZ-2026-0417283", Paper.SLIP, None),
    }

    def build(self, page: TakePaper) -> None:
        theme = self.theme
        self.banner(done(self, say.CERTIFICATE_PRINTED))
        sheet = page.paper is Paper.SHEET
        title = say.THEN_CERTIFICATE if page.card else say.TAKE_CERTIFICATE
        where = say.SHEET_WHERE if sheet else say.SLIP_WHERE
        see_in_order(
            self, page.card, Taking(self, 2 if page.card else 0, title, where, sheet_out if sheet else slip_out)
        )
        number = [
            Text(theme, self.say(say.CERTIFICATE_NUMBER), CAPTION, "ink2"),
            Text(theme, page.number, H3, private=True),
        ]
        note = [Rule(theme), line(theme, "printer", self.say(page.note))] if page.note else []
        self.see(Panel(theme, [*number, *note], gap=12, padding=28 if theme.elder else 40), 20, aside=not theme.elder)
        key = Button(theme, "missing", self.say(say.NO_CERTIFICATE), "circle-help")
        self.foot(self.wire(key, "missing"))
