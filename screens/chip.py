"""A chip: an icon and a word that tell how something stands. It can't be pressed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.icons import icon
from screens.layout import ground
from screens.theme import CHIP, Theme
from screens.typeset import draw, plain, typeset


class ChipKind(Enum):
    """Text role and ground role."""

    OK = ("ok", "oksoft")
    WARN = ("warn", "warnsoft")
    BAD = ("bad", "badsoft")
    NEUTRAL = ("ink2", "sunk")
    ACT = ("action", "soft")
    ON = ("onaction", "action")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a chip says."""

    text: str
    icon: str
    kind: ChipKind = ChipKind.NEUTRAL


def tag_size(theme: Theme, tag: Tag) -> QSize:
    made = typeset(tag.text, CHIP, theme, 100_000)
    left = theme.px(34 + 10) if tag.icon else 0
    return QSize(int(made.width) + 2 + left + theme.px(36), theme.px(60 if theme.elder else 52))


def draw_tag(painter: QPainter, theme: Theme, tag: Tag, at: QPoint) -> None:
    """Draw the chip with its top left corner at ``at``."""
    ink, field = tag.kind.value
    rect = QRect(at, tag_size(theme, tag))
    ground(painter, theme, rect, field, radius=8)
    if theme.roles.outlined and tag.kind is not ChipKind.ON:
        painter.setPen(QPen(theme.colour(ink), theme.px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), theme.px(8), theme.px(8))
    x = rect.left() + theme.px(18)
    if tag.icon:
        px = theme.px(34)
        pixmap = icon(tag.icon, px, getattr(theme.roles, ink))
        painter.drawPixmap(x, rect.center().y() - px // 2 + 1, pixmap)
        x += px + theme.px(10)
    made = typeset(tag.text, CHIP, theme, 100_000)
    box = QRect(x, rect.top() + (rect.height() - made.height) // 2, rect.right() - x, made.height)
    draw(painter, made, box, theme.colour(ink), Qt.AlignmentFlag.AlignLeft)


class Chip(QWidget):
    """A chip as a block of its own."""

    def __init__(self, theme: Theme, tag: Tag) -> None:
        super().__init__()
        self._theme, self._tag = theme, tag
        self.setAccessibleName(plain(tag.text))

    def said(self) -> str:
        return plain(self._tag.text)

    def sizeHint(self) -> QSize:
        return tag_size(self._theme, self._tag)

    def heightForWidth(self, width: int) -> int:
        return self.sizeHint().height()

    def fits(self) -> bool:
        need = self.sizeHint()
        return need.width() <= self.width() and need.height() <= self.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_tag(painter, self._theme, self._tag, QPoint(0, (self.height() - self.sizeHint().height()) // 2))
        painter.end()
