"""A key that opens the page of a failure code."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter

from screens.key import Fill, Key, Kind
from screens.theme import CAPTION, Theme
from screens.typeset import Set, typeset

_PADDING, _GAP, _CHEVRON = 16, 12, 34
_LINES = 5


class CodeKey(Key):
    """What is wrong in words, "" for none, and the code in bold at the end; ``code:<code>`` is its name."""

    def __init__(self, theme: Theme, code: str, words: str = "") -> None:
        super().__init__(theme, f"code:{code}", code, "", words)
        self.kind = Kind.QUIET

    def said(self) -> str:
        return "\n".join(part for part in (self.line, self.title) if part)

    def _code(self) -> Set:
        return typeset(self.title, CAPTION.bolder(), self.theme, 100_000)

    def _end(self) -> int:
        """The width of the code and of the arrow behind it."""
        return int(self._code().width) + 2 + self.theme.px(4 + _CHEVRON)

    def _words(self, width: int) -> Set:
        px = self.theme.px
        return typeset(self.line, CAPTION, self.theme, width - self._end() - px(2 * _PADDING + _GAP), _LINES)

    def sizeHint(self) -> QSize:
        width = self._end() + self.theme.px(2 * _PADDING)
        return QSize(width, self.heightForWidth(width))

    def face_height(self, width: int) -> int:
        return max(self._words(width).height if self.line else 0, self._code().height)

    def fits(self) -> bool:
        whole = self._words(self.width()).whole if self.line else self.sizeHint().width() <= self.width()
        return whole and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        px, middle = self.theme.px, face.center().y() + 1
        code = self._code()
        chevron = self.width() - px(_PADDING - 4 + _CHEVRON)
        self.draw_icon(painter, "chevron-right", px(_CHEVRON), QPoint(chevron, middle - px(_CHEVRON) // 2), fill.line)
        x = chevron - px(4) - int(code.width)
        self.draw_text(painter, code, x, middle - code.height // 2, int(code.width) + 2, fill.title)
        if self.line:
            words = self._words(self.width())
            self.draw_text(painter, words, px(_PADDING), middle - words.height // 2, x, fill.title)


INSET = _PADDING
"""How far words stand inside the key, for words above and below that are in none."""
