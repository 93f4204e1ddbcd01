"""What lies over the body for a moment: the question whether anybody is still there, and help."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say, say_maintenance
from screens.glyph import line
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, Panel, Rule, height_in
from screens.ring import Ring
from screens.stage import Stage
from screens.text import CENTRE, Text
from screens.theme import BIG_BUTTON, CAPTION, H1, H2, LEAD, Face
from screens.words import Words

END_NOW: Final = "end-now"


class Overlay(QWidget):
    """A scrim over everything, and a panel in it. A touch beside the panel is ``dismissed``."""

    dismissed = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.theme = stage, stage.theme
        self._panel: QWidget | None = None

    def say(self, words: Words) -> str:
        return words.into(self.theme.look.language)

    def put(self, panel: QWidget) -> None:
        self._panel = panel
        panel.setParent(self)

    def place(self, size: QRect, frame_top: int) -> None:
        """Cover the window; the panel stands in the middle, or in the lower half for a seated hand."""
        self.setGeometry(size)
        if self._panel is None:
            return
        px = self.theme.px
        width = min(size.width() - px(112), px(1200))
        tall = height_in(self._panel, width)
        top = max(frame_top, (size.height() - tall) // 2)
        if self.theme.reach:
            top = (
                max(px(980), size.height() - tall - px(24))
                if tall < size.height() - px(1004)
                else size.height() - tall - px(24)
            )
        self._panel.setGeometry((size.width() - width) // 2, top, width, tall)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor("#101418")
        scrim.setAlphaF(0.72)
        painter = QPainter(self)
        painter.fillRect(self.rect(), scrim)
        painter.end()


class StillThere(Overlay):
    """The visit is about to end: how long, what happens, and the key that goes on."""

    left = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        theme = self.theme
        self._ring = Ring(theme, 248, 20, Face(22.3, 22.3, True, 1.0))
        self._lead = Text(theme, "", LEAD, "ink2")
        asks, here, end_now = say.STILL_THERE, say.I_AM_HERE, say.END_NOW_CARD if stage.card_inside else say.END_NOW
        if stage.maintained:
            asks, here, end_now = say_maintenance.STILL_THERE, say_maintenance.I_AM_HERE, say_maintenance.END_NOW
        words = Down(theme, [Text(theme, self.say(asks), H1 if not theme.elder else H2), self._lead], gap=12)
        go = Button(theme, "still-here", self.say(here), "hand", Kind.PRIMARY, BIG_BUTTON, 160)
        go.clicked.connect(self.dismissed)
        end = Button(theme, END_NOW, self.say(end_now), "log-out", height=136)
        end.clicked.connect(self.left)
        hint = Text(theme, self.say(say.TOUCH_ANYWHERE), CAPTION, "ink2", CENTRE)
        top = Across(theme, (self._ring, words), (0, 1), 48, stretch=False)
        self._seconds, self._of = 20, 20
        self.show_left(20)
        self.put(Panel(theme, [top, go, end, hint], gap=28, padding=60, edge="action"))

    def show_left(self, seconds: int) -> None:
        self._ring.show_left(seconds, 20)
        told = say.ending_in(seconds, self.stage.card_inside)
        self._lead.say(self.say(say_maintenance.ending_in(seconds) if self.stage.maintained else told))


class Help(Overlay):
    """What to do when one is stuck: the desk, the hotline, and which machine this is."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        theme = self.theme
        rows = (
            ("map-pin", say.HELP_WINDOW, say.HELP_WINDOW_LINE),
            ("phone", say.HELP_CALL, say.HELP_CALL_LINE),
            ("circle-check", say.HELP_STAY, say.HELP_STAY_LINE),
        )
        lines: list[QWidget] = []
        for icon, title, below in rows[: 2 if theme.elder and theme.landscape else 3]:
            lines += [line(theme, icon, self.say(title), self.say(below), "action"), Rule(theme)]
        close = Button(theme, "help:close", self.say(say.HELP_CLOSE), "check", Kind.PRIMARY, BIG_BUTTON, 136)
        close.clicked.connect(partial(self._close))
        place = " · ".join(each for each in (self.say(stage.hall), self.say(stage.place)) if each)
        blocks: list[QWidget] = [
            Text(theme, self.say(say.HELP_TITLE), H1),
            Text(theme, place, LEAD, "ink2"),
            *lines,
            close,
        ]
        gap, padding = (20, 44) if theme.landscape else (28, 56)
        self.put(Panel(theme, blocks, gap, padding, edge="action"))

    def _close(self, *_: object) -> None:
        self.dismissed.emit()
