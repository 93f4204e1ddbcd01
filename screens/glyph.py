"""Small things that stand before a line: an icon, a number in a circle, the state of a step."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.icons import icon
from screens.layout import Across, Down
from screens.pages import Step
from screens.text import Text
from screens.theme import BODY, CAPTION, LEAD_BOLD, Face, Theme
from screens.typeset import draw, typeset


class Glyph(QWidget):
    """An icon as a block."""

    def __init__(self, theme: Theme, name: str, units: int = 44, role: str = "ink2") -> None:
        super().__init__()
        self._theme, self._name, self._px, self._role = theme, name, theme.px(units), role

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def heightForWidth(self, width: int) -> int:
        return self._px

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = QPoint((self.width() - self._px) // 2, (self.height() - self._px) // 2)
        painter.drawPixmap(at, icon(self._name, self._px, getattr(self._theme.roles, self._role)))
        painter.end()


class Count(QWidget):
    """A number in a circle: ``solid`` for the step to do now."""

    def __init__(self, theme: Theme, number: int, solid: bool = False, units: int = 60) -> None:
        super().__init__()
        self._theme, self._number, self._solid, self._px = theme, number, solid, theme.px(units)

    def said(self) -> str:
        return str(self._number)

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def heightForWidth(self, width: int) -> int:
        return self._px

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._theme.roles.outlined and not self._solid:
            painter.setPen(QPen(self._theme.colour("action"), 4))
        painter.setBrush(self._theme.colour("action" if self._solid else "soft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        face = Face(LEAD_BOLD.mm, LEAD_BOLD.mm, True, 1.0)
        made = typeset(str(self._number), face, self._theme, self._px)
        box = self.rect().adjusted(0, (self.height() - made.height) // 2, 0, 0)
        role = "onaction" if self._solid else "action"
        draw(painter, made, box, self._theme.colour(role), Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class StepMark(QWidget):
    """How far a step is: a filled tick, a ring with the icon of the work, an empty ring."""

    def __init__(self, theme: Theme, step: Step, work: str = "printer", units: int = 72) -> None:
        super().__init__()
        self._theme, self._step, self._work, self._px = theme, step, work, theme.px(units)
        self.setAccessibleName(step.value)

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def heightForWidth(self, width: int) -> int:
        return self._px

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        inner, name, role = px(40), "", ""
        if self._step is Step.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ok"))
            painter.drawEllipse(box)
            name, role, inner = "check", "bg", self._px * 2 // 3
        else:
            now = self._step is Step.NOW
            painter.setPen(QPen(theme.colour("action" if now else "edge"), px(6 if now else 4)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)
            name, role = (self._work, "action") if now else ("", "")
        if name:
            at = QPoint((self.width() - inner) // 2, (self.height() - inner) // 2)
            painter.drawPixmap(at, icon(name, inner, getattr(theme.roles, role)))
        painter.end()


def line(
    theme: Theme, icon_name: str, title: str, below: str = "", role: str = "ink2", private: bool = False
) -> Across:
    """An icon, a line, and a smaller line under it; to be looked at, not pressed."""
    words: list[QWidget] = [Text(theme, title, LEAD_BOLD if below else BODY, private=private)]
    if below:
        words.append(Text(theme, below, CAPTION, "ink2", private=private))
    return Across(theme, (Glyph(theme, icon_name, role=role), Down(theme, words, gap=2)), (0, 1), 28, stretch=False)
