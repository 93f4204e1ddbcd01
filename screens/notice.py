"""What happened, what to do now, and whom to ask. And the whole kiosk out of service."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import Chip, ChipKind, Tag
from screens.glyph import Glyph
from screens.key import Kind
from screens.keys import Row
from screens.layout import Across, Down, Panel, Rule
from screens.pages import Choice, Notice, OutOfService, Tone
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import CENTRE, LEFT, RIGHT, Text
from screens.theme import CAPTION, H1, H3, LEAD, LEAD_BOLD, Theme
from screens.words import Words

_ICONS = {Tone.OK: "circle-check", Tone.WARN: "circle-minus", Tone.BAD: "circle-x"}
_CHIPS = {Tone.OK: ChipKind.OK, Tone.WARN: ChipKind.WARN, Tone.BAD: ChipKind.BAD}
_WORDS = {Tone.OK: say.DONE, Tone.WARN: say.CLOSED, Tone.BAD: say.BROKEN}
_ROLES = {Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "bad"}


class Told(Panel):
    """The panel of a notice: a bar in the tone's colour at its side, a chip, what, and why."""

    def __init__(self, screen: Screen[Any], tone: Tone, title: Words, lead: Words) -> None:
        theme = screen.theme
        chip = Chip(theme, Tag(screen.say(_WORDS[tone]), _ICONS[tone], _CHIPS[tone]))
        words = Down(
            theme,
            [
                Across(theme, (chip,), (0,), stretch=False),
                Text(theme, screen.say(title), H1, most_lines=3),
                Text(theme, screen.say(lead), LEAD, "ink2"),
            ],
            gap=16,
        )
        inside: QWidget = words
        if not theme.elder:
            glyph = Glyph(theme, _ICONS[tone], 120, _ROLES[tone])
            inside = Across(theme, (glyph, words), (0, 1), 48, stretch=False)
        super().__init__(theme, [inside], padding=48)
        self._bar = _ROLES[tone]
        self._theme_now: Theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme_now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRect(0, 0, self.width(), self.height()), theme.px(12), theme.px(12))
        painter.setClipPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(0, 0, theme.px(16), self.height(), theme.colour(self._bar))
        painter.end()


def foot_line(screen: Screen[Any], code: str) -> QWidget:
    """Failure code, hotline and machine: what to say on the telephone."""
    theme = screen.theme
    left = f"{screen.say(say.CODE)} {code}" if code else ""
    parts = [
        Text(theme, left, CAPTION, "ink2", LEFT),
        Text(theme, f"{screen.say(say.ASK)} {say.HOTLINE}", CAPTION, "ink2", CENTRE),
        Text(theme, screen.say(screen.stage.place), CAPTION, "ink2", RIGHT),
    ]
    if theme.elder or theme.landscape:
        joined = " · ".join(part.said() for part in parts if part.said())
        return Down(theme, [Rule(theme), Text(theme, joined, CAPTION, "ink2")], gap=12)
    return Down(theme, [Rule(theme), Across(theme, parts, (3, 3, 4), stretch=False)], gap=20)


class NoticeScreen(Screen[Notice]):
    """A panel that says it, what one can do, and keys for what can be done here."""

    SAMPLES: ClassVar[Samples] = {
        "no-paper": Notice(
            Tone.WARN,
            Words("号票纸用完了", "Paper has run out"),
            Words("已通知工作人员。您已办的事不受影响。", "Staff have been told. Nothing of yours is lost."),
            (
                Words("去 02 号机，在左边 5 米", "Machine 02, 5 m to the left, can print"),
                Words("等纸装好，本屏自动恢复", "Wait: this screen comes back by itself"),
            ),
            (
                Choice("again", "rotate-ccw", Words("再试一次", "Try again")),
                Choice("guide", "file-text", Words("看办事指南", "Read a guide")),
            ),
            "P102",
        ),
        "card": Notice(
            Tone.BAD,
            Words("这张卡读不出来", "This card can't be read"),
            Words("卡没有坏，也没有留下记录。", "Nothing was recorded."),
            (
                Words("取出卡，芯片朝上再插一次", "Take it out and insert it chip up"),
                Words("也可以不用卡取号", "Or take a ticket without it"),
            ),
            (Choice("no-card", "ticket", Words("不用卡取号", "Go on without a card")),),
            "C105",
        ),
        "done": Notice(
            Tone.OK, Words("号已取消", "The ticket is cancelled"), Words("A037 不再叫号。", "A037 will not be called.")
        ),
    }

    def build(self, page: Notice) -> None:
        theme = self.theme
        self.banner(Told(self, page.tone, page.title, page.lead))
        if page.can:
            self.see(Text(theme, self.say(say.YOU_CAN), H3), SECTION, heading=True)
            for words in page.can:
                text = Text(theme, self.say(words), LEAD)
                dot = Glyph(theme, "arrow-right", 44, "action")
                row = Across(theme, (dot, text), (0, 1), 24, stretch=False)
                self.see(Panel(theme, [row], padding=32), LIST)
        for at, choice in enumerate(page.keys[1:]):
            row_key = Row(self.theme, f"choice:{choice.key}", self.say(choice.title), choice.icon)
            self.touch(self.wired(row_key, choice), SECTION if at == 0 else LIST, aside=True)
        if page.code:
            self.foot(foot_line(self, page.code))
        if page.keys:
            first = page.keys[0]
            self.foot(self.key("primary", first.title, first.icon, first.key, Kind.PRIMARY))


class OutOfServiceScreen(Screen[OutOfService]):
    """Nothing can be done here now."""

    SAMPLES: ClassVar[Samples] = {
        "store": OutOfService(
            Words("本机暂停服务", "This machine is out of service"),
            Words(
                "请用 02 号机，在左边 5 米。\n已取的号都有效。",
                "Use machine 02, 5 m to the left.\nTickets already taken are good.",
            ),
            "L102",
        )
    }

    def build(self, page: OutOfService) -> None:
        theme = self.theme
        self.banner(Told(self, Tone.WARN, page.title, page.lead))
        wait = Across(
            theme,
            (Glyph(theme, "hourglass", 44, "action"), Text(theme, self.say(say.WAIT_HERE), LEAD_BOLD)),
            (0, 1),
            24,
            stretch=False,
        )
        self.see(Panel(theme, [wait], padding=36))
        self.foot(foot_line(self, page.code))
