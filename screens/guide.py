"""One matter explained."""

from __future__ import annotations

from typing import ClassVar

from screens import say
from screens.chip import Tag
from screens.glyph import line
from screens.layout import Across, Panel, panels
from screens.pages import Guide
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import Text
from screens.theme import BODY, LEAD_BOLD
from screens.words import Words


class GuideScreen(Screen[Guide]):
    """Who it is for, what to bring, what it costs, how long it takes."""

    SAMPLES: ClassVar[Samples] = {
        "transfer": Guide(
            Words("社保关系转移接续", "Transfer of social insurance"),
            Words(
                "换了工作城市后，把原来城市的养老、失业保险转到现在参保的地方。缴费年限合并计算，个人账户的钱一并转移。",
                "When you move to work in another city, your pension and unemployment insurance move with you. "
                "Years are added up and your account moves too.",
            ),
            (
                Words("身份证或社保卡", "ID card or social security card"),
                Words("原参保地缴费凭证", "Proof of payment from the former place"),
            ),
            Words("不收费", "Free"),
            Words("15 个工作日", "15 working days"),
            sample=True,
        )
    }

    def build(self, page: Guide) -> None:
        theme = self.theme
        self.head(page.name, None, Tag(self.say(say.SAMPLE), "info") if page.sample else None)
        self.see(Panel(theme, [Text(theme, self.say(page.guide), BODY)], padding=36), 0)
        pairs = ((say.FEE, page.fee, "wallet"), (say.TIME_LIMIT, page.time_limit, "hourglass"))
        boxes = [Panel(theme, [line(theme, icon, self.say(value), self.say(label))]) for label, value, icon in pairs]
        if theme.elder:
            for box in boxes:
                self.see(box, 20)
        else:
            self.see(Across(theme, boxes), 20)
        if page.materials:
            self.see(Text(theme, self.say(say.BRING), LEAD_BOLD), SECTION, heading=True)
            rows = [line(theme, "file-text", self.say(words)) for words in page.materials]
            for panel in panels(theme, rows, 2 if theme.elder else 6):
                self.see(panel, LIST)
