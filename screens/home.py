"""After the card: the booking first, then the services, then what may concern this person."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import Tag
from screens.glyph import Glyph
from screens.key import Key, Kind
from screens.keys import Button, Row, Tile
from screens.layout import Across, Down, Panel, rows_of
from screens.pages import Booked, Choice, Home, Open
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import RIGHT, Text
from screens.theme import BIG_BUTTON, BODY, CAPTION, H2, LEAD, LEAD_BOLD, RESULT
from screens.words import Words

_TILES = (
    Choice("ticket", "ticket", Words("取号办事", "Take a ticket"), Words("前 6 人，约 18 分", "About 18 min wait")),
    Choice("stages", "sunset", Words("按人生阶段", "Life stages"), Words("出生到身后", "From birth on")),
    Choice("departments", "landmark", Words("按部门", "Departments"), Words("6 个部门", "6 of them")),
    Choice(
        "booking", "calendar-check", Words("预约签到", "Check in"), Words("扫预约码", "Scan the code"), Open.OFFLINE
    ),
    Choice(
        "paper", "file-text", Words("A4 证明", "A4 papers"), Words("约 09:55 恢复", "Back about 09:55"), Open.CLOSED
    ),
    Choice("mine", "user", Words("我的", "My page"), Words("进度、证明、绑定", "Progress, papers, phone")),
)
_BOOKED = Booked(
    "booked", Words("社保关系转移接续", "Transfer of social insurance"), "10:00–10:15", Words("二楼综合窗口", "Floor 2")
)
_SUGGESTED = (
    Choice(
        "pension",
        "shield-check",
        Words("养老金领取资格认证", "Confirm pension eligibility"),
        Words("取号到窗口 · 约 2 分钟", "At a window · about 2 min"),
    ),
    Choice(
        "senior",
        "bus",
        Words("老年人优待卡申领", "Senior citizen card"),
        Words("取号到窗口 · 需带照片", "Take a ticket · bring a photo"),
    ),
)


class HomeScreen(Screen[Home]):
    """Greeting, booking, tiles, suggestions. In elder mode one column and no suggestions."""

    SAMPLES: ClassVar[Samples] = {
        "booked": Home("王*", Words("上午好", "Good morning"), Words("社保卡", "Card"), _BOOKED, _TILES, _SUGGESTED),
        "plain": Home(
            "<b>王</b>*",
            Words("晚上好", "Good evening"),
            Words("身份证", "ID card"),
            None,
            (*_TILES[:2], replace(_TILES[2], open=Open.STEP)),
            (),
        ),
    }

    def build(self, page: Home) -> None:
        inside = Tag(self.say(say.card_inside(page.document)), "credit-card")
        lead = None if self.theme.elder else say.WHAT_TO_DO
        self.head(say.greeting(page.name, page.greeting), lead, inside if self.say(page.document) else None)
        if page.booked:
            self._booked(page.booked)
        if self.theme.elder:
            if page.booked and not self.theme.reach:
                self.touch(Text(self.theme, self.say(say.OR_CHOOSE), LEAD_BOLD), SECTION, heading=True)
            for choice in page.tiles:
                self.touch(self.wired(self._row(choice), choice))
            return
        tiles = [self._tile(choice) for choice in page.tiles]
        for at, row in enumerate(rows_of(self.theme, tiles, 3)):
            self.touch(row, SECTION if at == 0 and not self.theme.reach else 20)
        if page.suggested:
            self._suggest(page.suggested)

    def _tile(self, choice: Choice) -> Key:
        line = self.say(choice.line) if choice.line else ""
        made = Tile(
            self.theme, f"choice:{choice.key}", self.say(choice.title), choice.icon, line, self.tag_of(choice.open)
        )
        return self.wired(made, choice)

    def _row(self, choice: Choice) -> Row:
        line = self.say(choice.line) if choice.line else ""
        return Row(
            self.theme, f"choice:{choice.key}", self.say(choice.title), choice.icon, line, self.tag_of(choice.open)
        )

    def _booked(self, booked: Booked) -> None:
        theme, reach = self.theme, self.theme.reach
        ink, ink2 = ("ink", "ink2") if reach else ("onhero", "hero2")
        words = say.booked_at(booked.when) if theme.elder else say.BOOKED_TODAY
        caption = Across(
            theme,
            (Glyph(theme, "calendar-check", 36, ink2), Text(theme, self.say(words), CAPTION, ink2)),
            (0, 1),
            14,
            stretch=False,
        )
        title = Text(theme, self.say(booked.title), RESULT if reach and not theme.elder else H2, ink)
        where = Text(theme, f"{booked.when} · {self.say(booked.where)}", LEAD if reach else BODY, ink)
        texts: list[QWidget] = [caption, title] if theme.elder else [caption, title, where]
        if reach:
            self.see(Panel(theme, texts, gap=12, padding=44))
            self.touch(self._check_in(booked, say.check_in_at(booked.when), Kind.PRIMARY), 0)
            return
        key = self._check_in(booked, say.CHECK_IN, Kind.INVERSE)
        column = Down(theme, texts, gap=8)
        beside = Across(theme, (column, key), (1, 0), 24, stretch=False) if not theme.elder else None
        inside = [beside] if beside else [column, key]
        panel = Panel(theme, inside, gap=20, padding=28 if theme.landscape else 36, ground="hero")
        self.touch(panel, 0)

    def _check_in(self, booked: Booked, words: Words, kind: Kind) -> Key:
        title = self.say(words)
        key = Button(self.theme, "primary", title, "arrow-right", kind, BIG_BUTTON, 112, trailing=True, padding=36)
        return self.wired(key, Choice(booked.key, "", booked.title, open=booked.open))

    def _suggest(self, choices: tuple[Choice, ...]) -> None:
        theme = self.theme
        heading = Across(
            theme,
            (
                Text(theme, self.say(say.MAY_CONCERN), LEAD_BOLD, grow=False),
                Text(theme, self.say(say.WORKED_OUT), CAPTION, "ink2", RIGHT),
            ),
            (0, 1),
            stretch=False,
        )
        self.touch(heading, SECTION, heading=True, aside=True)
        for choice in choices[:3]:
            self.touch(self.wired(self._row(choice), choice), LIST, aside=True)
