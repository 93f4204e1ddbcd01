"""The frame that never moves: where its parts stand, its header, its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Kind
from screens.keys import Button
from screens.layout import height_in
from screens.mark import draw_mark
from screens.pages import Nav
from screens.ring import Ring
from screens.text import CENTRE, LEFT, RIGHT, Text
from screens.theme import CAPTION, CLOCK, CLOCK_BIG, HALL, NAV, PLACE, Theme
from screens.words import Words, same


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of the frame, in pixels of the window."""

    header: QRect
    body: QRect
    nav: QRect
    strip: QRect
    reach_line: int

    @classmethod
    def of(cls, theme: Theme, width: int, height: int, full: bool) -> Places:
        """``full``: no nav; the header is taller on an upright panel and the body reaches to the strip."""
        px = theme.px
        if theme.landscape:
            top, foot = px(112), px(128)
            header, body = QRect(0, 0, width, top), QRect(0, top, width, height - top - foot)
            nav = QRect(0, height - foot, px(1020), foot)
            strip = QRect(px(1020), height - foot, width - px(1020), foot)
            return cls(header, body, nav, strip, 0)
        top = px(196) if full else px(136)
        strip = QRect(0, height - px(128), width, px(128))
        nav = QRect(0, height - px(272), width, px(144))
        bottom = strip.top() if full else nav.top()
        return cls(QRect(0, 0, width, top), QRect(0, top, width, bottom - top), nav, strip, px(960) - top)


class Header(QWidget):
    """Mark, hall and machine on the left, clock and date on the right."""

    def __init__(self, theme: Theme, hero: bool, hall: str, place: str, time: str, date: str) -> None:
        super().__init__()
        self._theme, self._hero = theme, hero
        ink, ink2 = ("onhero", "hero2") if hero else ("ink", "ink2")
        clock = CLOCK_BIG if hero and not theme.landscape else CLOCK
        self._parts = [
            Text(theme, hall, HALL, ink, LEFT, 1),
            Text(theme, place, PLACE, ink2, LEFT, 1),
            Text(theme, time, clock, ink, RIGHT),
            Text(theme, date, PLACE, ink2, RIGHT),
        ]
        for part in self._parts:
            part.setParent(self)

    def set_clock(self, time: str, date: str) -> None:
        self._parts[2].say(time)
        self._parts[3].say(date)

    def resizeEvent(self, event: object) -> None:
        px = self._theme.px
        right = px(280)
        left = px(152)
        columns = (
            (self._parts[:2], left, self.width() - left - right - px(56 + 16)),
            (self._parts[2:], self.width() - px(56) - right, right),
        )
        for texts, x, width in columns:
            stand(texts, x, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("hero" if self._hero else "bg"))
        side = px(76)
        box = QRectF(px(56), (self.height() - side) / 2, side, side)
        draw_mark(painter, box, theme.colour("onhero" if self._hero else "ink"), theme.colour("lamp"))
        if not self._hero:
            stroke = px(theme.roles.stroke)
            painter.fillRect(0, self.height() - stroke, self.width(), stroke, theme.colour("line"))
        painter.end()


def stand(texts: Sequence[Text], x: int, width: int, tall: int) -> None:
    """Put lines under each other, in the middle of what is ``tall`` pixels."""
    heights = [height_in(text, width) for text in texts]
    y = (tall - sum(heights)) // 2
    for text, height in zip(texts, heights, strict=True):
        text.setGeometry(x, y, width, height)
        y += height


_NAV_KEYS = ((Nav.BACK, say.BACK, "arrow-left", 56, 204), (Nav.HOME, say.HOME, "house", 276, 204))


class NavBar(QWidget):
    """Back, home, countdown, end: always in this order, and what does not apply leaves its place empty."""

    pressed = Signal(object)

    def __init__(self, theme: Theme, nav: frozenset[Nav], card_inside: bool, pause: Words | None) -> None:
        super().__init__()
        self._theme = theme
        self._language = theme.look.language
        self._ring = Ring(theme)
        self._ring.setParent(self)
        self._until = Text(theme, self._say(say.UNTIL_END), PLACE, "ink2")
        self._until.setParent(self)
        self._pause = Text(theme, self._say(pause or same("")), CAPTION, "ink2", CENTRE)
        self._pause.setParent(self)
        self._keys: list[tuple[Button, int, int]] = []
        for which, words, icon, x, width in _NAV_KEYS:
            if which in nav:
                self._add(which, self._say(words), icon, x, width)
        if Nav.LEAVE in nav:
            words = say.LEAVE_CARD if card_inside else say.LEAVE
            self._add(Nav.LEAVE, self._say(words), "log-out", 728 if theme.landscape else 772, 252)
        self.count_down(None, 1)

    def _say(self, words: Words) -> str:
        return words.into(self._language)

    def _add(self, which: Nav, title: str, icon: str, x: int, width: int) -> None:
        key = Button(self._theme, f"nav:{which.value}", title, icon, Kind.QUIET, NAV, 96, padding=10, lines=1)
        key.setParent(self)
        key.clicked.connect(partial(self._press, which))
        self._keys.append((key, x, width))

    def _press(self, which: Nav, *_: object) -> None:
        self.pressed.emit(which)

    def count_down(self, seconds: int | None, of: int) -> None:
        for part in (self._ring, self._until):
            part.setVisible(seconds is not None)
        self._pause.setVisible(seconds is None and bool(self._pause.said()))
        if seconds is not None:
            self._ring.show_left(seconds, of)

    def resizeEvent(self, event: object) -> None:
        px = self._theme.px
        tall = px(96)
        top = (self.height() - tall) // 2
        for key, x, width in self._keys:
            key.setGeometry(px(x), top, px(width), tall)
        ring = px(84)
        elder = self._theme.elder and not self._theme.landscape
        x = px(496 if elder or self._theme.landscape else 524)
        self._ring.move(x, (self.height() - ring) // 2)
        words = px(140 if self._theme.landscape else 170 if self._theme.elder else 144)
        left = x + ring + px(12)
        height = height_in(self._until, words)
        self._until.setGeometry(left, (self.height() - height) // 2, words, height)
        side = px(56)
        height = height_in(self._pause, self.width() - 2 * side)
        self._pause.setGeometry(side, (self.height() - height) // 2, self.width() - 2 * side, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("bg"))
        painter.fillRect(0, 0, self.width(), self._theme.px(self._theme.roles.stroke), self._theme.colour("line"))
        painter.end()
