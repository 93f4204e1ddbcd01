"""The citizen number by keypad."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens import say
from screens.glyph import line
from screens.keypad import Keypad
from screens.layout import Panel
from screens.pages import TypeNumber
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import BODY, CAPTION, H2, Theme
from screens.typeset import draw, typeset
from screens.words import Words

LENGTH: Final = 18
_OPEN_START, _OPEN_END = 3, 4


@dataclass(frozen=True, slots=True)
class Typed:
    """What has been typed so far. Never shown by ``repr``."""

    digits: str = field(default="", repr=False)

    def masked(self) -> str:
        """The first three and the last four characters; a bystander can't read the rest."""
        last = len(self.digits) - _OPEN_END
        return "".join(each if at < _OPEN_START or at >= last else "•" for at, each in enumerate(self.digits))


class TypeNumberScreen(Screen[TypeNumber]):
    """A field with its own caret and a keypad; nothing typed stays behind."""

    HELP_BESIDE = False
    SAMPLES: ClassVar[Samples] = {
        "first": TypeNumber(Words("请输入身份证号", "Type your ID number"), say.NOT_KEPT),
        "problem": TypeNumber(
            Words("请输入身份证号", "Type your ID number"),
            say.NOT_KEPT,
            Words("号码对不上，请再看一遍证件。", "The number does not add up. Look at your card again."),
        ),
    }

    def build(self, page: TypeNumber) -> None:
        theme = self.theme
        if self.own is None:
            self.own = Typed()
        self.head(page.title, page.lead)
        if page.problem:
            self.see(
                Panel(theme, [line(theme, "triangle-alert", self.say(page.problem), role="warn")], 0, 24, "warnsoft"), 0
            )
        self._field = Field(theme, self.own)
        self.see(Text(theme, self.say(say.FIELD), BODY), 16)
        self.see(self._field, 8)
        self.see(Text(theme, self.say(say.FROM_ID), CAPTION, "ink2"), 12)
        keypad = Keypad(theme, self.say, "X")
        keypad.typed.connect(self._type)
        keypad.erased.connect(self._erase)
        keypad.cleared.connect(self._clear)
        keypad.done.connect(self._give)
        self._go = keypad.go
        self.foot(keypad)
        self._changed(self.own)

    def _type(self, char: str) -> None:
        if len(self.own.digits) < LENGTH and (char != "X" or len(self.own.digits) == LENGTH - 1):
            self._changed(replace(self.own, digits=self.own.digits + char))

    def _erase(self) -> None:
        self._changed(replace(self.own, digits=self.own.digits[:-1]))

    def _clear(self) -> None:
        self._changed(Typed())

    def _give(self) -> None:
        self.answer(self.own.digits)

    def _changed(self, typed: Typed) -> None:
        self.own = typed
        self._field.put(typed)
        self._go.setEnabled(len(typed.digits) == LENGTH)


class Field(QWidget):
    """Shows the typed characters, masked, with a caret behind the last one."""

    def __init__(self, theme: Theme, typed: Typed) -> None:
        super().__init__()
        self._theme, self._typed = theme, typed

    def said(self) -> str:
        return f"{self._typed.masked()} {len(self._typed.digits)}/{LENGTH}"

    def put(self, typed: Typed) -> None:
        self._typed = typed
        self.setAccessibleName(self.said())
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(124 if self._theme.elder else 108)

    def fits(self) -> bool:
        return typeset("0" * LENGTH, H2, self._theme, 10_000).width < self.width() - self._theme.px(200)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("action"), px(6)))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), px(12), px(12))
        made = typeset(self._typed.masked(), H2, theme, 10_000)
        middle = self.height() // 2
        box = QRect(px(32), middle - made.height // 2, self.width(), made.height)
        draw(painter, made, box, theme.colour("ink"), Qt.AlignmentFlag.AlignLeft)
        x = px(32) + round(made.width) + px(6)
        painter.fillRect(x, middle - px(32), px(5), px(64), theme.colour("action"))
        count = typeset(f"{len(self._typed.digits)}/{LENGTH}", CAPTION, theme, 10_000)
        right = self.rect().adjusted(0, middle - count.height // 2, -px(32), 0)
        draw(painter, count, right, theme.colour("ink2"), Qt.AlignmentFlag.AlignRight)
        painter.end()
