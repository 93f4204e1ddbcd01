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
    """``extra``: the character left of the nought, "" for none. ``go`` is the primary key, the caller opens it."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    done = Signal()

    def __init__(self, theme: Theme, into: Callable[[Words], str], extra: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._cells: list[tuple[Key, int, int, int]] = []
        for at, name in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", extra, "0")):
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
        self._cells += [(erase, 0, 3, 1), (clear, 1, 3, 1), (self.go, 2, 3, 2)]
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

    def _key(self) -> int:
        theme = self._theme
        return theme.px((102 if theme.elder else 120) if theme.reach else 132)

    def heightForWidth(self, width: int) -> int:
        return 4 * self._key() + 3 * self._theme.px(14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        gap, tall = self._theme.px(14), self._key()
        column = (self.width() - 3 * gap) / 4
        for key, row, at, span in self._cells:
            left = round(at * (column + gap))
            key.setGeometry(left, row * (tall + gap), round(column), tall * span + gap * (span - 1))
