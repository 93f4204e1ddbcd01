"""The visit is being brought to its end; nothing of it is shown any more."""

from __future__ import annotations

from typing import ClassVar

from screens import say
from screens.glyph import Glyph
from screens.layout import Across, Panel
from screens.pages import Moment
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import LEAD


class MomentScreen(Screen[Moment]):
    """An hourglass, and that it won't take long."""

    SAMPLES: ClassVar[Samples] = {"now": Moment()}

    def build(self, page: Moment) -> None:
        theme = self.theme
        self.head(say.MOMENT)
        row = (Glyph(theme, "hourglass", 64, "action"), Text(theme, self.say(say.MOMENT_LEAD), LEAD))
        self.see(Panel(theme, [Across(theme, row, (0, 1), 28, stretch=False)], padding=56))
