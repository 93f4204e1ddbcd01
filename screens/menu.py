"""A few big choices, one under the other."""

from __future__ import annotations

from typing import ClassVar

from screens.keys import Row
from screens.pages import Choice, Menu, Open
from screens.progress import progress
from screens.screen import Samples, Screen
from screens.spread import LIST
from screens.words import Words


class MenuScreen(Screen[Menu]):
    """One large key for each choice, in the order given."""

    SAMPLES: ClassVar[Samples] = {
        "no-card": Menu(
            Words("没带卡，怎么取号？", "A ticket without a card"),
            Words("不用证件也能排队。", "You can queue without a document."),
            (
                Choice(
                    "typed",
                    "keyboard",
                    Words("输入身份证号", "Type your ID number"),
                    Words("窗口能先备好材料", "The window can prepare"),
                ),
                Choice(
                    "none",
                    "ticket",
                    Words("直接取号", "Just take a ticket"),
                    Words("不记录您是谁", "Nobody is recorded"),
                ),
                Choice(
                    "booking",
                    "scan-qr-code",
                    Words("扫预约码", "Scan a booking"),
                    Words("摄像头没有连上", "No camera now"),
                    Open.CLOSED,
                ),
            ),
        ),
        "question": Menu(
            Words("证明用来做什么？", "What is it for?"),
            None,
            (
                Choice("1", "graduation-cap", Words("子女入学", "School enrolment")),
                Choice("2", "briefcase", Words("就业", "Work")),
                Choice("3", "house-plug", Words("租房、买房", "Renting or buying a home")),
                Choice("4", "file-text", Words("其他", "Something else")),
            ),
            1,
            4,
            Words("居住证明", "Certificate of residence"),
        ),
    }

    def build(self, page: Menu) -> None:
        above = progress(self.theme, page.step, page.steps, page.subject) if page.steps else None
        self.head(page.title, page.lead, above=above)
        for at, choice in enumerate(page.choices):
            line = self.say(choice.line) if choice.line else ""
            title, tag = self.say(choice.title), self.tag_of(choice.open)
            row = Row(self.theme, f"choice:{choice.key}", title, choice.icon, line, tag, height=168)
            self.touch(self.wired(row, choice), 0 if at == 0 else LIST)
