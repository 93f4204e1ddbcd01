"""A titled list: rows that can be pressed, rows that are only read, and one deed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens.glyph import line
from screens.key import Kind
from screens.keys import Button, Row
from screens.layout import packed
from screens.pages import Choice, Listing
from screens.screen import Samples, Screen
from screens.spread import LIST, tallest
from screens.theme import BIG_BUTTON
from screens.words import Words

_READ = Choice(
    "",
    "eye",
    Words("社保局 经办 · 参保年限", "Social insurance, clerk · years insured"),
    Words("11-18 15:07 · 办理社保关系转移", "11-18 15:07 · transfer of insurance"),
)


class ListingScreen(Screen[Listing]):
    """As many rows on a page as it holds, in the order given. The rows are a person's, and not read aloud."""

    SAMPLES: ClassVar[Samples] = {
        "bindings": Listing(
            Words("绑定的手机", "Bound phones"),
            Words("解除后，那部手机不再收到叫号。", "A phone that is undone hears no more calls."),
            (
                Choice("wechat", "smartphone", Words("微信 小*", "WeChat, X*"), Words("11月18日绑定", "Since 18 Nov")),
                Choice(
                    "sms",
                    "message-circle",
                    Words("短信 138****0028", "SMS 138****0028"),
                    Words("明天 09:41 起作数", "Counts from 09:41 tomorrow"),
                ),
            ),
            Choice("bind", "link", Words("再绑定一部", "Bind another")),
        ),
        "reads": Listing(
            Words("谁看过我的资料", "Who read my data"), Words("最近 30 天。", "The last 30 days."), (_READ,) * 14
        ),
        "none": Listing(
            Words("我的证明", "My certificates"),
            None,
            (),
            Choice("make", "file-plus", Words("办一份证明", "Get a certificate")),
            Words("还没有办过证明。", "There is none yet."),
        ),
    }

    def build(self, page: Listing) -> None:
        theme = self.theme
        self.head(page.title, page.lead)
        if page.deed:
            deed = Button(theme, "primary", self.say(page.deed.title), page.deed.icon, Kind.PRIMARY, BIG_BUTTON, 136)
            self.foot(self.wired(deed, page.deed))
        if not page.rows and page.empty:
            self.see(packed(theme, [line(theme, "info", self.say(page.empty))], self.left().one.width())[0], 0)
        told: list[QWidget] = []
        for at, choice in enumerate(page.rows):
            if choice.key:
                self._see_told(told)
                told = []
                self.touch(self._row(choice), 0 if at == 0 else LIST)
            else:
                told.append(self._told(choice))
        self._see_told(told)

    def _told(self, choice: Choice) -> QWidget:
        return line(self.theme, choice.icon, self.say(choice.title), self._line(choice), private=True)

    def _see_told(self, rows: list[QWidget]) -> None:
        room = self.left()
        for at, panel in enumerate(packed(self.theme, rows, room.one.width(), tallest(room, self.theme, 0))):
            self.see(panel, 0 if at == 0 else LIST)

    def _line(self, choice: Choice) -> str:
        return self.say(choice.line) if choice.line else ""

    def _row(self, choice: Choice) -> Row:
        title, tag = self.say(choice.title), self.tag_of(choice.open)
        row = Row(self.theme, f"choice:{choice.key}", title, choice.icon, self._line(choice), tag)
        row.private = True
        return self.wired(row, choice)
