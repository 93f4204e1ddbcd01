"""The citizen number by keypad."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from screens import say
from screens.field import Field
from screens.keypad import Keypad
from screens.pages import TypeNumber
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import BODY, CAPTION
from screens.warning import warning
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
            self.see(warning(theme, self.say(page.problem)), 0)
        self._field = Field(theme, LENGTH)
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
        self._field.put(typed.masked(), len(typed.digits))
        self._go.setEnabled(len(typed.digits) == LENGTH)
