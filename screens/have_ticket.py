"""The person already waits for this: the ticket, and what can be done with it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Kind
from screens.keys import Row
from screens.layout import Down, Panel, Rule
from screens.pages import Choice, HaveTicket, Wait
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import Text
from screens.theme import BODY, CAPTION, LEAD, LEAD_BOLD, NUMBER, NUMBER_LONG
from screens.words import Words


class HaveTicketScreen(Screen[HaveTicket]):
    """The number, the matters, how the queue stands. The first key is the main one."""

    SAMPLES: ClassVar[Samples] = {
        "waiting": HaveTicket(
            "A037",
            (
                Words("社保关系转移接续", "Transfer of social insurance"),
                Words("异地就医备案", "Medical care elsewhere"),
            ),
            Wait(4, 12),
            Words("二楼综合窗口", "Floor 2, general windows"),
            Words("另一台机器上的号已并入这张。", "Your ticket from another machine was merged into this one."),
            (
                Choice("keep", "check", Words("留着这个号", "Keep this ticket")),
                Choice("reprint", "printer", Words("补打号票", "Print it again")),
                Choice("cancel", "ticket-x", Words("取消这个号", "Cancel this ticket")),
            ),
        )
    }

    def build(self, page: HaveTicket) -> None:
        theme = self.theme
        self.head(say.HAVE)
        self.see(self._ticket(page))
        if page.note:
            self.see(Text(theme, self.say(page.note), LEAD, "ink2"), 20)
        for at, choice in enumerate(page.keys[1:]):
            line = self.say(choice.line) if choice.line else ""
            row = Row(theme, f"choice:{choice.key}", self.say(choice.title), choice.icon, line)
            self.touch(self.wired(row, choice), SECTION if at == 0 else LIST, aside=True)
        if page.keys:
            first = page.keys[0]
            self.foot(self.key("primary", first.title, first.icon, first.key, Kind.PRIMARY))

    def _ticket(self, page: HaveTicket) -> QWidget:
        theme = self.theme
        face = NUMBER if len(page.number) <= 4 and not (theme.elder and theme.reach) else NUMBER_LONG
        blocks: list[QWidget] = [
            Text(theme, self.say(say.YOUR_NUMBER), CAPTION, "hero2"),
            Text(theme, page.number, face, "onhero"),
            Rule(theme, "hero2"),
            Down(theme, [Text(theme, self.say(words), LEAD_BOLD, "onhero") for words in page.matters], gap=4),
            Text(theme, self.say(page.window), BODY, "onhero"),
        ]
        if page.wait:
            blocks.append(Text(theme, self._queue(page.wait), BODY, "hero2"))
        tight = theme.elder and theme.reach
        return Panel(theme, blocks[tight:], gap=8 if tight else 14, padding=24 if tight else 40, ground="hero")

    def _queue(self, wait: Wait) -> str:
        words = f"{self.say(say.AHEAD)} {self.say(say.people(wait.ahead))} · {self.say(say.about(wait.minutes))}"
        return f"{words}\n{self.say(say.as_of(wait.as_of))}" if wait.as_of else words
