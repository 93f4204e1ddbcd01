"""The technician's frame: an amber header that no citizen's screen has, and one way out at the foot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say_maintenance as say
from screens.frame import Places, stand
from screens.icons import icon
from screens.key import Kind
from screens.keys import Button
from screens.pages import Badge, Nav
from screens.text import LEFT, RIGHT, Text
from screens.theme import BIG_BUTTON, CAPTION, NAV, Theme

_SIDE, _WRENCH = 56, 64


def places(theme: Theme, width: int, height: int, bare: bool) -> Places:
    """``bare``: the body is the whole window, with no frame around it."""
    px = theme.px
    if bare:
        return Places(QRect(), QRect(0, 0, width, height), QRect(), QRect(), 0)
    top, foot = (px(112), px(128)) if theme.landscape else (px(136), px(176))
    body = QRect(0, top, width, height - top - foot)
    return Places(QRect(0, 0, width, top), body, QRect(0, height - foot, width, foot), QRect(), 0)


class AmberHeader(QWidget):
    """A wrench, what this mode is and which machine on the left; who stands there on the right."""

    def __init__(self, theme: Theme, badge: Badge, card_inside: bool) -> None:
        super().__init__()
        self._theme = theme
        language = theme.look.language
        place = f"{badge.place.into(language)} · {say.NOBODYS_DATA.into(language)}"
        state = [say.CARD_INSIDE, say.WORKS_OFFLINE] if card_inside else [say.WORKS_OFFLINE]
        stands = " · ".join(words.into(language) for words in state)
        self._left = [
            Text(theme, say.MODE.into(language), BIG_BUTTON, "onlamp", LEFT, 1),
            Text(theme, place, CAPTION, "onlamp", LEFT, 1),
        ]
        self._right = [
            Text(theme, badge.who.into(language), NAV, "onlamp", RIGHT, 2),
            Text(theme, stands, CAPTION, "onlamp", RIGHT, 1),
        ]
        for part in (*self._left, *self._right):
            part.setParent(self)

    def resizeEvent(self, event: object) -> None:
        px = self._theme.px
        left, end = px(_SIDE + _WRENCH + 24), self.width() - px(_SIDE)
        wide = max(text.sizeHint().width() for text in self._left)
        right = left + wide + px(16)
        stand(self._left, left, wide, self.height())
        stand(self._right, right, end - right, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("lamp"))
        at = QPoint(px(_SIDE), (self.height() - px(_WRENCH)) // 2)
        painter.drawPixmap(at, icon("wrench", px(_WRENCH), theme.roles.onlamp))
        painter.end()


class Foot(QWidget):
    """When this ends by itself, the other language, and the way out.

    ``pressed`` gives ``Nav.LEAVE``; ``looked`` the look with the other language. ``seconds``: 0 where nothing ends the
    page; ``leave``: one may go now.
    """

    pressed = Signal(object)
    looked = Signal(object)

    def __init__(self, theme: Theme, seconds: int, leave: bool) -> None:
        super().__init__()
        self._theme = theme
        language = theme.look.language
        told = [say.idle(seconds), say.PULL_THE_CARD] if seconds else []
        self._line = Text(theme, "\n".join(words.into(language) for words in told), CAPTION, "ink2")
        other = say.OTHER_LANGUAGE.into(language)
        self._language = Button(theme, "language", other, "languages", Kind.QUIET, NAV, 96, padding=10, lines=1)
        self._language.clicked.connect(self._turn)
        self._leave = Button(
            theme, f"nav:{Nav.LEAVE.value}", say.LEAVE.into(language), "log-out", Kind.QUIET, NAV, 96, padding=10
        )
        self._leave.clicked.connect(self._press)
        for part in (self._line, self._language, self._leave):
            part.setParent(self)
        self._leave.setVisible(leave)

    def _turn(self) -> None:
        look = self._theme.look
        self.looked.emit(replace(look, language=look.next_language()))

    def _press(self) -> None:
        self.pressed.emit(Nav.LEAVE)

    def resizeEvent(self, event: object) -> None:
        px = self._theme.px
        tall = px(96)
        right = self.width() - px(_SIDE)
        for key, width in ((self._leave, px(264)), (self._language, px(224))):
            key.setGeometry(right - width, (self.height() - tall) // 2, width, tall)
            right -= width + px(16)
        stand([self._line], px(_SIDE), right - px(_SIDE), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("bg"))
        painter.fillRect(0, 0, self.width(), self._theme.px(self._theme.roles.stroke), self._theme.colour("line"))
        painter.end()
