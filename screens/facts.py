"""Rows of what is what: a label, its value, and what may stand at the end of the line."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.glyph import Glyph
from screens.layout import Across, height_in
from screens.text import Text
from screens.theme import CAPTION, LEAD, LEAD_BOLD, Theme
from screens.words import Language

_LABEL = {Language.ZH: 0.21, Language.EN: 0.27}
"""The part of a row that labels take: English ones are longer."""


class FactRow(QWidget):
    """The values of all rows of one width begin at one place. ``end``: as wide as it needs to be."""

    def __init__(
        self, theme: Theme, label: str, value: Text | str, strong: bool = False, end: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme, self._end = theme, end
        self._label = Text(theme, label, CAPTION, "ink2")
        self._value = (
            Text(theme, value, LEAD_BOLD if strong else LEAD, private=True) if isinstance(value, str) else value
        )
        for part in (self._label, self._value, *([end] if end else [])):
            part.setParent(self)

    def _widths(self, width: int) -> tuple[int, int, int]:
        gap = self._theme.px(20)
        label = round(width * _LABEL[self._theme.look.language])
        end = self._end.sizeHint().width() if self._end else 0
        return label, width - label - gap - (end + gap if end else 0), end

    def heightForWidth(self, width: int) -> int:
        label, value, end = self._widths(width)
        tall = height_in(self._end, end) if self._end else 0
        return max(height_in(self._label, label), height_in(self._value, value), tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        label, value, end = self._widths(self.width())
        x = 0
        gap = self._theme.px(20)
        for part, width in ((self._label, label), (self._value, value), (self._end, end)):
            if part is not None:
                tall = height_in(part, width)
                part.setGeometry(x, (self.height() - tall) // 2, width, tall)
            x += width + gap


def source(theme: Theme, words: str) -> Across:
    """The lock at the end of a row that can't be changed here, and where its value is from."""
    lock = Glyph(theme, "lock", 34)
    return Across(theme, (lock, Text(theme, words, CAPTION, "ink2", grow=False)), (0, 0), 10, stretch=False)
