"""A key: the one thing on a screen that can be pressed, and the only thing with a lip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from screens.icons import icon
from screens.theme import TARGET_MM, Theme
from screens.typeset import Set, draw, plain


@dataclass(frozen=True, slots=True)
class Fill:
    """The colour roles of one sort of key."""

    face: str
    edge: str
    title: str
    line: str
    icon: str
    down: str


class Kind(Enum):
    PRIMARY = Fill("action", "press", "onaction", "onaction", "onaction", "press")
    SECONDARY = Fill("surface", "edge", "ink", "ink2", "action", "soft")
    QUIET = Fill("surface", "edge", "ink", "ink2", "ink", "soft")
    INVERSE = Fill("inverse", "inverselip", "oninverse", "oninverse", "oninverse", "inverse")


SELECTED: Final = Fill("soft", "action", "ink", "ink2", "action", "soft")
DISABLED: Final = Fill("sunk", "edge", "disabled", "ink2", "disabled", "sunk")


class Key(QAbstractButton):
    """The base of all keys: face, edge, lip, focus ring, pressed and disabled. Subclasses lay out the face.

    ``name`` is the object name: the answer the key gives, such as ``nav:back``.
    ``private``: its words are about a person, and never read aloud into the room.
    """

    private = False

    def __init__(self, theme: Theme, name: str, title: str, icon_name: str = "", line: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.kind = Kind.SECONDARY
        self.title, self.line, self.icon_name = plain(title), plain(line), icon_name
        self._selected = False
        self.setObjectName(name)
        self.setAccessibleName(self.title or name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def said(self) -> str:
        return "\n".join(part for part in (self.title, self.line) if part)

    def select(self, selected: bool) -> None:
        """Show the key as the chosen one, or not."""
        self._selected = selected
        self.setAccessibleDescription("selected" if selected else "")
        self.update()

    @property
    def selected(self) -> bool:
        return self._selected

    def fill(self) -> Fill:
        if not self.isEnabled():
            return DISABLED
        return SELECTED if self._selected else self.kind.value

    def face_height(self, width: int) -> int:
        """How tall the face must be for its content when the whole key is ``width`` wide."""
        raise NotImplementedError

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        raise NotImplementedError

    def fits(self) -> bool:
        return self.heightForWidth(self.width()) <= self.height()

    def heightForWidth(self, width: int) -> int:
        edges = self.theme.px(self.theme.roles.stroke + self.theme.roles.lip)
        return max(self.face_height(width) + edges, self.theme.mm(TARGET_MM))

    def sizeHint(self) -> QSize:
        width = self.theme.px(200)
        return QSize(width, self.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = self.fill()
        rect = self.rect()
        if self.hasFocus():
            rect = self._focus_ring(painter, rect)
        body = self._raised if self.isEnabled() else self._dashed
        self.paint_face(painter, body(painter, rect, fill), fill)
        painter.end()

    def _focus_ring(self, painter: QPainter, rect: QRect) -> QRect:
        """An ink ring and a focus ring inside the key's own edge, so that they need no room around it."""
        wide, thin = self.theme.px(10), self.theme.px(4)
        self._round(painter, rect, "ring", 14)
        self._round(painter, rect.adjusted(thin, thin, -thin, -thin), "focus", 12)
        return rect.adjusted(wide, wide, -wide, -wide)

    def _raised(self, painter: QPainter, rect: QRect, fill: Fill) -> QRect:
        roles, px = self.theme.roles, self.theme.px
        stroke = px(4) if self._selected else px(roles.stroke)
        lip = px(roles.lip)
        if self.isDown():
            rect = rect.adjusted(0, px(4), 0, 0)
            lip = stroke
        self._round(painter, rect, fill.edge, 12)
        face = rect.adjusted(stroke, stroke, -stroke, -lip)
        self._round(painter, face, fill.down if self.isDown() else fill.face, 10)
        return face

    def _dashed(self, painter: QPainter, rect: QRect, fill: Fill) -> QRect:
        stroke = self.theme.px(self.theme.roles.stroke)
        pen = QPen(self.theme.colour(fill.edge), stroke, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(self.theme.colour(fill.face))
        half = (stroke + 1) // 2
        radius = self.theme.px(11)
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        return rect.adjusted(stroke, stroke, -stroke, -stroke)

    def _round(self, painter: QPainter, rect: QRect, role: str, radius: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(role))
        painter.drawRoundedRect(rect, self.theme.px(radius), self.theme.px(radius))

    def colour(self, role: str) -> QColor:
        return self.theme.colour(role)

    def draw_icon(self, painter: QPainter, name: str, px: int, at: QPoint, role: str) -> None:
        painter.drawPixmap(at, icon(name, px, getattr(self.theme.roles, role)))

    def draw_text(self, painter: QPainter, made: Set, x: int, y: int, width: int, role: str) -> None:
        draw(painter, made, QRect(x, y, width, made.height), self.colour(role), Qt.AlignmentFlag.AlignLeft)
