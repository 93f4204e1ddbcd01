"""The ticket is out: take the card, then the ticket. And a card that is left."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import Chip, ChipKind, Tag
from screens.drawings import Picture, card_out, slip_out
from screens.keys import Button
from screens.layout import Across, Down, Panel, Rule
from screens.pages import TakeCard, TakeTicket, Wait
from screens.screen import Samples, Screen
from screens.taking import Taking, done, see_in_order
from screens.text import RIGHT, Text
from screens.theme import BODY, CAPTION, H2, H3, LEAD, LEAD_BOLD, NUMBER, NUMBER_LONG, Face
from screens.words import Words

_WINDOW = Words("二楼 B 区 · 综合窗口 12–18", "Floor 2, area B · windows 12–18")


class TakeTicketScreen(Screen[TakeTicket]):
    """Two things to take in order, and the number large."""

    HELP_BESIDE = True
    SAMPLES: ClassVar[Samples] = {
        "card": TakeTicket("A037", Wait(6, 18), _WINDOW, 2, Words("社保卡", "Social card")),
        "offline": TakeTicket("03-A001", Wait(6, 18, "14:05"), _WINDOW, 1, None),
        "unknown": TakeTicket("A037", None, _WINDOW, 1, Words("身份证", "ID card")),
    }

    def build(self, page: TakeTicket) -> None:
        theme = self.theme
        self.banner(done(self, say.PRINTED))
        ticket = say.THEN_TICKET if page.card else say.TAKE_TICKET
        slip = Taking(self, 2 if page.card else 0, ticket, say.TICKET_WHERE, slip_out, page.number)
        see_in_order(self, page.card, slip)
        self.see(self._number(page), 28, aside=not theme.elder)
        key = Button(theme, "missing", self.say(say.NO_TICKET), "printer")
        self.foot(self.wire(key, "missing"))

    def _number(self, page: TakeTicket) -> QWidget:
        theme = self.theme
        number: QWidget = Down(
            theme,
            [
                Text(theme, self.say(say.YOUR_NUMBER), CAPTION, "hero2"),
                Text(theme, page.number, self._number_face(page.number), "onhero"),
            ],
            gap=4,
        )
        window = Text(theme, self.say(page.window), LEAD_BOLD, "onhero")
        together = Text(theme, self.say(say.matters_together(page.matters)), LEAD, "onhero")
        if page.wait and (theme.elder or theme.landscape):
            window = Text(theme, self._one_line(page.wait), LEAD_BOLD, "onhero")
            together = Text(theme, self.say(page.window), LEAD, "onhero")
        elif page.wait:
            number = Across(theme, (number, self._wait(page.wait)), (3, 2), stretch=False)
        blocks: list[QWidget] = [number, Rule(theme, "hero2"), window, together]
        if page.wait and page.wait.as_of:
            blocks.append(Text(theme, self.say(say.as_of(page.wait.as_of)), CAPTION, "hero2"))
        elif page.wait is None:
            blocks.append(Text(theme, self.say(say.NO_ESTIMATE), CAPTION, "hero2"))
        return Panel(theme, blocks, gap=10, padding=40, ground="hero")

    def _number_face(self, number: str) -> Face:
        small = len(number) > 4 or (self.theme.elder and (self.theme.reach or self.theme.landscape))
        return NUMBER_LONG if small else NUMBER

    def _one_line(self, wait: Wait) -> str:
        return f"{self.say(say.AHEAD)} {self.say(say.people(wait.ahead))} · {self.say(say.about(wait.minutes))}"

    def _wait(self, wait: Wait) -> QWidget:
        theme = self.theme
        pairs = ((say.AHEAD, say.people(wait.ahead)), (say.ESTIMATED_WAIT, say.about(wait.minutes)))
        blocks: list[QWidget] = []
        for label, value in pairs:
            blocks.append(Text(theme, self.say(label), CAPTION, "hero2", RIGHT))
            blocks.append(Text(theme, self.say(value), H2 if not theme.elder else H3, "onhero", RIGHT))
        return Down(theme, blocks, gap=0)


class TakeCardScreen(Screen[TakeCard]):
    """Only the card is left. With the alarm, it has been forgotten."""

    SAMPLES: ClassVar[Samples] = {
        "take": TakeCard(Words("社保卡", "Social card"), False),
        "forgotten": TakeCard(Words("社保卡", "Social card"), True),
    }

    def build(self, page: TakeCard) -> None:
        theme = self.theme
        if page.alarm:
            self.head(say.CARD_FORGOTTEN, say.CARD_FORGOTTEN_LEAD)
        else:
            self.head(say.TAKE_CARD, say.your_document(page.document))
        blocks: list[QWidget] = [Picture(theme, card_out, (260 if theme.elder else 300) if theme.landscape else 520)]
        if page.alarm:
            chip = Chip(theme, Tag(self.say(say.ALARM), "bell-ring", ChipKind.WARN))
            blocks.append(Across(theme, (chip,), (0,), stretch=False))
            blocks.append(Text(theme, self.say(say.your_document(page.document)), BODY))
        self.see(Panel(theme, blocks, gap=28, padding=56, edge="action"))
