"""Keys for the page before and after, and where one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Gap
from screens.text import CENTRE, Text
from screens.theme import CAPTION, Theme
from screens.words import Words


class Turner(QWidget):
    """``turn`` is given the page to show, counted from 0. ``upright``: the pages lie under each other."""

    def __init__(
        self,
        theme: Theme,
        into: Callable[[Words], str],
        turn: Callable[..., None],
        sheet: int,
        of: int,
        upright: bool = False,
    ) -> None:
        super().__init__()
        before: QWidget = Gap(theme, 96)
        after: QWidget = Gap(theme, 96)
        if sheet > 0:
            before = Button(theme, "page:before", "", "arrow-up" if upright else "arrow-left", Kind.QUIET, height=96)
            before.setAccessibleName(into(say.PAGE_BEFORE))
            before.clicked.connect(partial(turn, sheet - 1))
        if sheet < of - 1:
            after = Button(theme, "page:after", "", "arrow-down" if upright else "arrow-right", Kind.QUIET, height=96)
            after.setAccessibleName(into(say.PAGE_AFTER))
            after.clicked.connect(partial(turn, sheet + 1))
        words = Text(theme, into(say.page_of(sheet + 1, of)), CAPTION, "ink2", CENTRE)
        self._row = Across(theme, (before, words, after), (2, 6, 2), stretch=False)
        self._row.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def resizeEvent(self, event: object) -> None:
        self._row.setGeometry(self.rect())
