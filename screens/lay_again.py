"""Lay a document down in the middle of a visit: the same again, or a better one."""

from __future__ import annotations

from typing import ClassVar

from screens import say_people as say
from screens.drawings import Picture, card_in
from screens.glyph import line
from screens.layout import Panel
from screens.pages import LayAgain
from screens.screen import Samples, Screen
from screens.warning import warning
from screens.words import Words


class LayAgainScreen(Screen[LayAgain]):
    """Which document, and where. The answer comes from the reader."""

    SAMPLES: ClassVar[Samples] = {
        "better": LayAgain(
            Words("请放您的身份证", "Lay down your ID card"),
            Words("这件事要用身份证确认。", "This matter needs your ID card."),
            Words("身份证", "ID card"),
            "id-card",
        ),
        "problem": LayAgain(
            Words("请再放一次护照", "Lay your passport down again"),
            Words("打开有照片的那页，平放。", "Open it at your photo and lay it flat."),
            Words("护照", "Passport"),
            "book-user",
            Words("这不是刚才那一本，请放同一本。", "It is not the one from before. Lay down the same."),
        ),
    }

    def build(self, page: LayAgain) -> None:
        theme = self.theme
        self.head(page.title, page.lead)
        if page.problem:
            self.see(warning(theme, self.say(page.problem)), 0)
        where = line(theme, page.icon, self.say(page.document), self.say(say.READER_BELOW), "action")
        small = theme.elder or theme.reach
        size = 200 if theme.landscape or (theme.elder and theme.reach) else 320 if small else 480
        self.see(Panel(theme, [Picture(theme, card_in, size), where], gap=48, padding=56), 24, aside=theme.elder)
