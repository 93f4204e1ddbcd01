"""The tile of a deed on the first page: an icon above its words, or beside them where the panel is low."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from screens.key import Fill, Key
from screens.theme import CAPTION, NAV, Face, Theme
from screens.typeset import Set, typeset

_TALL, _LOW, _ICON, _PADDING = 130, 88, 44, 20
_LINES = 3


class DeedTile(Key):
    """``line`` says why it is closed, where it is."""

    def __init__(self, theme: Theme, name: str, title: str, icon_name: str, line: str = "") -> None:
        super().__init__(theme, name, title, icon_name, line)
        self._beside = theme.landscape

    def _left(self) -> int:
        return self.theme.px(_PADDING + (_ICON + 12 if self._beside else 0))

    def _made(self, width: int) -> tuple[Set, Set]:
        inner = width - self._left() - self.theme.px(_PADDING - 8)
        return self._set(self.title, NAV, inner), self._set(self.line, CAPTION, inner)

    def _set(self, text: str, face: Face, width: int) -> Set:
        made = typeset(text, face, self.theme, width, 2)
        return made if made.whole else typeset(text, face, self.theme, width, _LINES)

    def _words(self, made: tuple[Set, Set]) -> int:
        title, line = made
        return title.height + (line.height if self.line else 0)

    def face_height(self, width: int) -> int:
        px, words = self.theme.px, self._words(self._made(width))
        edges = px(self.theme.roles.stroke + self.theme.roles.lip)
        if self._beside:
            return max(px(_LOW) - edges, words + px(4))
        return max(px(_TALL) - edges, px(18 + _ICON + 6) + words + px(14))

    def fits(self) -> bool:
        return all(made.whole for made in self._made(self.width())) and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        px, made = self.theme.px, self._made(self.width())
        middle, words = face.center().y() + 1, self._words(made)
        if self._beside:
            icon_at, y = middle - px(_ICON) // 2, middle - words // 2
        else:
            icon_at, y = face.top() + px(18), face.bottom() - px(14) - words
        self.draw_icon(painter, self.icon_name, px(_ICON), QPoint(px(_PADDING), icon_at), fill.icon)
        title, line = made
        self.draw_text(painter, title, self._left(), y, self.width(), fill.title)
        if self.line:
            self.draw_text(painter, line, self._left(), y + title.height, self.width(), fill.line)
