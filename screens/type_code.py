"""A passport's number or a company's code, by capital letters and digits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from screens import say, say_people
from screens.field import Field
from screens.key import Kind
from screens.keyboard import Keyboard, at_once
from screens.keys import Button
from screens.pages import TypeCode
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import BODY, BUTTON, CAPTION, NAV
from screens.warning import warning
from screens.words import Words

_OPEN_END: Final = 2


@dataclass(frozen=True, slots=True)
class Code:
    """What has been typed so far, and whether the letters' turn has come. Never shown by ``repr``."""

    text: str = field(default="", repr=False)
    letters: bool = True

    def masked(self) -> str:
        """Only the last characters, so that a slip of the finger is seen and the whole is not."""
        hidden = max(0, len(self.text) - _OPEN_END)
        return "•" * hidden + self.text[hidden:]


class TypeCodeScreen(Screen[TypeCode]):
    """A field with its own caret and a keyboard; nothing typed stays behind."""

    SAMPLES: ClassVar[Samples] = {
        "passport": TypeCode(
            Words("请输入护照号", "Type your passport number"),
            Words("在有照片那页的右上角。", "At the top right of the page with your photo."),
            Words("护照号", "Passport number"),
            9,
            6,
            masked=True,
        ),
        "company": TypeCode(
            Words("请输入企业代码", "Type the company's code"),
            Words("营业执照上的统一社会信用代码。", "The credit code on the business licence."),
            Words("统一社会信用代码", "Credit code"),
            18,
            18,
            "ABCDEFGHJKLMNPQRTUWXY",
            Words("代码对不上，请再看一遍执照。", "It does not add up. Look at the licence again."),
        ),
    }

    def build(self, page: TypeCode) -> None:
        theme = self.theme
        if self.own is None:
            self.own = Code()
        tight = theme.elder and theme.landscape
        self.head(page.title, None if theme.landscape and page.problem else page.lead)
        if page.problem:
            self.see(warning(theme, self.say(page.problem)), 0)
        self._field = Field(theme, page.most)
        if not tight:
            self.see(Text(theme, self.say(page.label), BODY), 16)
        self.see(self._field, 8)
        hint = Text(theme, self.say(say_people.length(page.least, page.most)), CAPTION, "ink2")
        if theme.landscape:
            self.touch(self._keyboard(page, 88), 12)
            self.see(hint, 12, aside=True)
        else:
            self.see(hint, 12)
            self.foot(self._keyboard(page, 92 if theme.elder and theme.reach else 104))
        self._keys()
        self._changed(self.own)

    def _keyboard(self, page: TypeCode, tall: int) -> Keyboard:
        self._whole = at_once(self.theme, self.left().one.width())
        made = Keyboard(self.theme, self.say, page.letters, None if self._whole else self.own.letters, tall)
        made.typed.connect(self._type)
        made.erased.connect(self._erase)
        return made

    def _keys(self) -> None:
        """What to do with the characters: clear them, give them, and the way to the other half of the keyboard."""
        theme = self.theme
        clear = Button(theme, "clear", self.say(say.CLEAR), kind=Kind.QUIET, face=NAV, padding=8)
        clear.clicked.connect(self._clear)
        self._go = Button(theme, "primary", self.say(say.NEXT), "arrow-right", Kind.PRIMARY, BUTTON, trailing=True)
        self._go.clicked.connect(self._give)
        row: list[QWidget] = [clear]
        if not self._whole:
            words = say_people.DIGITS if self.own.letters else say_people.LETTERS
            other = Button(theme, "layer", self.say(words), kind=Kind.QUIET, face=NAV, padding=8)
            other.clicked.connect(self._turn_over)
            row.insert(0, other)
        if theme.landscape:
            self.foot(*row)
            self.foot(self._go)
        else:
            self.foot(*row, self._go, shares=(*(1 for _ in row), 2))

    def _type(self, char: str) -> None:
        if len(self.own.text) < self.page.most and (char.isdigit() or char in self.page.letters):
            self._changed(replace(self.own, text=self.own.text + char))

    def _erase(self) -> None:
        self._changed(replace(self.own, text=self.own.text[:-1]))

    def _clear(self) -> None:
        self._changed(replace(self.own, text=""))

    def _turn_over(self) -> None:
        self.own = replace(self.own, letters=not self.own.letters)
        self.rebuild()

    def _give(self) -> None:
        self.answer(self.own.text)

    def _changed(self, code: Code) -> None:
        self.own = code
        self._field.put(code.masked() if self.page.masked else code.text, len(code.text))
        self._go.setEnabled(self.page.least <= len(code.text))
