"""The groups at the side, the matters of one group beside them, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Key, Kind
from screens.keys import Button
from screens.layout import height_in
from screens.pages import Matter
from screens.text import CENTRE, Text
from screens.theme import CAPTION, LEAD, TARGET_MM
from screens.words import Language

if TYPE_CHECKING:
    from screens.services import Picking, ServicesScreen

_RAIL, _RAIL_LATIN, _GAP, _TURN = 196, 250, 16, 96


class MatterList(QWidget):
    """Fills the height it is given with as many matters as it holds."""

    def __init__(
        self,
        screen: ServicesScreen,
        rail: Sequence[Key],
        matters: Sequence[Matter],
        picking: Picking,
        turned: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._screen, self._rail, self._matters = screen, tuple(rail), tuple(matters)
        self._sheet, self._turned = picking.sheet, turned
        self._made: list[QWidget] = []
        for key in self._rail:
            key.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self._screen.theme.px(600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._screen.theme.px
        chinese = self._screen.theme.look.language is Language.ZH
        rail, gap = px(_RAIL if chinese else _RAIL_LATIN) if self._rail else 0, px(_GAP)
        self._place_rail(rail)
        left = (rail + px(12)) * self._rail_columns() + px(8) if rail else 0
        self._place_matters(left, self.width() - left, gap)

    def _place_rail(self, width: int) -> None:
        px = self._screen.theme.px
        if not self._rail:
            return
        gap = px(12)
        columns = self._rail_columns()
        rows = -(-len(self._rail) // columns)
        each = min(px(112), (self.height() + gap) // rows - gap)
        for at, key in enumerate(self._rail):
            column, row = divmod(at, rows)
            key.setGeometry(column * (width + gap), row * (each + gap), width, each)

    def _rail_columns(self) -> int:
        """Two columns where one would leave keys too small for a finger."""
        theme = self._screen.theme
        return 1 if len(self._rail) * (theme.mm(TARGET_MM) + theme.px(12)) <= self.height() else 2

    def _place_matters(self, left: int, width: int, gap: int) -> None:
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made = []
        keys = [self._screen.matter_key(matter) for matter in self._matters]
        if not keys:
            none = Text(self._screen.theme, self._screen.say(say.NO_MATTERS), LEAD, "ink2")
            self._put(none, left, 0, width, height_in(none, width))
        sheets = self._sheets(keys, width, gap)
        at = min(self._sheet, len(sheets) - 1)
        y = 0
        for key in keys:
            if key not in sheets[at]:
                key.deleteLater()
                continue
            tall = height_in(key, width)
            self._put(key, left, y, width, tall)
            y += tall + gap
        if len(sheets) > 1:
            self._turner(at, len(sheets), left, width)

    def _sheets(self, keys: Sequence[Key], width: int, gap: int) -> list[list[Key]]:
        tall = [height_in(key, width) for key in keys]
        room = self.height()
        if sum(tall) + gap * (len(keys) - 1) > room:
            room -= self._screen.theme.px(_TURN) + gap
        sheets: list[list[Key]] = [[]]
        used = 0
        for key, height in zip(keys, tall, strict=True):
            if sheets[-1] and used + height > room:
                sheets.append([])
                used = 0
            sheets[-1].append(key)
            used += height + gap
        return sheets

    def _put(self, block: QWidget, x: int, y: int, width: int, height: int) -> None:
        block.setParent(self)
        block.setGeometry(x, y, width, height)
        block.show()
        self._made.append(block)

    def _turner(self, at: int, of: int, left: int, width: int) -> None:
        screen, theme = self._screen, self._screen.theme
        tall, wide = theme.px(_TURN), theme.px(112)
        y = self.height() - tall
        for step, icon, x, words in (
            (at - 1, "arrow-left", left, say.PAGE_BEFORE),
            (at + 1, "arrow-right", left + width - wide, say.PAGE_AFTER),
        ):
            if 0 <= step < of:
                name = "page:before" if step < at else "page:after"
                key = Button(theme, name, "", icon, Kind.QUIET, height=_TURN, padding=8)
                key.setAccessibleName(screen.say(words))
                key.clicked.connect(partial(self._turned, step))
                self._put(key, x, y, wide, tall)
        text = Text(theme, screen.say(say.page_of(at + 1, of)), CAPTION, "ink2", CENTRE)
        self._put(text, left + wide, y, width - 2 * wide, tall)
