"""A field that shows what was typed, a caret behind it, and how many characters there are and may be."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.theme import CAPTION, H2, H3, LEAD_BOLD, Theme
from screens.typeset import Set, draw, typeset

_FACES = (H2, H3, LEAD_BOLD)


class Field(QWidget):
    """``most``: how many characters it can hold. Wide ones are set smaller, so that all of them are seen.

    Not an input of Qt's: no clipboard, no input method, no undo. Never read aloud into the room.
    """

    private = True

    def __init__(self, theme: Theme, most: int) -> None:
        super().__init__()
        self._theme, self._most = theme, most
        self._shown, self._count = "", 0

    def said(self) -> str:
        return f"{self._shown} {self._count}/{self._most}"

    def put(self, shown: str, count: int) -> None:
        """Show ``shown``, which stands for ``count`` characters."""
        self._shown, self._count = shown, count
        self.setAccessibleName(self.said())
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(124 if self._theme.elder else 108)

    def _room(self) -> int:
        count = typeset(f"{self._most}/{self._most}", CAPTION, self._theme, 10_000)
        return self.width() - self._theme.px(32 + 6 + 5 + 16 + 32) - int(count.width)

    def _set(self) -> Set:
        made = [typeset(self._shown, face, self._theme, 10_000) for face in _FACES]
        return next((each for each in made if each.width <= self._room()), made[-1])

    def fits(self) -> bool:
        return self._set().width <= self._room()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("action"), px(6)))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), px(12), px(12))
        made = self._set()
        middle = self.height() // 2
        box = QRect(px(32), middle - made.height // 2, self.width(), made.height)
        draw(painter, made, box, theme.colour("ink"), Qt.AlignmentFlag.AlignLeft)
        x = px(32) + round(made.width) + px(6)
        painter.fillRect(x, middle - px(32), px(5), px(64), theme.colour("action"))
        count = typeset(f"{self._count}/{self._most}", CAPTION, theme, 10_000)
        right = self.rect().adjusted(0, middle - count.height // 2, -px(32), 0)
        draw(painter, count, right, theme.colour("ink2"), Qt.AlignmentFlag.AlignRight)
        painter.end()
