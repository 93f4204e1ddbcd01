"""What the screens of the maintenance mode have in common: their title, chips for signs, and keys for deeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.chip import ChipKind, Tag
from screens.glyph import Glyph
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, Panel, height_in, packed
from screens.pages import Choice, MaintenancePage, Sign
from screens.screen import Screen
from screens.spread import COLUMN, LIST, tallest
from screens.text import Text
from screens.theme import BUTTON, H2, LEAD, NAV, Theme
from screens.words import Words

P = TypeVar("P", bound=MaintenancePage[Any])

SIGNS: Final = {
    Sign.OK: ("circle-check", ChipKind.OK),
    Sign.WARN: ("triangle-alert", ChipKind.WARN),
    Sign.BAD: ("octagon-x", ChipKind.BAD),
    Sign.UNKNOWN: ("circle-question-mark", ChipKind.NEUTRAL),
}
"""Shape and colour of each sign: never the colour alone."""


class MaintenanceScreen(Screen[P]):
    """The base of the screens that only a technician sees."""

    def top(self, title: Words, lead: Words | None = None, end: Sequence[QWidget] = ()) -> None:
        """The title, one sentence under it, and what stands at the end of its line."""
        theme = self.theme
        row: list[QWidget] = [Text(theme, self.say(title), H2, most_lines=2), *end]
        under = [Text(theme, self.say(lead), LEAD, "ink2")] if lead else []
        self.banner(Down(theme, [Across(theme, row, (1, *(0 for _ in end)), 12, stretch=False), *under], gap=8))

    def rows(self, rows: Sequence[QWidget], gap: int, padding: int) -> None:
        """Rows with lines between them on one panel, or on one a page where a page does not hold all."""
        theme, room = self.theme, self.left()
        width, tall = room.one.width(), room.one.height()
        inner, line = width - 2 * theme.px(padding), 2 * theme.px(gap) + theme.px(theme.roles.stroke)
        all_of_them = sum(height_in(row, inner) + line for row in rows) + 2 * theme.px(padding)
        most = tall if all_of_them - line <= tall else tallest(room, theme, 0)
        for at, panel in enumerate(packed(theme, rows, width, most, gap, padding)):
            self.touch(panel, 0 if at == 0 else LIST)

    def tag(self, sign: Sign, text: str = "") -> Tag:
        """The chip of ``sign``, with its word or ``text``."""
        icon, kind = SIGNS[sign]
        return Tag(text or self.say(say.SIGNS[sign]), icon, kind)

    def deed(self, choice: Choice, kind: Kind = Kind.SECONDARY, height: int = 112) -> Button:
        """A key that says the deed and gives its answer."""
        face = BUTTON if height >= 112 else NAV
        name = f"deed:{choice.key}"
        key = Button(self.theme, name, self.say(choice.title), choice.icon, kind, face, height, padding=14, lines=3)
        return self.wired(key, choice)

    def deeds(self, choices: Sequence[Choice]) -> None:
        """All deeds at the foot, the first as the primary key, lowest or at the end; a few of the others in a row."""
        if not choices:
            return
        primary = self.deed(choices[0], Kind.PRIMARY, 136)
        if len(choices) == 2 and not self.theme.landscape:
            self.foot(self.deed(choices[1]), primary, shares=(2, 3))
            return
        self.others(choices[1:])
        self.foot(primary)

    def others(self, choices: Sequence[Choice]) -> None:
        """Deeds none of which is what the page is for: as many in a row as have room for their words on a line."""
        theme, keys = self.theme, [self.deed(choice) for choice in choices]
        width = theme.px(COLUMN) if theme.landscape else self.left().one.width()
        widest = max((key.sizeHint().width() for key in keys), default=0)
        across = max(1, min(len(keys), (width + theme.px(20)) // (widest + theme.px(20)), 3))
        for start in range(0, len(keys), across):
            self.foot(*keys[start : start + across])


def asked(theme: Theme, icon: str, title: str, lead: str, grave: bool = False) -> Panel:
    """A panel that says one thing. What is ``grave`` has an edge of warning."""
    role, edge = ("warn", "warn") if grave else ("action", "")
    told = [Text(theme, lead, LEAD, "ink2")] if lead else []
    words = Down(theme, [Text(theme, title, H2), *told], gap=12)
    row = Across(theme, (Glyph(theme, icon, 96, role), words), (0, 1), 40, stretch=False)
    return Panel(theme, [row], padding=48, edge=edge)
