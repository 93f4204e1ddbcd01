"""The row of a part: what it is, how it stands in words and by a chip, and the key that tests it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.chip import Chip, Tag
from screens.glyph import Glyph
from screens.keys import Button
from screens.layout import height_in
from screens.maintenance.code_key import INSET, CodeKey
from screens.text import Text
from screens.theme import CAPTION, NAV, Theme
from screens.words import Language

_TALL, _ICON, _KEY, _GAP = 92, 44, 124, 16
_NAME = {Language.ZH: 176, Language.EN: 172}
"""How wide the names of parts are; English ones stand on two lines."""


class PartRow(QWidget):
    """``told`` is the part's line, or the key that holds it where it has a failure code.

    ``chips``: how wide the chips of all rows are, so that they stand under each other. ``test``: None where there is
    no test.
    """

    def __init__(
        self, theme: Theme, icon: str, name: str, told: Text | CodeKey, tag: Tag, chips: int, test: Button | None
    ) -> None:
        super().__init__()
        self._theme, self._chips = theme, chips
        self._icon, self._name = Glyph(theme, icon, _ICON), Text(theme, name, NAV)
        self._told, self._chip, self._test = told, Chip(theme, tag), test
        for part in (self._icon, self._name, told, self._chip, *([test] if test else [])):
            part.setParent(self)

    def _name_wide(self) -> int:
        return self._theme.px(_NAME[self._theme.look.language] + (104 if self._theme.landscape else 0))

    def _told_at(self, width: int) -> tuple[int, int]:
        """Where the line begins, and how wide it is."""
        px = self._theme.px
        left = px(_ICON + 18) + self._name_wide()
        right = width - px(_KEY + 2 * _GAP) - self._chips
        inset = 0 if isinstance(self._told, CodeKey) else px(INSET)
        return left + inset, right - left - inset

    def heightForWidth(self, width: int) -> int:
        told = height_in(self._told, self._told_at(width)[1])
        return max(self._theme.px(_TALL), told + self._theme.px(8), height_in(self._name, self._name_wide()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        px, width = self._theme.px, self.width()
        told = self._told_at(width)
        self._put(self._icon, 0, px(_ICON))
        self._put(self._name, px(_ICON + 18), self._name_wide())
        self._put(self._told, *told)
        self._put(self._chip, told[0] + told[1] + px(_GAP), self._chips)
        if self._test is not None:
            self._put(self._test, width - px(_KEY), px(_KEY))

    def _put(self, part: QWidget, x: int, width: int) -> None:
        height = height_in(part, width)
        part.setGeometry(x, (self.height() - height) // 2, width, height)


def line(theme: Theme, words: str) -> Text:
    """How a part stands, in words."""
    return Text(theme, words, CAPTION)
