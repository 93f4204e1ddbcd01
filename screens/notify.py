"""What is kept, what for and how long: said before an account is opened."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say_people as say
from screens.facts import FactRow
from screens.glyph import Glyph, line
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, Panel, height_in, packed
from screens.pages import Confirmed, Kept, Notify
from screens.say import STANDS_HERE
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION, tallest
from screens.text import RIGHT, Text
from screens.theme import CAPTION, LEAD_BOLD
from screens.words import Words

_KEPT = (
    Kept(
        Words("姓名、证件号", "Name and number"),
        Words("确认是您本人，不重复建账号", "To know you, and keep one account"),
        Words("两年不用或注销就删除", "Until you close it, or 2 years unused"),
    ),
    Kept(
        Words("办过的事和进度", "What you apply for"),
        Words("您在这里和手机上能查", "So that you can look it up"),
        Words("一年", "One year"),
    ),
    Kept(
        Words("谁看过您的资料", "Who read your data"),
        Words("您可以逐条核对", "So that you can check it"),
        Words("一年", "One year"),
    ),
)


class NotifyScreen(Screen[Notify]):
    """Whose account, what is kept, the rights; one key that agrees and one that goes on without."""

    HELP_BESIDE = True
    SAMPLES: ClassVar[Samples] = {
        "first": Notify(
            Words("第一次来，为您开个账号", "Your first visit: an account"),
            Words("不开账号也能取号。", "You can take a ticket without one."),
            _KEPT,
            Words(
                "您可以随时查看、更正，或到导办台注销账号。",
                "You may look, correct, or close it at the desk at any time.",
            ),
            Words("同意，开账号", "Agree and open it"),
            Words("不开，直接取号", "Go on without"),
            "王*明 990***********0028",
        )
    }

    def build(self, page: Notify) -> None:
        theme = self.theme
        self.head(page.title, page.lead)
        self._keys(page)
        room = self.left()
        if page.holder:
            whose = Text(theme, page.holder, LEAD_BOLD, private=True)
            self.see(Panel(theme, [FactRow(theme, self.say(STANDS_HERE), whose)], padding=24), 0)
        if not theme.elder:
            heading = Text(theme, self.say(say.KEPT_WHAT), LEAD_BOLD)
            until = Text(theme, self.say(say.KEPT_UNTIL), CAPTION, "ink2", RIGHT)
            self.see(Across(theme, (heading, until), (1, 1), stretch=False), SECTION, heading=True)
        above = [height_in(each.widget, room.one.width()) + theme.px(each.gap) for each in self._parts.blocks]
        rows = [self._kept(each) for each in page.kept]
        for panel in packed(theme, rows, room.one.width(), tallest(room, theme, sum(above) + theme.px(LIST))):
            self.see(panel, LIST)
        rights = Panel(theme, [line(theme, "shield-check", self.say(page.rights))], padding=28)
        self.see(rights, LIST, aside=not theme.elder)

    def _keys(self, page: Notify) -> None:
        theme = self.theme
        agree = self.key("primary", page.agree, "check", Confirmed(), Kind.PRIMARY)
        decline = self.wire(Button(theme, "decline", self.say(page.decline), padding=16), "decline")
        if theme.elder or theme.landscape:
            self.foot(decline)
            self.foot(agree)
        else:
            self.foot(decline, agree, shares=(5, 7))

    def _kept(self, kept: Kept) -> QWidget:
        theme = self.theme
        what = Text(theme, self.say(kept.what), LEAD_BOLD)
        why = Text(theme, self.say(kept.why), CAPTION, "ink2")
        if theme.elder:
            return Down(theme, [what, why, line(theme, "clock", self.say(kept.until))], gap=4)
        until = Text(theme, self.say(kept.until), CAPTION.bolder(), "ink", RIGHT)
        parts = (Glyph(theme, "lock"), Down(theme, [what, why], gap=2), until)
        return Across(theme, parts, (0, 7, 4), 24, stretch=False)
