"""A row that is read: an icon, what it is and what it says, how it stands, and the key of its failure code."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from screens.chip import Chip, Tag
from screens.glyph import Glyph
from screens.layout import Across, Down
from screens.maintenance.code_key import CodeKey
from screens.text import Text
from screens.theme import CAPTION, LEAD_BOLD, Theme


class Place(QWidget):
    """The place of a code's key in a row that has none, so that the chips stand under each other."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        return QSize(self._wide, 0)

    def heightForWidth(self, width: int) -> int:
        return 0


def finding_row(theme: Theme, icon: str, title: str, line: str, tag: Tag | None, end: CodeKey | Place | None) -> Across:
    """``line``: "" where the title says it all."""
    words: list[QWidget] = [Text(theme, title, LEAD_BOLD)]
    if line:
        words.append(Text(theme, line, CAPTION, "ink2"))
    after: list[QWidget] = [Chip(theme, tag)] if tag else []
    if end:
        after.append(end)
    parts = (Glyph(theme, icon), Down(theme, words, gap=2), *after)
    return Across(theme, parts, (0, 1, *(0 for _ in after)), 20, stretch=False)
