"""The PIN of a work card, by a keypad whose digits stand elsewhere each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from screens import say_maintenance as say
from screens.keypad import Keypad
from screens.maintenance import samples
from screens.maintenance.pin_dots import PinDots
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import PIN_LEAST, PIN_MOST, EnterPin
from screens.screen import Samples
from screens.text import Text
from screens.theme import CAPTION
from screens.warning import warning


@dataclass(frozen=True, slots=True)
class Pin:
    """What has been typed so far. Never shown by ``repr``, nor by anything else."""

    digits: str = field(default="", repr=False)


class EnterPinScreen(MaintenanceScreen[EnterPin]):
    """Dots and a keypad. The digits are in the screen alone, and it lets go of them when it has answered."""

    SAMPLES: ClassVar[Samples] = {"first": samples.PIN, "wrong": samples.PIN_AGAIN}

    def build(self, page: EnterPin) -> None:
        theme = self.theme
        if self.own is None:
            self.own = Pin()
        self.top(page.title, page.lead)
        if page.problem:
            self.see(warning(theme, self.say(page.problem)), 0)
        self._dots = PinDots(theme, PIN_LEAST, PIN_MOST)
        self.see(self._dots)
        self.see(Text(theme, self.say(say.pin_digits(PIN_LEAST, PIN_MOST)), CAPTION, "ink2"), 12)
        order = "".join(str(digit) for digit in page.scrambled)
        keypad = Keypad(theme, self.say, order=order)
        keypad.typed.connect(self._type)
        keypad.erased.connect(self._erase)
        keypad.cleared.connect(self._clear)
        keypad.done.connect(self._give)
        self._go = keypad.go
        self.foot(keypad)
        self._changed(self.own.digits)

    def silence(self) -> None:
        super().silence()
        self.own = Pin()

    def _type(self, char: str) -> None:
        if len(self.own.digits) < PIN_MOST:
            self._changed(self.own.digits + char)

    def _erase(self) -> None:
        self._changed(self.own.digits[:-1])

    def _clear(self) -> None:
        self._changed("")

    def _give(self) -> None:
        self.answer(self.own.digits)

    def _changed(self, digits: str) -> None:
        self.own = Pin(digits)
        self._dots.put(len(digits))
        self._go.setEnabled(len(digits) >= PIN_LEAST)
