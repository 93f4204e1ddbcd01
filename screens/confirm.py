"""One grave question."""

from __future__ import annotations

from typing import ClassVar

from screens.glyph import Glyph
from screens.key import Kind
from screens.layout import Across, Down, Panel
from screens.pages import Confirm, Confirmed
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import H1, LEAD
from screens.words import Words


class ConfirmScreen(Screen[Confirm]):
    """What will happen, and the one key that says the deed."""

    SAMPLES: ClassVar[Samples] = {
        "cancel": Confirm(
            Words("取消 A037 这个号？", "Cancel ticket A037?"),
            Words("取消后不再叫这个号，再办要重新排队。", "It will not be called. To come back, you queue again."),
            Words("取消这个号", "Cancel the ticket"),
            "ticket-x",
        )
    }

    def build(self, page: Confirm) -> None:
        theme = self.theme
        words = Down(theme, [Text(theme, self.say(page.title), H1), Text(theme, self.say(page.lead), LEAD, "ink2")])
        glyph = Glyph(theme, page.icon, 96 if theme.elder else 120, "action")
        inside = (
            Down(theme, [glyph, words]) if theme.elder else Across(theme, (glyph, words), (0, 1), 44, stretch=False)
        )
        self.banner(Panel(theme, [inside], padding=48))
        self.foot(self.key("primary", page.deed, page.icon, Confirmed(), Kind.PRIMARY))
