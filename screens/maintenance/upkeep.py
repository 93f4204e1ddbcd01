"""The first page of the maintenance mode: every part of the kiosk, and what can be done."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.chip import Chip, tag_size
from screens.glyph import Glyph
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, Panel, rows_of
from screens.maintenance import samples
from screens.maintenance.code_key import CodeKey
from screens.maintenance.deed_tile import DeedTile
from screens.maintenance.part_row import PartRow, line
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import Choice, Open, Part, Sign, Upkeep
from screens.screen import Samples
from screens.text import Text
from screens.theme import CAPTION, LEAD_BOLD, NAV

_ORDER: Final = (Sign.BAD, Sign.WARN, Sign.UNKNOWN, Sign.OK)
_CHIPS: Final = 3
"""The most chips beside the title; where all four signs are, it is the good one that goes without saying."""


class UpkeepScreen(MaintenanceScreen[Upkeep]):
    """A row for each part, what needs a hand first, on as many pages as they need.

    Papers nobody is sure of, and deeds, are on each of them.
    """

    SAMPLES: ClassVar[Samples] = {"some": samples.UPKEEP, "calm": samples.CALM, "many": samples.MANY}

    def build(self, page: Upkeep) -> None:
        theme = self.theme
        counted = Counter(part.sign for part in page.parts)
        signs = [sign for sign in _ORDER if counted[sign]][:_CHIPS]
        chips = [Chip(theme, self.tag(sign, str(counted[sign]))) for sign in signs]
        self.top(say.parts(len(page.parts), len(page.parts) - counted[Sign.OK]), end=chips)
        tiles = rows_of(theme, [self._tile(deed) for deed in page.deeds], 2 if theme.landscape else 4, 12)
        deeds = Down(theme, tiles, 12)
        self.foot(Down(theme, [self._uncertain(page.uncertain), deeds], 24) if page.uncertain else deeds)
        wide = max((tag_size(theme, self.tag(part.sign)).width() for part in page.parts), default=0)
        rows: list[QWidget] = [self._row(part, wide) for part in sorted(page.parts, key=_urgency)]
        self.rows(rows, 0, 16)

    def _row(self, part: Part, chips: int) -> PartRow:
        theme, words = self.theme, self.say(part.line)
        told = self.wire(CodeKey(theme, part.code, words), f"code:{part.code}") if part.code else line(theme, words)
        test = None
        if part.test:
            name = f"part:{part.key}"
            test = Button(theme, name, self.say(say.TEST), kind=Kind.QUIET, face=NAV, height=82, padding=8)
            self.wire(test, f"test:{part.key}")
        return PartRow(theme, part.icon, self.say(part.name), told, self.tag(part.sign), chips, test)

    def _tile(self, choice: Choice) -> DeedTile:
        why = self.say(choice.line) if choice.line and choice.open is Open.CLOSED else ""
        tile = DeedTile(self.theme, f"deed:{choice.key}", self.say(choice.title), choice.icon, why)
        return self.wired(tile, choice)

    def _uncertain(self, choice: Choice) -> Panel:
        theme = self.theme
        words: list[QWidget] = [Text(theme, self.say(choice.title), LEAD_BOLD)]
        if choice.line:
            words.append(Text(theme, self.say(choice.line), CAPTION))
        key = Button(theme, "uncertain", self.say(say.RESOLVE), kind=Kind.QUIET, face=NAV, height=96, padding=20)
        key.setEnabled(choice.open is not Open.CLOSED)
        self.wire(key, "uncertain")
        row: list[QWidget] = [Down(theme, words, gap=4), key]
        if not theme.landscape:
            row.insert(0, Glyph(theme, choice.icon, 52, "bad"))
        shares = [1 if part is row[-2] else 0 for part in row]
        return Panel(theme, [Across(theme, row, shares, 24, stretch=False)], padding=24, ground="badsoft")


def _urgency(part: Part) -> int:
    return _ORDER.index(part.sign)
