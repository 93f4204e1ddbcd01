"""What the dock shows and nobody presses: the band at its top, the hall's tickets, the log."""

from __future__ import annotations

from collections import deque
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens.chip import ChipKind, Tag, draw_tag, tag_size
from screens.mark import draw_mark
from screens.text import LEFT, Text
from screens.theme import BODY, CAPTION, H2, Face, Theme, font
from tests.dock.documents import Document
from tests.dock.seen import Waiting

CAPTION_BOLD: Final = CAPTION.bolder()
BODY_BOLD: Final = BODY.bolder()

STATES: Final = {
    "waiting": ChipKind.NEUTRAL,
    "called": ChipKind.OK,
    "held": ChipKind.ACT,
    "absent": ChipKind.WARN,
    "cancelled": ChipKind.BAD,
    "merged": ChipKind.WARN,
}
WHO: Final = {"hand": "ink", "kiosk": "action", "hall": "ok", "printer": "warn", "phone": "ink2"}
"""The colour role of everybody who has lines in the log."""


def line(painter: QPainter, theme: Theme, text: str, face: Face, box: QRect, role: str) -> int:
    """One line in the middle of ``box``, cut off with an ellipsis where it is too long; the width it took."""
    letters = font(theme.size(face), face.bold)
    metrics = QFontMetricsF(letters)
    said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(letters)
    painter.setPen(theme.colour(role))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | LEFT, said)
    return round(metrics.horizontalAdvance(said))


class Band(QWidget):
    """The house mark, what this window is, and one line of how it stands."""

    def __init__(self, theme: Theme, title: str, about: str) -> None:
        super().__init__()
        self._theme, self._title, self._about = theme, title, about

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(136)

    def paintEvent(self, event: QPaintEvent) -> None:
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("hero"))
        mark = QRectF(px(32), px(32), px(72), px(72))
        draw_mark(painter, mark, theme.colour("onhero"), theme.colour("lamp"))
        wide = self.width() - px(128 + 32)
        line(painter, theme, self._title, H2, QRect(px(128), px(10), wide, px(76)), "onhero")
        line(painter, theme, self._about, CAPTION, QRect(px(128), px(82), wide, px(40)), "hero2")
        painter.end()


class Printed(Text):
    """What lies in the card reader, what it is worth, and what the kiosk asks for; always two lines."""

    NOTHING: Final = "A passport opens with what is printed in it:\ntype it at the kiosk, or scan its lines."

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.NOTHING, CAPTION, "ink2", most_lines=2)

    def follow(self, lies: Document | None) -> None:
        said = self.NOTHING if lies is None else f"{lies.about}\n{lies.printed or 'Nothing is asked for.'}"
        if said != self.said():
            self.say(said)


class Tickets(QWidget):
    """The hall's tickets, the newest at the foot."""

    ROWS: Final = 5

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tickets: tuple[Waiting, ...] = ()

    def show_tickets(self, tickets: tuple[Waiting, ...]) -> None:
        if tickets != self._tickets:
            self._tickets = tickets
            self.update()

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(92 * self.ROWS)

    def paintEvent(self, event: QPaintEvent) -> None:
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        if not self._tickets:
            line(painter, theme, "Nobody has a ticket.", CAPTION, QRect(0, 0, self.width(), px(52)), "ink2")
        for row, ticket in enumerate(self._tickets[-self.ROWS :]):
            top = px(92 * row)
            tag = Tag(ticket.state, "", STATES.get(ticket.state, ChipKind.NEUTRAL))
            wide = self.width() - tag_size(theme, tag).width()
            used = line(painter, theme, ticket.number, BODY_BOLD, QRect(0, top, wide, px(48)), "ink") + px(16)
            line(painter, theme, ticket.whose, CAPTION, QRect(used, top, wide - used, px(48)), "ink2")
            line(painter, theme, ticket.matters, CAPTION, QRect(0, top + px(44), wide - px(12), px(40)), "ink2")
            from_top = QRect(wide, top + px(14), 0, 0).topLeft()
            draw_tag(painter, theme, tag, from_top)
        painter.end()


class Log(QWidget):
    """What happened, the newest at the foot."""

    KEPT: Final = 60

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: deque[tuple[str, str, str]] = deque(maxlen=self.KEPT)

    def add(self, time: str, who: str, what: str) -> None:
        self.lines.append((time, who, what))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        high = px(38)
        shown = list(self.lines)[-max(1, self.height() // high) :]
        for row, (time, who, what) in enumerate(shown):
            top = row * high
            line(painter, theme, time, CAPTION, QRect(0, top, px(112), high), "ink2")
            line(painter, theme, who, CAPTION_BOLD, QRect(px(118), top, px(100), high), WHO[who])
            line(painter, theme, what, CAPTION, QRect(px(228), top, self.width() - px(228), high), "ink")
        painter.end()
