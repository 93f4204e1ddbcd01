"""What stands on top of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screens.chip import Chip, Tag
from screens.layout import Across, Down
from screens.text import Text
from screens.theme import H1, H1_REACH, LEAD, Theme


class Title(Down):
    """The title, one sentence under it, a line above it, and how something stands at the right.

    On a wide panel the sentence stands beside the title where both fit. In elder mode the page has no room for ``tag``.
    """

    def __init__(
        self, theme: Theme, title: str, lead: str | None = None, tag: Tag | None = None, above: QWidget | None = None
    ) -> None:
        face = H1_REACH if theme.reach else H1
        text = Text(theme, title, face, most_lines=2)
        under = None if lead is None else Text(theme, lead, LEAD, "ink2")
        row: list[QWidget] = [text]
        if theme.landscape and under and text.sizeHint().width() + under.sizeHint().width() < theme.px(940):
            row = [Text(theme, title, face, grow=False), under]
            under = None
        shares = [0, 1] if len(row) > 1 else [1]
        if tag and not theme.elder:
            row.append(Chip(theme, tag))
            shares.append(0)
        blocks = [
            *([above] if above else []),
            Across(theme, row, shares, 28, stretch=False),
            *([under] if under else []),
        ]
        super().__init__(theme, blocks, gap=8)
