"""A matter that needs more proof of who stands there: what was shown, what is needed, and the ways to it."""

from __future__ import annotations

from typing import ClassVar

from screens import say_people as say
from screens.facts import FactRow
from screens.keys import Row
from screens.layout import panels
from screens.pages import Choice, Open, StepUp
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import Text
from screens.theme import LEAD, LEAD_BOLD
from screens.words import Words


class StepUpScreen(Screen[StepUp]):
    """Two lines that say why, and one large key for each way on."""

    SAMPLES: ClassVar[Samples] = {
        "two": StepUp(
            Words("这件事要多确认一步", "One more check for this"),
            Words("居住证明上有您的住址。", "The certificate shows your address."),
            Words("社保卡", "Social security card"),
            Words("身份证", "ID card"),
            (
                Choice(
                    "id-card", "id-card", Words("放身份证", "Lay down the ID card"), Words("约 2 秒", "About 2 seconds")
                ),
                Choice(
                    "phone",
                    "smartphone",
                    Words("用绑定的手机确认", "Confirm on the bound phone"),
                    Words("现在没有网络", "There is no network now"),
                    Open.CLOSED,
                ),
                Choice("ticket", "ticket", Words("到窗口办", "Go to a window"), Words("现在取号", "Take a ticket")),
            ),
        )
    }

    def build(self, page: StepUp) -> None:
        theme = self.theme
        self.head(page.title, page.lead)
        rows = [
            FactRow(theme, self.say(label), Text(theme, self.say(value), face))
            for label, value, face in ((say.SHOWN, page.have, LEAD), (say.NEEDED, page.need, LEAD_BOLD))
        ]
        self.see(panels(theme, rows, 2)[0], 0)
        for at, choice in enumerate(page.ways):
            line = self.say(choice.line) if choice.line else ""
            title, tag = self.say(choice.title), self.tag_of(choice.open)
            row = Row(
                theme, f"choice:{choice.key}", title, choice.icon, line, tag, height=120 if theme.landscape else 168
            )
            first = 0 if theme.reach else SECTION
            self.touch(self.wired(row, choice), first if at == 0 else LIST)
