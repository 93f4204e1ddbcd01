"""A code for the phone to scan, and the four digits that only the phone then shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from screens import say_people as say
from screens.boxes import Boxes
from screens.glyph import Count, Glyph
from screens.key import Kind
from screens.keypad import Keypad
from screens.keys import Button
from screens.layout import Across, Down, Panel
from screens.pages import Bind
from screens.qr import QrCode
from screens.ring import Ring
from screens.screen import Samples, Screen
from screens.spread import SECTION
from screens.text import Text
from screens.theme import BIG_BUTTON, CAPTION, LEAD_BOLD, NAV
from screens.warning import warning
from screens.words import Words

LENGTH: Final = 4

_PAGE = Bind(
    "HTTPS://HALL.EXAMPLE/B/MFRGGZDFMZTWQ2LKNNWG23TPOA",
    58,
    Words("江畔区 · 03 号机", "Jiangpan · Machine 03"),
    "王*明",
    Words("用手机绑定您的账号", "Bind your phone"),
    Words("绑定后，叫到您的号会发到手机。", "Then a call of your number comes to your phone."),
    Words("不绑定，继续办事", "Not now, go on"),
)


@dataclass(frozen=True, slots=True)
class Binding:
    """How far one is: the digits typed, when the code ends (monotonic seconds), and whether the digits' turn has come.

    Only large type asks for the digits on a page of its own. Never shows the digits by ``repr``.
    """

    until: float
    digits: str = field(default="", repr=False)
    typing: bool = False


class BindScreen(Screen[Bind]):
    """Code, steps and keypad at once; in large type first the code, then the digits.

    The digits are on the phone and are typed here: nothing that a bystander could copy is on the screen but the
    code itself, and that works once.
    """

    SAMPLES: ClassVar[Samples] = {
        "first": _PAGE,
        "problem": replace(
            _PAGE,
            code="https://hall.example/bind?code=mfrggzdfmztwq2lknnwg23tpoa&kiosk=K-0203",
            problem=Words("数字不对，请再看一眼手机。", "Not those digits. Look at your phone again."),
        ),
    }

    def build(self, page: Bind) -> None:
        if self.own is None:
            self.own = Binding(self.stage.monotonic() + page.lives)
        self._ring = Ring(self.theme, 84)
        self._of = max(1, page.lives)
        self._boxes: Boxes | None = None
        if not self.theme.elder:
            self._at_once(page)
        elif self.own.typing:
            self._digits_alone(page)
        else:
            self._code_alone(page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self._count_down(self._left())

    # what stands where

    def _at_once(self, page: Bind) -> None:
        theme = self.theme
        self.head(page.purpose, page.lead)
        code = QrCode(theme, page.code, 344 if theme.reach else 408, self.say(say.SCAN_THIS))
        steps = Down(theme, [*self._steps(page), self._countdown()], gap=16 if theme.reach else 20)
        self.see(Panel(theme, [Across(theme, (code, steps), (0, 1), 36, stretch=False)], padding=24), 0)
        self.see(warning(theme, self.say(say.OWN_PHONE_ONLY), 20), 16)
        self._boxes = Boxes(theme, LENGTH)
        label = Text(theme, self.say(say.FOUR_DIGITS), LEAD_BOLD)
        if theme.landscape:
            if page.problem:
                self.see(self._problem(page.problem), 16)
            self.foot(label)
            self.foot(self._boxes)
            self._keypad(page, 112)
            self.foot(self._skip(page, 96))
            return
        beside = Down(theme, [label, self._problem(page.problem)] if page.problem else [label], gap=4)
        row = Across(theme, (beside, self._boxes), (1, 0), 24, stretch=False)
        if theme.reach:
            self.foot(row)
        else:
            self.see(row, 20)
        self._keypad(page, 110 if theme.reach else 124, self._skip(page, 82, small=True))

    def _code_alone(self, page: Bind) -> None:
        theme = self.theme
        self.head(page.purpose, None if page.problem else page.lead)
        if page.problem:
            self.see(warning(theme, self.say(page.problem)), 0)
        code = QrCode(theme, page.code, 380 if theme.reach or theme.landscape else 460, self.say(say.SCAN_THIS))
        steps, waits = self._steps(page)[:2], self._countdown()
        beside = Down(theme, [*steps, waits], gap=20) if theme.landscape else waits
        self.see(Panel(theme, [Across(theme, (code, beside), (0, 1), 36, stretch=False)], padding=24), 16)
        if not theme.landscape:
            put = self.touch if theme.reach else self.see
            put(Panel(theme, steps, gap=20, padding=28), 20)
        go = Button(theme, "primary", self.say(say.HAVE_DIGITS), "smartphone", Kind.PRIMARY, BIG_BUTTON, 136)
        go.clicked.connect(self._to_digits)
        self.foot(go)
        self.foot(self._skip(page, 112))

    def _digits_alone(self, page: Bind) -> None:
        theme = self.theme
        self.head(say.TYPE_DIGITS)
        self.see(warning(theme, self.say(say.OWN_PHONE_ONLY)), 0)
        self._boxes = Boxes(theme, LENGTH)
        self.see(Across(theme, (self._countdown(), self._boxes), (1, 0), 24, stretch=False), SECTION)
        self._keypad(page, 102 if theme.reach else 110 if theme.landscape else 132)

    def _steps(self, page: Bind) -> list[QWidget]:
        whose = f"{self.say(page.kiosk)} · {page.holder}"
        told = (
            (say.SCAN_THIS, self.say(say.SCAN_ONCE), False),
            (say.SEE_MACHINE, whose, True),
            (say.TYPE_BELOW, self.say(say.ONLY_THERE), False),
        )
        return [self._step(at + 1, *each) for at, each in enumerate(told)]

    def _step(self, number: int, title: Words, below: str, private: bool) -> QWidget:
        theme = self.theme
        words = Down(
            theme,
            [Text(theme, self.say(title), LEAD_BOLD), Text(theme, below, CAPTION, "ink2", private=private)],
            gap=2,
        )
        return Across(theme, (Count(theme, number, units=56), words), (0, 1), 20, stretch=False)

    def _countdown(self) -> QWidget:
        words = Text(self.theme, self.say(say.NEW_CODE_IN), CAPTION, "ink2")
        return Across(self.theme, (self._ring, words), (0, 1), 16, stretch=False)

    def _problem(self, problem: Words) -> QWidget:
        theme = self.theme
        words = Text(theme, self.say(problem), CAPTION.bolder(), "warn")
        return Across(theme, (Glyph(theme, "triangle-alert", 34, "warn"), words), (0, 1), 10, stretch=False)

    def _skip(self, page: Bind, height: int, small: bool = False) -> Button:
        """The way on without a phone; a ``small`` key has its words on two lines, parted where they have a comma."""
        words = self.say(page.skip)
        if small:
            words = words.replace("，", "，\n").replace(", ", ",\n")
        key = Button(self.theme, "skip", words, kind=Kind.QUIET, face=NAV, height=height, padding=8)
        return self.wire(key, "skip")

    def _keypad(self, page: Bind, tall: int, aside: Button | None = None) -> None:
        keypad = Keypad(self.theme, self.say, aside=aside, tall=tall)
        keypad.typed.connect(self._type)
        keypad.erased.connect(self._erase)
        keypad.cleared.connect(self._clear)
        keypad.done.connect(self._give)
        self._go = keypad.go
        self.foot(keypad)
        self._changed(self.own.digits)

    def help_beside(self) -> bool | None:
        return not self.own.typing

    # the digits

    def _type(self, char: str) -> None:
        if len(self.own.digits) < LENGTH:
            self._changed(self.own.digits + char)

    def _erase(self) -> None:
        self._changed(self.own.digits[:-1])

    def _clear(self) -> None:
        self._changed("")

    def _changed(self, digits: str) -> None:
        self.own = replace(self.own, digits=digits)
        if self._boxes is not None:
            self._boxes.put(digits)
        self._go.setEnabled(len(digits) == LENGTH)

    def _give(self) -> None:
        self.answer(self.own.digits)

    # from code to digits and back, where each has a page of its own

    def _to_digits(self) -> None:
        self._show(True)

    def back(self) -> bool:
        if not (self.theme.elder and self.own.typing):
            return False
        self._show(False)
        return True

    def _show(self, typing: bool) -> None:
        self._timer.stop()
        self.own = replace(self.own, typing=typing)
        self.rebuild()

    # the time that the code has

    def _left(self) -> float:
        return float(self.own.until - self.stage.monotonic())

    def _count_down(self, left: float) -> None:
        """Show the whole seconds left, and come back when that number changes."""
        self._ring.show_left(max(0, ceil(left)), self._of)
        self._timer.start(max(1, round(1000 * (left - ceil(left) + 1))) if left > 0 else 1)

    def tick(self) -> None:
        """A second has passed, or the code's time is over."""
        left = self._left()
        if left > 0:
            self._count_down(left)
        else:
            self.answer("expired")

    def silence(self) -> None:
        super().silence()
        self._timer.stop()
