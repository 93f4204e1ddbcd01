"""Capital letters and digits by touch, all at once or, where keys must be larger, letters and digits in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Key, Kind
from screens.keys import Button
from screens.theme import H2, TARGET_MM, Theme
from screens.words import Words

GAP: Final = 10
_AT_ONCE: Final = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_LETTERS: Final = ("ABCDEFG", "HIJKLMN", "OPQRSTU", "VWXYZ")
_DIGITS: Final = ("123", "456", "789", "0")
_INDENT: Final = {"ASDFGHJKL": 0.5, "ZXCVBNM": 1.0, "0": 1.0}
"""Columns that a row begins further in."""


def at_once(theme: Theme, width: int) -> bool:
    """Whether ten keys beside each other are large enough for a finger; large type has larger ones."""
    return not theme.elder and 10 * theme.mm(TARGET_MM) + 9 * theme.px(GAP) <= width


class Keyboard(QWidget):
    """``only``: the letters that can be pressed. ``letters``: of two turns the letters' one; None: all at once.

    The order is that of a telephone's keyboard where all are seen, else that of the alphabet.
    """

    typed = Signal(str)
    erased = Signal()

    def __init__(
        self, theme: Theme, into: Callable[[Words], str], only: str, letters: bool | None, tall: int = 104
    ) -> None:
        super().__init__()
        self._theme, self._tall = theme, tall
        rows = _AT_ONCE if letters is None else _LETTERS if letters else _DIGITS
        self._columns = len(rows[0])
        self._cells = list(self._of(rows, only))
        erase = Button(theme, "erase", "", "delete", Kind.QUIET, height=82, padding=8)
        erase.setAccessibleName(into(say.ERASE))
        erase.clicked.connect(self._erase)
        free = _INDENT.get(rows[-1], 0.0) + len(rows[-1])
        self._cells.append((erase, len(rows) - 1, free, self._columns - free))
        for key, *_ in self._cells:
            key.setParent(self)

    def _of(self, rows: tuple[str, ...], only: str) -> Iterator[tuple[Key, int, float, float]]:
        """Each key with its row, its column and how many columns it takes."""
        for at, row in enumerate(rows):
            for column, char in enumerate(row):
                name = f"{'digit' if char.isdigit() else 'letter'}:{char}"
                press = Button(self._theme, name, char, face=H2, height=82, padding=8)
                press.setEnabled(char.isdigit() or char in only)
                press.clicked.connect(partial(self._type, char))
                yield press, at, column + _INDENT.get(row, 0.0), 1.0

    def _type(self, char: str, *_: object) -> None:
        self.typed.emit(char)

    def _erase(self) -> None:
        self.erased.emit()

    def heightForWidth(self, width: int) -> int:
        return 4 * self._theme.px(self._tall) + 3 * self._theme.px(GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        gap, tall = self._theme.px(GAP), self._theme.px(self._tall)
        column = (self.width() + gap) / self._columns
        for key, row, at, span in self._cells:
            left, right = round(at * column), round((at + span) * column) - gap
            key.setGeometry(left, row * (tall + gap), right - left, tall)
