"""The screen that waits for people."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import Chip, ChipKind, Tag
from screens.drawings import id_card, inks
from screens.glyph import Glyph
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, Rule, height_in, rows_of
from screens.mark import draw_house
from screens.pages import Attract, Choice, Open
from screens.screen import Samples, Screen
from screens.text import CENTRE, Text
from screens.theme import BIG_BUTTON, CAPTION, H1, H3, LEAD, LEAD_BOLD, RESULT, Theme
from screens.words import Language, Words

_ID = Choice("resident-id", "id-card", Words("身份证", "ID card"))
_SOCIAL = Choice("social-card", "credit-card", Words("社保卡", "social security card"))
_NO_CARD = Choice("no-card", "ticket", Words("没带卡也能取号", "No card? Take a ticket"))
_BOOKING = Choice("booking", "scan-qr-code", Words("扫预约码", "Scan a booking"))
_VERIFY = Choice("verify", "shield-check", Words("验证明真伪", "Check a certificate"))
_TICKET = Choice(
    "ticket", "ticket", Words("取号、预约签到", "Tickets, bookings"), Words("窗口 9:00–17:00", "Windows 9:00–17:00")
)
_GUIDES = Choice("guides", "file-text", Words("办事指南", "Guides"), Words("24 小时", "24 hours"))
_PAPER = Choice(
    "paper",
    "printer",
    Words("号票打印", "Paper tickets"),
    Words("纸已用完，02 号机可办", "No paper; machine 02 can"),
    Open.CLOSED,
)


class AttractScreen(Screen[Attract]):
    """What to lay down, what to do without it, and what is open now."""

    FULL = True
    SAMPLES: ClassVar[Samples] = {
        "open": Attract((_ID, _SOCIAL), (_NO_CARD, _VERIFY, _BOOKING), (_TICKET, _GUIDES)),
        "closed": Attract(
            (replace(_ID, open=Open.CLOSED, line=Words("读卡器没有连上", "The reader is not connected")), _SOCIAL),
            (_NO_CARD, _BOOKING),
            (_TICKET, _GUIDES, _PAPER),
        ),
    }

    def build(self, page: Attract) -> None:
        theme, px = self.theme, self.theme.px
        lower = Down(theme, self._lower(page), gap=20 if theme.landscape or theme.elder else 28)
        lower.setParent(self)
        side = px(56)
        if theme.landscape:
            width = px(680)
            tall = height_in(lower, width)
            lower.setGeometry(self.width() - side - width, (self.height() - tall) // 2, width, tall)
            hero = QRect(0, 0, self.width() - width - 2 * side, self.height())
        else:
            width = self.width() - 2 * side
            tall = height_in(lower, width)
            top = self.height() - tall - px(24)
            top = max(top, self.stage.reach_line) if theme.reach else min(top, px(960))
            lower.setGeometry(side, top, width, tall)
            hero = QRect(0, 0, self.width(), top - px(36))
        Welcome(self, page, hero)

    def _lower(self, page: Attract) -> list[QWidget]:
        theme = self.theme
        columns = 1 if theme.elder or theme.landscape else 2
        keys = [self._choice(choice) for choice in page.keys]
        alone = keys[-1:] if len(keys) % columns else []
        blocks: list[QWidget] = [*rows_of(theme, keys[: len(keys) - len(alone)], columns), *alone]
        listed = [choice for choice in page.documents if choice.open is Open.CLOSED] + list(page.now_open)
        if listed:
            title = Text(theme, self.say(say.NOW_OPEN), LEAD_BOLD)
            rows: list[QWidget] = []
            most = 3 if theme.elder or theme.landscape else 4
            if theme.elder and (theme.reach or theme.landscape):
                most = max(0, 4 - len(keys))  # each key more takes the place of one line
            for choice in listed[:most]:
                rows += [self._state(choice), Rule(theme)]
            blocks.append(Down(theme, [title, *rows], gap=8 if theme.elder else 12))
        blocks.append(Across(theme, [self._language(each) for each in Language], gap=16))
        return blocks

    def _choice(self, choice: Choice) -> Button:
        face = H3 if self.theme.elder else BIG_BUTTON
        made = Button(
            self.theme,
            f"choice:{choice.key}",
            self.say(choice.title),
            choice.icon,
            face=face,
            height=112 if self.theme.landscape else 136,
        )
        self.wired(made, choice)
        return made

    def _language(self, language: Language) -> Button:
        title = say.CHINESE if language is Language.ZH else say.ENGLISH
        made = Button(self.theme, f"language:{language.value}", title, kind=Kind.QUIET, face=LEAD_BOLD, height=92)
        made.select(language is self.theme.look.language)
        made.clicked.connect(partial(self._speak, language))
        return made

    def _speak(self, language: Language, *_: object) -> None:
        self.looked.emit(replace(self.theme.look, language=language))

    def _state(self, choice: Choice) -> QWidget:
        theme = self.theme
        tag = self.tag_of(choice.open) or Tag(self.say(say.CAN), "circle-check", ChipKind.OK)
        words: list[QWidget] = [Text(theme, self.say(choice.title), LEAD_BOLD)]
        if choice.line:
            words.append(Text(theme, self.say(choice.line), CAPTION, "ink2"))
        parts = (Glyph(theme, choice.icon, role="action"), Down(theme, words, gap=0), Chip(theme, tag))
        return Across(theme, parts, (0, 1, 0), 28, stretch=False)


def ask(documents: tuple[Choice, ...]) -> Words:
    """What to lay down, by what can be read now."""
    usable = [each for each in documents if each.open is not Open.CLOSED]
    sentences = {"resident-id": say.PLACE_ID, "social-card": say.INSERT_CARD}
    if {each.key for each in usable} >= sentences.keys():
        return say.BOTH
    if usable:
        return sentences.get(usable[0].key) or say.show_one(usable[0].title)
    return say.NO_DOCUMENT


class Welcome(QWidget):
    """The lit house, and the one sentence that asks for a card, in both languages."""

    def __init__(self, screen: AttractScreen, page: Attract, box: QRect) -> None:
        super().__init__(screen)
        self.setGeometry(box)
        self._theme: Theme = screen.theme
        words = ask(page.documents)
        mine = screen.theme.look.language
        other = Language.EN if mine is Language.ZH else Language.ZH
        hint = say.READER_WHERE if words is not say.NO_DOCUMENT else say.READERS_CLOSED
        big = RESULT if mine is Language.ZH else H1
        arrow = Glyph(screen.theme, "arrow-down-to-line", 44, "onhero")
        where = Text(screen.theme, hint.into(mine), LEAD, "onhero", grow=False)
        row = Across(screen.theme, (arrow, where), (0, 0), 20, stretch=False)
        self._row = row
        self._sentence = Text(screen.theme, words.into(mine), big, "onhero", CENTRE)
        self._second = Text(screen.theme, words.into(other), LEAD, "hero2", CENTRE)
        px = screen.theme.px
        width = box.width() - px(96)
        y = box.height() - px(48)
        for block, gap in ((row, 36), (self._second, 8), (self._sentence, 32)):
            block.setParent(self)
            wide = min(width, row.sizeHint().width()) if block is row else width
            tall = height_in(block, wide)
            y -= tall
            block.setGeometry((box.width() - wide) // 2, y, wide, tall)
            y -= px(gap)
        self._picture = y
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("hero"))
        if theme.roles.outlined:
            painter.fillRect(0, self.height() - px(4), self.width(), px(4), theme.colour("edge"))
        tall = min(px(520), self._picture - px(24), round((self.width() - px(200)) * 428 / 504))
        if tall > px(120):
            wide = tall * 504 / 428
            top = max(px(8), (self._picture - tall) / 2)
            box = QRectF((self.width() - wide) / 2, top, wide, tall)
            door = draw_house(painter, box, theme.colour("onhero"), theme.colour("lamp"))
            scale = door.width() * 0.78 / 200
            painter.translate(QPointF(door.center().x() - 100 * scale, door.center().y() - 63 * scale))
            painter.scale(scale, scale)
            id_card(painter, inks(theme), "")
        painter.end()
