"""The keys by their shape: button, tile, row, rail and keypad."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent

from screens.chip import Tag, draw_tag, tag_size
from screens.key import Fill, Key, Kind
from screens.theme import BIG_BUTTON, BODY, BUTTON, CAPTION, H2, LEAD, LEAD_BOLD, Face, Theme
from screens.typeset import draw, typeset
from screens.words import Language


class Button(Key):
    """Icon and words in the middle. ``trailing``: the icon stands behind the words, as an arrow does."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        icon_name: str = "",
        kind: Kind = Kind.SECONDARY,
        face: Face = BUTTON,
        height: int = 112,
        trailing: bool = False,
        padding: int = 24,
        lines: int = 2,
    ) -> None:
        super().__init__(theme, name, title, icon_name)
        self._lines = lines
        self.kind, self._face, self._trailing = kind, face, trailing
        self._height = theme.px(max(height, 136) if theme.elder and height >= 112 else height)
        self._padding = theme.px(padding)
        self._icon_px = theme.px(44 if face is not BIG_BUTTON else 52) if icon_name else 0
        self._gap = theme.px(16) if icon_name and title else 0

    def _words(self, width: int) -> int:
        return width - 2 * self._padding - self._icon_px - self._gap

    def face_height(self, width: int) -> int:
        edges = self.theme.px(self.theme.roles.stroke + self.theme.roles.lip)
        made = typeset(self.title, self._face, self.theme, self._words(width), self._lines)
        return max(self._height - edges, made.height + self.theme.px(8))

    def sizeHint(self) -> QSize:
        made = typeset(self.title, self._face, self.theme, 100_000)
        width = int(made.width) + 4 + 2 * self._padding + self._icon_px + self._gap
        return QSize(width, self.heightForWidth(width))

    def fits(self) -> bool:
        made = typeset(self.title, self._face, self.theme, self._words(self.width()), self._lines)
        return made.whole and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        made = typeset(self.title, self._face, self.theme, self._words(self.width()), self._lines)
        wide = int(made.width) + 2 if self.title else 0
        x = face.center().x() - (wide + self._icon_px + self._gap) // 2
        words_at = x if self._trailing or not self.icon_name else x + self._icon_px + self._gap
        icon_at = words_at + wide + self._gap if self._trailing else x
        middle = face.center().y() + 1
        if self.icon_name:
            at = QPoint(icon_at, middle - self._icon_px // 2)
            self.draw_icon(painter, self.icon_name, self._icon_px, at, fill.icon)
        box = QRect(words_at, middle - made.height // 2, wide, made.height)
        align = (
            Qt.AlignmentFlag.AlignHCenter if len(made.lines) > 1 and not self.icon_name else Qt.AlignmentFlag.AlignLeft
        )
        draw(painter, made, box, self.colour(fill.title), align)


class Tile(Key):
    """Icon above, title and one line below; a chip at the top where it is closed or offline."""

    def __init__(
        self, theme: Theme, name: str, title: str, icon_name: str, line: str = "", tag: Tag | None = None
    ) -> None:
        super().__init__(theme, name, title, icon_name, "" if theme.reach else line)
        self._tag = tag
        self._nominal = theme.px(172 if theme.reach else 196 if theme.landscape else 224)

    def said(self) -> str:
        return super().said() + (f"\n{self._tag.text}" if self._tag else "")

    def _icon_px(self) -> int:
        return self.theme.px(44 if self._tag and not self._tag.icon else 52 if self.theme.reach else 64)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long word on the chip takes the place of its icon and of some of the tile's."""
        room = self.width() - 2 * self._pad() - self._icon_px() - self.theme.px(8)
        if self._tag and tag_size(self.theme, self._tag).width() > room:
            self._tag = replace(self._tag, icon="")

    def _pad(self) -> int:
        return self.theme.px(24)

    def face_height(self, width: int) -> int:
        px, inner = self.theme.px, width - 2 * self._pad()
        edges = px(self.theme.roles.stroke + self.theme.roles.lip)
        title = typeset(self.title, BUTTON, self.theme, inner, 2).height
        line = typeset(self.line, CAPTION, self.theme, inner, 2).height if self.line else 0
        need = px(20) + self._icon_px() + px(10) + title + line + px(16)
        return max(self._nominal - edges, need)

    def fits(self) -> bool:
        inner = self.width() - 2 * self._pad()
        whole = all(
            typeset(text, at, self.theme, inner, 2).whole for text, at in ((self.title, BUTTON), (self.line, CAPTION))
        )
        room = inner - self._icon_px() - self.theme.px(8)
        return whole and super().fits() and (self._tag is None or tag_size(self.theme, self._tag).width() <= room)

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        px, pad = self.theme.px, self._pad()
        inner = self.width() - 2 * pad
        top = face.top() + px(22)
        self.draw_icon(painter, self.icon_name, self._icon_px(), QPoint(pad, top), fill.icon)
        if self._tag:
            wide = tag_size(self.theme, self._tag).width()
            draw_tag(painter, self.theme, self._tag, QPoint(self.width() - pad - wide, top))
        line = typeset(self.line, CAPTION, self.theme, inner, 2)
        title = typeset(self.title, BUTTON, self.theme, inner, 2)
        y = face.bottom() - px(16) - title.height - (line.height if self.line else 0)
        self.draw_text(painter, title, pad, y, inner, fill.title)
        if self.line:
            self.draw_text(painter, line, pad, y + title.height, inner, fill.line)


class Row(Key):
    """A line of a list: icon, title, one line, and a chevron or a chip at the end."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        icon_name: str = "",
        line: str = "",
        tag: Tag | None = None,
        height: int = 120,
    ) -> None:
        super().__init__(theme, name, title, icon_name, line)
        self._tag = tag
        self._face = BIG_BUTTON if theme.elder else LEAD_BOLD
        self._nominal = theme.px(max(184, height) if theme.elder and not theme.reach else height)

    def said(self) -> str:
        return super().said() + (f"\n{self._tag.text}" if self._tag else "")

    def tag(self, tag: Tag | None) -> None:
        self._tag = tag
        self.update()

    def _icon_px(self) -> int:
        return self.theme.px(92 if self.theme.elder and not self.theme.reach else 52)

    def _left(self) -> int:
        px = self.theme.px
        return px(30) + self._icon_px() + px(28) if self.icon_name else px(28)

    def _right(self) -> int:
        px = self.theme.px
        return px(28) + (tag_size(self.theme, self._tag).width() + px(16) if self._tag else px(52))

    def _inner(self) -> int:
        return self.width() - self._left() - self._right()

    def face_height(self, width: int) -> int:
        inner = width - self._left() - self._right()
        title = typeset(self.title, self._face, self.theme, inner, 2).height
        line = typeset(self.line, CAPTION, self.theme, inner, 2).height if self.line else 0
        edges = self.theme.px(self.theme.roles.stroke + self.theme.roles.lip)
        return max(self._nominal - edges, title + line + self.theme.px(24))

    def fits(self) -> bool:
        inner = self._inner()
        texts = ((self.title, self._face), (self.line, CAPTION))
        return all(typeset(text, at, self.theme, inner, 2).whole for text, at in texts) and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        px, middle, inner = self.theme.px, face.center().y() + 1, self._inner()
        if self.icon_name:
            at = QPoint(px(30), middle - self._icon_px() // 2)
            self.draw_icon(painter, self.icon_name, self._icon_px(), at, fill.icon)
        title = typeset(self.title, self._face, self.theme, inner, 2)
        line = typeset(self.line, CAPTION, self.theme, inner, 2)
        y = middle - (title.height + (line.height if self.line else 0)) // 2
        self.draw_text(painter, title, self._left(), y, inner, fill.title)
        if self.line:
            self.draw_text(painter, line, self._left(), y + title.height, inner, fill.line)
        if self._tag:
            size = tag_size(self.theme, self._tag)
            at = QPoint(self.width() - px(28) - size.width(), middle - size.height() // 2)
            draw_tag(painter, self.theme, self._tag, at)
        else:
            at = QPoint(self.width() - px(30 + 44), middle - px(22))
            self.draw_icon(painter, "chevron-right", px(44), at, fill.line)


class Rail(Key):
    """A life stage or department at the side of a list."""

    def __init__(self, theme: Theme, name: str, title: str, icon_name: str) -> None:
        super().__init__(theme, name, title, icon_name)
        self.kind = Kind.SECONDARY

    def _left(self) -> int:
        return self.theme.px(22 + 44 + 14)

    def _made(self, width: int) -> tuple[Face, int]:
        face = LEAD if self.theme.look.language is Language.ZH else BODY
        return (face.bolder() if self.selected else face), width - self._left() - self.theme.px(10)

    def face_height(self, width: int) -> int:
        face, inner = self._made(width)
        return typeset(self.title, Face(face.mm, face.elder_mm, face.bold, 1.15), self.theme, inner, 2).height

    def fits(self) -> bool:
        face, inner = self._made(self.width())
        return typeset(self.title, face, self.theme, inner, 2).whole and super().fits()

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        letters, inner = self._made(self.width())
        made = typeset(self.title, Face(letters.mm, letters.elder_mm, letters.bold, 1.15), self.theme, inner, 2)
        middle = face.center().y() + 1
        px = self.theme.px(44)
        role = "action" if self.selected else "ink2"
        self.draw_icon(painter, self.icon_name, px, QPoint(self.theme.px(22), middle - px // 2), role)
        ink = "action" if self.selected else fill.title
        self.draw_text(painter, made, self._left(), middle - made.height // 2, inner, ink)


def digit(theme: Theme, name: str, title: str) -> Button:
    """A key of the keypad."""
    return Button(theme, name, title, face=H2, height=88 if theme.reach else 104, padding=8)
