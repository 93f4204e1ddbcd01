"""A screen: made for one page, gives one answer, thrown away.

It names what it shows in the order of reading. Where things stand follows
from the look: under each other on an upright panel, in two columns on a wide
one, with every key in the lower half for a seated hand. What does not fit is
put on further pages, turned by keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import Chip, ChipKind, Tag
from screens.key import Key, Kind
from screens.keys import Button
from screens.layout import Across, Down, Gap, height_in
from screens.pages import Choice, Open, Page
from screens.spread import Block, Place, Sheet, spread
from screens.stage import Stage
from screens.text import CENTRE, Text
from screens.theme import BIG_BUTTON, BODY, BUTTON, CAPTION, H1, H1_REACH, LEAD
from screens.words import Words

Samples = dict[str, Page[Any]]
K = TypeVar("K", bound=Key)
P = TypeVar("P", bound=Page[Any])
SECTION, LIST = 32, 16


@dataclass(frozen=True, slots=True)
class Draft:
    """What a citizen has done on a page before answering it; enough to make the screen again."""

    sheet: int = 0
    own: Any = None


class Screen(QWidget, Generic[P]):
    """The base of all screens. Subclasses fill ``build`` with calls of ``head``, ``see``, ``touch`` and ``foot``."""

    SAMPLES: ClassVar[Samples] = {}
    FULL: ClassVar[bool] = False
    """The body reaches from the header down to the strip, and the header wears the hero colours."""
    PAUSE: ClassVar[Words | None] = None
    """What the frame says in place of the countdown."""

    answered = Signal(object)
    looked = Signal(object)
    called_help = Signal()

    def __init__(self, page: P, stage: Stage, draft: Draft | None = None) -> None:
        super().__init__()
        self.page, self.stage, self.theme = page, stage, stage.theme
        self.own: Any = draft.own if draft else None
        self._sheet = draft.sheet if draft else 0
        self._done = False
        self._head: list[QWidget] = []
        self._foot: list[QWidget] = []
        self._shown: list[Block] = []
        self._touched: list[Block] = []
        self._all: list[Block] = []
        self._filling: QWidget | None = None
        self._sheets: list[Sheet] = [()]
        self._turning: list[QWidget] = []
        self._area = QRect()
        self.resize(stage.room)
        self.build(page)
        self._arrange()

    # what subclasses say

    def build(self, page: P) -> None:
        raise NotImplementedError

    def say(self, words: Words) -> str:
        return words.into(self.theme.look.language)

    def head(self, title: Words, lead: Words | None = None, tag: Tag | None = None) -> None:
        """The title, one sentence under it, and how something stands at the right."""
        text = Text(self.theme, self.say(title), H1_REACH if self.theme.look.reach else H1, most_lines=2)
        if tag and not self.theme.elder:
            row: QWidget = Across(self.theme, (text, Chip(self.theme, tag)), (1, 0), stretch=False)
        else:
            row = text
        blocks: list[QWidget] = [row]
        if lead and self.say(lead):
            blocks.append(Text(self.theme, self.say(lead), LEAD, "ink2"))
        self._head = [*self._head, Down(self.theme, blocks, gap=8)]

    def banner(self, block: QWidget) -> None:
        """A block in place of the title."""
        self._head = [block]

    def see(self, block: QWidget, gap: int = SECTION, heading: bool = False) -> None:
        """A block that is only looked at."""
        self._shown.append(Block(block, self.theme.px(gap), heading))
        self._all.append(self._shown[-1])

    def touch(self, block: QWidget, gap: int = LIST, heading: bool = False) -> None:
        """A block with keys in it."""
        self._touched.append(Block(block, self.theme.px(gap), heading))
        self._all.append(self._touched[-1])

    def fill(self, block: QWidget) -> None:
        """A block of keys that takes all the height that is left, and pages itself."""
        self._filling = block

    def foot(self, *blocks: QWidget, shares: Sequence[int] = ()) -> None:
        """The last row of the body: the primary key, and what stands beside it."""
        self._foot = [blocks[0] if len(blocks) == 1 else Across(self.theme, blocks, shares)]

    def key(
        self, name: str, words: Words, icon: str = "", answer: object = None, kind: Kind = Kind.SECONDARY
    ) -> Button:
        """A key that gives ``answer``; the primary one is called ``primary``."""
        face, height = (BIG_BUTTON, 136) if kind is Kind.PRIMARY else (BUTTON, 112)
        return self.wire(Button(self.theme, name, self.say(words), icon, kind, face, height), answer)

    def wire(self, key: K, answer: object) -> K:
        key.clicked.connect(partial(self.answer, answer))
        return key

    def tag_of(self, state: Open) -> Tag | None:
        """The chip of a thing that is closed or works offline."""
        if state is Open.CLOSED:
            return Tag(self.say(say.CLOSED), "circle-minus", ChipKind.WARN)
        if state is Open.OFFLINE:
            return Tag(self.say(say.OFFLINE), "wifi-off", ChipKind.NEUTRAL)
        return None

    def wired(self, key: K, choice: Choice) -> K:
        """A key for ``choice``: gives its key as the answer, and can't be pressed where it is closed."""
        key.setEnabled(choice.open is not Open.CLOSED)
        key.clicked.connect(partial(self.answer, choice.key))
        return key

    # what the window asks

    def answer(self, answer: object, *_: object) -> None:
        """Give the page's one answer; anything after it has no effect."""
        if self._done:
            return
        self._done = True
        self.answered.emit(answer)

    def silence(self) -> None:
        """Take no more presses: the page has been answered."""
        self._done = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draft(self) -> Draft:
        return Draft(self._sheet, self.own)

    def back(self) -> bool:
        """Go one step back inside the page; False where there is none."""
        return False

    def tell(self, seconds: int) -> None:
        """The seconds left, for screens that show them in the body."""

    # how it is arranged

    def _clear(self) -> None:
        self._head, self._foot, self._turning = [], [], []
        self._shown, self._touched, self._all = [], [], []
        self._filling, self._sheets, self._area = None, [()], QRect()

    def rebuild(self) -> None:
        """Draw the page anew after a step inside it."""
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.hide()
            child.deleteLater()
        self._clear()
        self.build(self.page)
        self._arrange()

    @property
    def _split(self) -> bool:
        return self.theme.split and not self.FULL and bool(self._touched or self._foot or self._filling)

    def _zones(self) -> tuple[QRect, QRect]:
        """Where things are shown and where they are touched; the same place on an upright panel."""
        px, room = self.theme.px, self.rect()
        side, top, bottom = px(56), px(40 if not self.theme.landscape else 32), px(24)
        whole = room.adjusted(side, top, -side, -bottom)
        if not self._split:
            return whole, whole
        if self.theme.landscape:
            right = px(568)
            left = whole.adjusted(0, 0, -(right + px(40)), 0)
            return left, QRect(whole.right() + 1 - right, whole.top(), right, whole.height())
        line = self.stage.reach_line
        upper = QRect(whole.left(), whole.top(), whole.width(), line - px(24) - whole.top())
        lower = QRect(whole.left(), line + px(28), whole.width(), whole.bottom() + 1 - line - px(28))
        return upper, lower

    def _with_help(self) -> None:
        if not self.theme.elder or self.FULL:
            return
        key = Button(self.theme, "help", self.say(say.FETCH_HELP), "phone", height=112)
        key.clicked.connect(self.called_help)
        if self._foot and self.theme.split:
            self._foot = [Across(self.theme, (*self._foot, key), (3, 2) if not self.theme.landscape else (1, 1))]
        else:
            self._foot.append(key)

    def _arrange(self) -> None:
        self._with_help()
        upper, lower = self._zones()
        head = self._stack(self._head, upper.left(), upper.top(), upper.width())
        foot_height = sum(height_in(each, lower.width()) + self.theme.px(LIST) for each in self._foot)
        foot_height -= self.theme.px(LIST) if self._foot else 0
        self._stack(self._foot, lower.left(), lower.bottom() + 1 - foot_height, lower.width(), LIST)
        gap = self.theme.px(SECTION - 8)
        below_head = upper.adjusted(0, head + (gap if head else 0), 0, 0)
        above_foot = lower.adjusted(0, 0, 0, -(foot_height + (gap if foot_height else 0)))
        if self._split:
            self._spread_split(below_head, above_foot)
        else:
            both = below_head.intersected(above_foot)
            self._spread_one(self._all, both)
        self._turn(min(self._sheet, len(self._sheets) - 1))

    def _stack(self, blocks: Sequence[QWidget], x: int, y: int, width: int, gap: int = 16) -> int:
        top = y
        for block in blocks:
            block.setParent(self)
            tall = height_in(block, width)
            block.setGeometry(x, y, width, tall)
            block.show()
            y += tall + self.theme.px(gap)
        return y - top - self.theme.px(gap) if blocks else 0

    def _spread_one(self, blocks: list[Block], area: QRect) -> None:
        if self._filling:
            self._fill_rest(blocks, area)
            return
        sheets = spread(blocks, area.width(), area.height())
        if len(sheets) > 1:
            area = area.adjusted(0, 0, 0, -self._turner_height())
            sheets = spread(blocks, area.width(), area.height())
        self._sheets = [self._placed(sheet, area) for sheet in sheets]
        self._area = area

    def _spread_split(self, upper: QRect, lower: QRect) -> None:
        if self._filling:
            self._fill_rest(self._touched, lower)
            shown = spread(self._shown, upper.width(), upper.height())
            self._sheets = [(*self._placed(shown[0], upper), *self._sheets[0])]
            return
        shown = spread(self._shown, upper.width(), upper.height())
        keys = spread(self._touched, lower.width(), lower.height())
        if max(len(shown), len(keys)) > 1:
            lower = lower.adjusted(0, 0, 0, -self._turner_height())
            keys = spread(self._touched, lower.width(), lower.height())
        count = max(len(shown), len(keys))
        self._sheets = [
            (
                *self._placed(shown[min(at, len(shown) - 1)], upper),
                *self._placed(keys[min(at, len(keys) - 1)], lower),
            )
            for at in range(count)
        ]
        self._area = lower

    def _fill_rest(self, blocks: list[Block], area: QRect) -> None:
        sheet = self._placed(spread(blocks, area.width(), area.height())[0], area)
        used = max((place.y + place.height + self.theme.px(LIST) for place in sheet), default=area.top())
        rest = self._filling
        assert rest is not None
        rest.setParent(self)
        rest.setGeometry(area.left(), used, area.width(), area.bottom() + 1 - used)
        rest.show()
        self._sheets = [sheet]
        self._area = area

    def _placed(self, sheet: Sheet, area: QRect) -> Sheet:
        for place in sheet:
            place.widget.setParent(self)
            place.widget.setGeometry(area.left(), area.top() + place.y, area.width(), place.height)
        return tuple(Place(place.widget, area.top() + place.y, place.height) for place in sheet)

    # turning pages

    def _turner_height(self) -> int:
        return self.theme.px(96 + 20)

    def _turn(self, sheet: int, *_: object) -> None:
        self._sheet = sheet
        for block in self._all:
            block.widget.hide()
        for place in self._sheets[sheet]:
            place.widget.show()
        for each in self._turning:
            each.hide()
            each.deleteLater()
        self._turning = []
        if len(self._sheets) > 1:
            turner = Turner(self, sheet, len(self._sheets))
            turner.setParent(self)
            top = self._area.bottom() + 1 + self.theme.px(20)
            turner.setGeometry(self._area.left(), top, self._area.width(), self.theme.px(96))
            turner.show()
            self._turning = [turner]

    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self._split and self.theme.look.reach and not self.theme.landscape):
            return
        painter = QPainter(self)
        line = self.stage.reach_line
        painter.fillRect(0, line - self.theme.px(4), self.width(), self.theme.px(4), self.theme.colour("action"))
        painter.end()


class Turner(QWidget):
    """Keys for the page before and after, and where one is."""

    def __init__(self, screen: Screen[Any], sheet: int, of: int) -> None:
        super().__init__()
        theme = screen.theme
        before: QWidget = Gap(theme, 96)
        after: QWidget = Gap(theme, 96)
        if sheet > 0:
            before = Button(theme, "page:before", "", "arrow-left", Kind.QUIET, height=96)
            before.setAccessibleName(screen.say(say.PAGE_BEFORE))
            before.clicked.connect(partial(screen._turn, sheet - 1))
        if sheet < of - 1:
            after = Button(theme, "page:after", "", "arrow-right", Kind.QUIET, height=96)
            after.setAccessibleName(screen.say(say.PAGE_AFTER))
            after.clicked.connect(partial(screen._turn, sheet + 1))
        words = Text(theme, screen.say(say.page_of(sheet + 1, of)), CAPTION, "ink2", CENTRE)
        self._row = Across(theme, (before, words, after), (2, 6, 2), stretch=False)
        self._row.setParent(self)

    def resizeEvent(self, event: object) -> None:
        self._row.setGeometry(self.rect())


def sentence(screen: Screen[Any], words: Words, role: str = "ink2") -> Text:
    """A sentence in body type."""
    return Text(screen.theme, screen.say(words), BODY, role)
