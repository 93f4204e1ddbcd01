"""One question of a form, answered with digits."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.entry import Entry
from screens.facts import FactRow, source
from screens.icons import icon
from screens.keypad import Keypad
from screens.layout import panels
from screens.pages import Fill, FillForm, Known
from screens.progress import progress
from screens.screen import Samples, Screen
from screens.spread import SECTION
from screens.text import Text
from screens.theme import BODY, H2, LEAD_BOLD, Face, Theme, font
from screens.typeset import draw, typeset
from screens.words import Words

_RESIDENCE = Words("居住证明", "Certificate of residence")
_CARD = Words("来自证件", "From your card")
_RECORD = Words("来自登记", "From the record")
_KNOWN = (
    Known(Words("姓名", "Name"), "王*明", _CARD),
    Known(Words("证件号", "ID number"), "990***********0028", _CARD),
    Known(Words("住址", "Address"), "江畔区柳岸街道 8 号 2 栋", _RECORD),
)
_PALE = Face(H2.mm, H2.elder_mm, False, H2.leading)


class FillScreen(Screen[Fill]):
    """What is known already, the field with its own caret, and a keypad. Nothing typed stays behind."""

    HELP_BESIDE = False
    SAMPLES: ClassVar[Samples] = {
        "date": Fill(
            Words("从哪天起住在这里？", "Since when do you live here?"),
            Words("居住起始日期", "Living here since"),
            FillForm.DATE,
            2,
            4,
            _RESIDENCE,
            _KNOWN,
        ),
        "problem": Fill(
            Words("从哪个月起参保？", "Insured since which month?"),
            Words("参保起始月份", "First month"),
            FillForm.MONTH,
            1,
            3,
            Words("社保参保证明", "Proof of social insurance"),
            _KNOWN[:2],
            problem=Words("请输入 2026 年 11 月以前的月份。", "Type a month before November 2026."),
        ),
        "integer": Fill(
            Words("家里有几口人？", "How many live together?"),
            Words("家庭人口", "People in the household"),
            FillForm.INTEGER,
            2,
            4,
            Words("低保证明", "Proof of income support"),
            digits=2,
            example=Words("只填数字，例如 3", "Digits only, for example 3"),
        ),
        "money": Fill(
            Words("每月收入是多少？", "What do you earn a month?"),
            Words("月收入", "Income a month"),
            FillForm.MONEY,
            3,
            4,
            Words("收入证明", "Proof of income"),
            (*_KNOWN, *_KNOWN, *_KNOWN),
            example=Words("税后，例如 3500", "After tax, for example 3500"),
        ),
    }

    def build(self, page: Fill) -> None:
        theme = self.theme
        if self.own is None:
            self.own = Entry(page.form, page.digits)
        above = progress(theme, page.step, page.steps, page.subject) if page.steps else None
        self.head(page.title, above=above)
        known = [
            FactRow(theme, self.say(each.label), each.value, end=source(theme, self.say(each.source)))
            for each in page.known
        ]
        for panel in panels(theme, known, 3, 16):
            self.see(panel, 12, spare=True)
        self.see(Text(theme, self.say(page.label), LEAD_BOLD), SECTION)
        self._field = Field(theme)
        self.see(self._field, 10)
        self._hint = Hint(theme, [self.say(words) for words in self._hints(page)])
        self.see(self._hint, 16)
        keypad = Keypad(theme, self.say, self.own.extra)
        keypad.typed.connect(self._type)
        keypad.erased.connect(self._erase)
        keypad.cleared.connect(self._clear)
        keypad.done.connect(self._give)
        self._go = keypad.go
        self.foot(keypad)
        self._changed(self.own)

    def _hints(self, page: Fill) -> list[Words]:
        """All that can come to stand below the field."""
        return [
            *([page.problem] if page.problem else []),
            *([page.example] if page.example else []),
            *self.own.questions,
        ]

    def _type(self, char: str) -> None:
        self._changed(self.own.take(char))

    def _erase(self) -> None:
        self._changed(self.own.erase())

    def _clear(self) -> None:
        self._changed(self.own.clear())

    def _give(self) -> None:
        self.answer(self.own.answer)

    def _changed(self, entry: Entry) -> None:
        self.own = entry
        self._field.put(*entry.shown(self.theme.look.language))
        self._go.setEnabled(entry.complete)
        page = self.page
        if page.problem and not entry.text:
            self._hint.put(self.say(page.problem), "triangle-alert", "warn")
        elif page.example and (not entry.text or not entry.questions):
            self._hint.put(self.say(page.example), "info", "ink2")
        else:
            asks = entry.asks()
            self._hint.put(self.say(asks) if asks else "", "info", "ink2")


class Field(QWidget):
    """What was typed, a caret, and in pale letters what is still to come."""

    private = True

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._before, self._behind = theme, "", ""

    def said(self) -> str:
        return f"{self._before}{self._behind}"

    def put(self, before: str, behind: str) -> None:
        self._before, self._behind = before, behind
        self.setAccessibleName(self.said())
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(124 if self._theme.elder else 108)

    def fits(self) -> bool:
        wide = sum(typeset(text, H2, self._theme, 10_000).width for text in (self._before, self._behind))
        return wide < self.width() - self._theme.px(84)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("action"), px(6)))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), px(12), px(12))
        middle = self.height() // 2
        x = px(32)
        for text, face, role in ((self._before, H2, "ink"), (self._behind, _PALE, "ink2")):
            made = typeset(text, face, theme, 10_000)
            wide = round(QFontMetricsF(font(made.px, made.bold)).horizontalAdvance(text))
            box = QRect(x, middle - made.height // 2, wide + 2, made.height)
            draw(painter, made, box, theme.colour(role), Qt.AlignmentFlag.AlignLeft)
            x += wide + px(6)
            if face is H2:
                painter.fillRect(x, middle - px(32), px(5), px(64), theme.colour("action"))
                x += px(5 + 12)
        painter.end()


class Hint(QWidget):
    """An icon and a line; as tall as the longest of the ``possible`` lines, so that nothing moves."""

    def __init__(self, theme: Theme, possible: list[str]) -> None:
        super().__init__()
        self._theme, self._possible = theme, possible or [""]
        self._text, self._icon, self._role = "", "info", "ink2"

    def said(self) -> str:
        return self._text

    def put(self, text: str, icon_name: str, role: str) -> None:
        self._text, self._icon, self._role = text, icon_name, role
        self.setAccessibleName(text)
        self.update()

    def _left(self) -> int:
        return self._theme.px(40 + 16)

    def heightForWidth(self, width: int) -> int:
        inner = width - self._left()
        return max(typeset(text, BODY, self._theme, inner).height for text in self._possible)

    def fits(self) -> bool:
        made = typeset(self._text, BODY, self._theme, self.width() - self._left())
        return made.whole and made.height <= self.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        theme, side = self._theme, self._theme.px(40)
        made = typeset(self._text, BODY, theme, self.width() - self._left())
        painter = QPainter(self)
        painter.drawPixmap(0, (made.line_height - side) // 2, icon(self._icon, side, getattr(theme.roles, self._role)))
        box = QRect(self._left(), 0, self.width() - self._left(), made.height)
        draw(painter, made, box, theme.colour(self._role), Qt.AlignmentFlag.AlignLeft)
        painter.end()
