"""The keypad: three columns of digits, and a column of what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Key, Kind
from screens.keys import Button, digit
from screens.theme import NAV, Theme
from screens.words import Words


class Keypad(QWidget):
    """``extra``: the character left of the nought, "" for none. ``go`` is the primary key, the caller opens it.

    ``aside``: a key of the caller's that takes the lower half of the primary one's place.
    ``tall``: the height of a key, where the page has less room than others. ``order``: the ten digits, the nought's
    place last.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    done = Signal()

    def __init__(
        self,
        theme: Theme,
        into: Callable[[Words], str],
        extra: str = "",
        aside: Button | None = None,
        tall: int | None = None,
        order: str = "1234567890",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tall = tall or ((102 if theme.elder else 120) if theme.reach else 132)
        self._cells: list[tuple[Key, int, int, int]] = []
        for at, name in enumerate((*order[:9], extra, order[9])):
            if name:
                press = digit(theme, f"digit:{name}", name)
                press.clicked.connect(partial(self._type, name))
                self._cells.append((press, at // 3, at % 3, 1))
        erase = Button(theme, "erase", "", "delete", Kind.QUIET, height=82, padding=8)
        erase.setAccessibleName(into(say.ERASE))
        erase.clicked.connect(self._erase)
        clear = Button(theme, "clear", into(say.CLEAR), kind=Kind.QUIET, face=NAV, height=82, padding=8)
        clear.clicked.connect(self._clear)
        self.go = Button(theme, "primary", into(say.NEXT), kind=Kind.PRIMARY, face=NAV, height=82, padding=8)
        self.go.clicked.connect(self._done)
        self._cells += [(erase, 0, 3, 1), (clear, 1, 3, 1), (self.go, 2, 3, 1 if aside else 2)]
        if aside:
            self._cells.append((aside, 3, 3, 1))
        for key, *_ in self._cells:
            key.setParent(self)

    def _type(self, char: str, *_: object) -> None:
        self.typed.emit(char)

    def _erase(self) -> None:
        self.erased.emit()

    def _clear(self) -> None:
        self.cleared.emit()

    def _done(self) -> None:
        self.done.emit()

    def heightForWidth(self, width: int) -> int:
        return 4 * self._theme.px(self._tall) + 3 * self._theme.px(14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        gap, tall = self._theme.px(14), self._theme.px(self._tall)
        column = (self.width() - 3 * gap) / 4
        for key, row, at, span in self._cells:
            left = round(at * (column + gap))
            key.setGeometry(left, row * (tall + gap), round(column), tall * span + gap * (span - 1))
