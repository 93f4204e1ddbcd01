"""What has been typed into a form's question: how it is shown, whether it is whole, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from screens.pages import FillForm
from screens.words import Language, Words

_PARTS: Final = {FillForm.DATE: (4, 2, 2), FillForm.MONTH: (4, 2)}
_UNITS: Final = ("年", "月", "日")
_BLANKS: Final = ("YYYY", "MM", "DD")
_ASKS: Final = (
    Words("请输入四位年份，例如 2019", "Type the year, for example 2019"),
    Words("请输入两位月份，例如 03", "Type two digits for the month, for example 03"),
    Words("请输入两位日期，例如 05", "Type two digits for the day, for example 05"),
)
_YUAN: Final = Words("元", "yuan")
_CENTS: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """``text`` holds the keys pressed, digits and at most one point. ``most``: digits of an integer, or of the yuan."""

    form: FillForm
    most: int = 9
    text: str = field(default="", repr=False)

    @property
    def extra(self) -> str:
        """The key beside the digits that this form needs."""
        return "." if self.form is FillForm.MONEY else ""

    def take(self, char: str) -> Entry:
        """With one more key, or unchanged where that key has no place."""
        if parts := _PARTS.get(self.form):
            return replace(self, text=self.text + char) if char.isdigit() and len(self.text) < sum(parts) else self
        whole, point, cents = self.text.partition(".")
        if char == ".":
            return self if point or not whole or self.form is FillForm.INTEGER else replace(self, text=whole + ".")
        if point:
            return replace(self, text=self.text + char) if len(cents) < _CENTS else self
        if len(whole) >= self.most and whole != "0":
            return self
        return replace(self, text=char if whole == "0" else whole + char)

    def erase(self) -> Entry:
        return replace(self, text=self.text[:-1])

    def clear(self) -> Entry:
        return replace(self, text="")

    @property
    def complete(self) -> bool:
        parts = _PARTS.get(self.form)
        return len(self.text) == sum(parts) if parts else self.text != ""

    @property
    def answer(self) -> str:
        """The canonical text, as ``FillForm`` says; only of a complete entry."""
        if self.form in _PARTS:
            return "-".join(self._typed())
        if self.form is FillForm.INTEGER:
            return self.text
        whole, _, cents = self.text.partition(".")
        return f"{whole}.{cents:0<{_CENTS}}"

    @property
    def questions(self) -> tuple[Words, ...]:
        """All that ``asks`` can say."""
        return _ASKS[: len(_PARTS.get(self.form, ()))]

    def asks(self) -> Words | None:
        """What to type next in a date; None where it is whole or there are no parts."""
        if self.form not in _PARTS or self.complete:
            return None
        typed = self._typed()
        at = len(typed) - 1 if typed and len(typed[-1]) < _PARTS[self.form][len(typed) - 1] else len(typed)
        return _ASKS[at]

    def shown(self, language: Language) -> tuple[str, str]:
        """What stands before the caret, and what behind it."""
        if self.form in _PARTS:
            return self._date_zh() if language is Language.ZH else self._date_en()
        if self.form is FillForm.INTEGER:
            return self.text, ""
        whole, point, cents = self.text.partition(".")
        return (f"{int(whole):,}" if whole else "") + point + cents, _YUAN.into(language)

    def _typed(self) -> list[str]:
        """The parts of a date, the last perhaps unfinished; no empty ones."""
        parts, at = [], 0
        for length in _PARTS[self.form]:
            parts.append(self.text[at : at + length])
            at += length
        return [part for part in parts if part]

    def _date_zh(self) -> tuple[str, str]:
        lengths, typed = _PARTS[self.form], self._typed()
        before, behind = "", ""
        for at, length in enumerate(lengths):
            part = typed[at] if at < len(typed) else ""
            if len(part) == length:
                before += f"{part} {_UNITS[at]} "
            else:
                before += part
                behind += f" {_UNITS[at]}  "
        return before.rstrip(" ") if not behind else before, behind.strip()

    def _date_en(self) -> tuple[str, str]:
        lengths, typed = _PARTS[self.form], self._typed()
        blanks = " / ".join(_BLANKS[: len(lengths)])
        before = " / ".join(typed)
        if typed and len(typed[-1]) == lengths[len(typed) - 1] and len(typed) < len(lengths):
            before += " / "
        return before, blanks[len(before) :]
