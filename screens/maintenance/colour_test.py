"""The whole window in one colour after the other, so that a dead pixel or a dull edge is seen."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from screens.key import Fill, Key
from screens.maintenance import samples_tests
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import ColourTest
from screens.screen import Samples
from screens.theme import Theme

COLOURS: Final = {"white": "#FFFFFF", "black": "#000000", "red": "#FF0000", "green": "#00FF00", "blue": "#0000FF"}


class Colour(Key):
    """A key as large as the window, in one colour; a word on it would hide what is looked for."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, f"colour:{name}", "")
        self.setAccessibleName(name)
        self._name = name

    def face_height(self, width: int) -> int:
        return 0

    def paint_face(self, painter: QPainter, face: QRect, fill: Fill) -> None:
        """Nothing stands on it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS[self._name]))
        painter.end()


class ColourTestScreen(MaintenanceScreen[ColourTest]):
    """A touch anywhere goes on, and after the last colour answers."""

    SAMPLES: ClassVar[Samples] = {"white": samples_tests.COLOURS}

    def build(self, page: ColourTest) -> None:
        if self.own is None:
            self.own = 0
        self._key = Colour(self.theme, list(COLOURS)[self.own])
        self._key.setParent(self)
        self._key.setGeometry(self.rect())
        self._key.clicked.connect(self._go_on)
        self._key.show()

    def _go_on(self) -> None:
        if self.own + 1 == len(COLOURS):
            self.answer("seen")
            return
        self.own += 1
        self.rebuild()
