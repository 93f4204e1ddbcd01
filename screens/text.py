"""Text on a screen: one widget, plain text, as tall as it needs to be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screens.theme import Face, Theme
from screens.typeset import Set, draw, plain, typeset

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Text(QWidget):
    """Words in one face and colour role. ``grow``: takes the width it is given, not the width it needs.

    ``private``: about a person, and never read aloud into the room.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        face: Face,
        role: str = "ink",
        align: Qt.AlignmentFlag = LEFT,
        most_lines: int = 99,
        grow: bool = True,
        private: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._face, self._role, self._align, self._most = theme, face, role, align, most_lines
        self._text = plain(text)
        self.private = private
        self.setAccessibleName(self._text)
        across = QSizePolicy.Policy.Expanding if grow else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(across, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(grow)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def said(self) -> str:
        return self._text

    def say(self, text: str, role: str | None = None) -> None:
        """Put other words in the same place."""
        self._text = plain(text)
        self._role = role or self._role
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def set_in(self, width: int) -> Set:
        return typeset(self._text, self._face, self._theme, width, self._most)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.set_in(width).height

    def sizeHint(self) -> QSize:
        made = self.set_in(100_000)
        return QSize(int(made.width) + 2, made.height)

    def minimumSizeHint(self) -> QSize:
        grows = self.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
        return QSize(0 if grows else self.sizeHint().width(), self._theme.size(self._face))

    def fits(self) -> bool:
        made = self.set_in(self.width())
        return made.whole and made.width <= self.width() + 1 and made.height <= self.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        made = self.set_in(self.width())
        box = self.rect()
        box.setTop(max(0, (self.height() - made.height) // 2))
        painter = QPainter(self)
        draw(painter, made, box, self._theme.colour(self._role), self._align)
        painter.end()
