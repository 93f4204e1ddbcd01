"""Every field of the screen must be touched once."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.key import Fill, Key, Kind
from screens.keys import Button
from screens.layout import Across, height_in
from screens.maintenance import samples_tests
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import TouchTest
from screens.screen import Samples
from screens.text import Text
from screens.theme import BUTTON, H2, LEAD, Theme


class Field(Key):
    """A field: empty, and with a tick once it was touched."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__(theme, f"field:{number}", "")
        self.setAccessibleName(str(number))

    def face_height(self, width: int) -> int:
        return 0

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        if self.selected:
            px = self.theme.px(44)
            self.draw_icon(painter, "check", px, face.center() - QPoint(px // 2, px // 2), "action")


class Grid(QWidget):
    """Fields from edge to edge, under a line that says what to do and how many are left."""

    def __init__(self, theme: Theme, title: str, left: Text, fields: list[Field], columns: int, tall: int) -> None:
        super().__init__()
        self._theme, self._fields, self._columns, self._tall = theme, fields, columns, tall
        self._head = Across(theme, (Text(theme, title, H2, most_lines=2), left), (1, 0), 24, stretch=False)
        for part in (self._head, *fields):
            part.setParent(self)

    def heightForWidth(self, width: int) -> int:
        return self._tall

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._theme.px
        gap, side, top = px(10), px(16), px(32)
        inner = self.width() - 2 * px(56)
        head = height_in(self._head, inner)
        self._head.setGeometry(px(56), top, inner, head)
        top += head + px(24)
        rows = -(-len(self._fields) // self._columns)
        wide = (self.width() - 2 * side + gap) / self._columns
        tall = (self.height() - top + gap) / rows
        for at, field in enumerate(self._fields):
            row, column = divmod(at, self._columns)
            x, y = side + round(column * wide), top + round(row * tall)
            field.setGeometry(x, y, round(wide) - gap, round(tall) - gap)


class TouchTestScreen(MaintenanceScreen[TouchTest]):
    """What was touched stays so in another language; the last field gives the answer."""

    SAMPLES: ClassVar[Samples] = {"grid": samples_tests.TOUCH}

    def build(self, page: TouchTest) -> None:
        theme = self.theme
        if self.own is None:
            self.own = frozenset()
        fail = Button(theme, "fail", self.say(say.NO_ANSWER), "octagon-x", Kind.SECONDARY, BUTTON)
        self.foot(self.wire(fail, "fail"))
        fields = [Field(theme, number + 1) for number in range(page.columns * page.rows)]
        for number, field in enumerate(fields):
            field.select(number in self.own)
            field.pressed.connect(partial(self._touch, number))
        self._fields, self._left = fields, Text(theme, "", LEAD, "ink2", grow=False)
        self._told()
        columns = page.rows if theme.landscape else page.columns
        tall = self.stage.room.height() - theme.px(24 + 112 + 32)
        self.band(Grid(theme, self.say(page.title), self._left, fields, columns, tall))

    def _touch(self, number: int) -> None:
        self.own |= {number}
        self._fields[number].select(True)
        self._told()
        if len(self.own) == len(self._fields):
            self.answer("pass")

    def _told(self) -> None:
        self._left.say(self.say(say.fields_left(len(self._fields) - len(self.own))))
