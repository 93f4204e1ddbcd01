"""Volume and brightness, a step at a time."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.glyph import Glyph, line
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Panel
from screens.maintenance import samples
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import LEVELS, Adjust
from screens.screen import Samples
from screens.spread import SECTION
from screens.text import RIGHT, Text
from screens.theme import BUTTON, H3, Theme
from screens.words import Words


class Bar(QWidget):
    """A segment for each level; those up to ``level`` are filled."""

    def __init__(self, theme: Theme, level: int) -> None:
        super().__init__()
        self._theme, self._level = theme, level

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(56)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = px(8)
        wide = (self.width() - gap * (LEVELS - 1)) / LEVELS
        for at in range(LEVELS):
            box = QRectF(at * (wide + gap), 0, wide, self.height()).adjusted(1, 1, -1, -1)
            filled = at < self._level
            painter.setPen(Qt.PenStyle.NoPen if filled else QPen(theme.colour("edge"), px(2)))
            painter.setBrush(theme.colour("action") if filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, px(6), px(6))
        painter.end()


class AdjustScreen(MaintenanceScreen[Adjust]):
    """A panel each; every press is an answer, so that it is heard or seen at once."""

    SAMPLES: ClassVar[Samples] = {"both": samples.ADJUST, "sound": samples.ADJUST_SOUND}

    def build(self, page: Adjust) -> None:
        theme = self.theme
        self.top(say.ADJUST)
        self.touch(self._slider("volume", say.VOLUME, "volume-2", page.volume), 0)
        if page.brightness is None:
            told = line(theme, "sun", self.say(say.NO_BRIGHTNESS))
            self.see(Panel(theme, [told], padding=36), SECTION)
        else:
            self.touch(self._slider("brightness", say.BRIGHTNESS, "sun", page.brightness), SECTION)
        back = Button(theme, "back", self.say(say.RETURN), "arrow-left", Kind.SECONDARY, BUTTON)
        self.foot(self.wire(back, "back"))

    def _slider(self, name: str, label: Words, icon: str, level: int) -> Panel:
        theme = self.theme
        value = Text(theme, f"{level} / {LEVELS}", H3, "ink", RIGHT, grow=False)
        head = Across(
            theme, (Glyph(theme, icon), Text(theme, self.say(label), H3), value), (0, 1, 0), 20, stretch=False
        )
        less = self._step(name, "less", say.LESS, "minus", level - 1)
        more = self._step(name, "more", say.MORE, "plus", level + 1)
        keys = Across(theme, (less, Bar(theme, level), more), (0, 1, 0), 32, stretch=False)
        return Panel(theme, [head, keys], 28, 36)

    def _step(self, name: str, way: str, words: Words, icon: str, level: int) -> Button:
        key = Button(self.theme, f"{name}:{way}", "", icon, Kind.QUIET, BUTTON, 112, padding=40)
        key.setAccessibleName(f"{self.say(words)}")
        key.setEnabled(0 <= level <= LEVELS)
        return self.wire(key, f"{name}:{level}")
