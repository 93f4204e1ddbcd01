"""The strip of modes at the foot of the frame: how everything is shown, and help."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.key import Fill, Key, Kind
from screens.look import Display
from screens.theme import STRIP, Theme
from screens.typeset import draw, typeset


class StripKey(Key):
    """A cell of the strip: an icon over a word; filled where the mode is on."""

    def face_height(self, width: int) -> int:
        return self.theme.px(104)

    def fill(self) -> Fill:
        return Kind.PRIMARY.value if self.selected else Kind.QUIET.value

    def fits(self) -> bool:
        return typeset(self.title, STRIP, self.theme, self.width() - self.theme.px(4), 1).whole

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.selected or self.isDown()
        painter.fillRect(self.rect(), theme.colour("action" if self.selected else "soft" if self.isDown() else "sunk"))
        if self.hasFocus():
            inner = self._focus_ring(painter, self.rect())
            painter.fillRect(inner, theme.colour("action" if self.selected else "sunk"))
        role = "onaction" if self.selected else "ink"
        if not lit and self.x() > px(64):  # between two cells, not before the first
            edge = theme.px(theme.roles.stroke)
            painter.fillRect(0, px(32), edge, self.height() - px(64), theme.colour("line"))
        side = px(44)
        made = typeset(self.title, STRIP, theme, self.width() - px(4), 1)
        top = (self.height() - side - made.height - px(2)) // 2
        self.draw_icon(painter, self.icon_name, side, QPoint((self.width() - side) // 2, top), role)
        box = QRect(0, top + side + px(2), self.width(), made.height)
        draw(painter, made, box, theme.colour(role), Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class Strip(QWidget):
    """Language, elder mode, display, reach, reading aloud and help: on every screen.

    ``looked`` gives the look that a key asks for. A key for what this panel
    can't do is not there: reach on a wide (low) panel, reading aloud without a voice.
    """

    looked = Signal(object)
    helped = Signal()

    def __init__(self, theme: Theme, voice: bool) -> None:
        super().__init__()
        self._theme = theme
        look = theme.look
        wide = theme.landscape
        cells = (
            ("strip:language", say.LANGUAGE, "globe", replace(look, language=look.next_language()), False, True),
            ("strip:elder", say.ELDER, "type", replace(look, elder=not look.elder), look.elder, True),
            (
                "strip:display",
                say.DISPLAY,
                "contrast",
                replace(look, tone=look.next_tone()),
                look.tone is not Display.HALL,
                True,
            ),
            ("strip:reach", say.REACH, "panel-bottom", replace(look, reach=not look.reach), look.reach, not wide),
            ("strip:speak", say.SPEAK, "volume-2", replace(look, speak=not look.speak), look.speak, voice),
            ("strip:help", say.HELP, "phone", None, False, True),
        )
        self._keys: list[tuple[int, StripKey]] = []
        for at, (name, words, icon, wanted, on, there) in enumerate(cells):
            if not there:
                continue
            key = StripKey(theme, name, words.into(look.language), icon)
            key.setParent(self)
            key.select(on)
            key.clicked.connect(self._help if wanted is None else partial(self._want, wanted))
            self._keys.append((at, key))

    def _want(self, look: object, *_: object) -> None:
        self.looked.emit(look)

    def _help(self) -> None:
        self.helped.emit()

    def resizeEvent(self, event: object) -> None:
        side = self._theme.px(32 if not self._theme.landscape else 16)
        each = (self.width() - 2 * side) / 6
        for at, key in self._keys:
            key.setGeometry(round(side + at * each), 0, round(each), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunk"))
        if self._theme.roles.outlined:
            painter.fillRect(0, 0, self.width(), self._theme.px(4), self._theme.colour("edge"))
        painter.end()
