"""A screen: made for one page, gives one answer, thrown away.

It names what it shows in the order of reading. Where things stand follows
from the look: under each other on an upright panel, in two columns on a wide
one, with every key in the lower half for a seated hand. What does not fit is
put on further pages, turned by keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import ChipKind, Tag
from screens.key import Key, Kind
from screens.keys import Button
from screens.layout import Across, Gap
from screens.pages import Choice, Open, Page
from screens.spread import LIST, SECTION, Block, Ground, Parts, arrange, ground_of
from screens.stage import Stage
from screens.theme import BIG_BUTTON, BUTTON
from screens.title import Title
from screens.turner import Turner
from screens.words import Words

Samples = dict[str, Page[Any]]
K = TypeVar("K", bound=Key)
P = TypeVar("P", bound=Page[Any])

HELP_ROW: Final = 136
"""The height of the key that fetches help, in design units of large type."""


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
    HELP_BESIDE: ClassVar[bool | None] = None
    """Whether the elder mode's help key stands beside the last row and not under it; None: in reach mode only."""
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
        self._parts = Parts()
        self._turner: QWidget | None = None
        self.resize(stage.room)
        self.build(page)
        self._arrange()

    @classmethod
    def samples(cls) -> Samples:
        """Pages to look at and to test with; called when Qt is up."""
        return cls.SAMPLES

    # what subclasses say

    def build(self, page: P) -> None:
        raise NotImplementedError

    def say(self, words: Words) -> str:
        return words.into(self.theme.look.language)

    def head(
        self, title: Words, lead: Words | None = None, tag: Tag | None = None, above: QWidget | None = None
    ) -> None:
        """The title, one sentence under it, a line above it, and how something stands at the right."""
        under = self.say(lead) if lead else None
        self._parts.head.append(Title(self.theme, self.say(title), under, tag, above))

    def banner(self, block: QWidget) -> None:
        """A block in place of the title."""
        self._parts.head.append(block)

    def band(self, block: QWidget) -> None:
        """A block over the full width, directly below the header."""
        self._parts.band = block

    def see(
        self, block: QWidget, gap: int = SECTION, heading: bool = False, aside: bool = False, spare: bool = False
    ) -> None:
        """A block that is only looked at. ``aside``: in the second column of a wide panel.

        ``spare``: left out where the page has no room for it.
        """
        self._parts.blocks.append(Block(block, gap, heading, False, aside, spare))

    def touch(self, block: QWidget, gap: int = LIST, heading: bool = False, aside: bool = False) -> None:
        """A block with keys in it, or the heading of one."""
        self._parts.blocks.append(Block(block, gap, heading, True, aside))

    def fill(self, block: QWidget) -> None:
        """A block of keys that takes all the height that is left, and pages itself."""
        self._parts.fill = block

    def foot(self, *blocks: QWidget, shares: Sequence[int] = ()) -> None:
        """A row at the end of the body: the primary key, and what stands beside it. The last one named is lowest."""
        self._parts.foot.append(blocks[0] if len(blocks) == 1 else Across(self.theme, blocks, shares))

    def left(self) -> Ground:
        """What is left for blocks on a page, beside what was placed in head and foot so far, and help."""
        parts = self._parts
        if self._helps and not self._help_has_a_row:
            parts = replace(parts, foot=[*parts.foot, Gap(self.theme, HELP_ROW)])
        return ground_of(parts, self.theme, self.stage.room, self.stage.reach_line)

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
        """The chip of a thing that is closed, works offline, or needs more proof first."""
        if state is Open.CLOSED:
            return Tag(self.say(say.CLOSED), "circle-minus", ChipKind.WARN)
        if state is Open.OFFLINE:
            return Tag(self.say(say.OFFLINE), "wifi-off", ChipKind.NEUTRAL)
        if state is Open.STEP:
            return Tag(self.say(say.STEP), "shield-check", ChipKind.NEUTRAL)
        return None

    def wired(self, key: K, choice: Choice) -> K:
        """A key for ``choice``: gives its key as the answer, and can't be pressed where it is closed."""
        key.setEnabled(choice.open is not Open.CLOSED)
        return self.wire(key, choice.key)

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

    def help_beside(self) -> bool | None:
        """``HELP_BESIDE`` as the page stands now."""
        return self.HELP_BESIDE

    # how it is arranged

    def rebuild(self) -> None:
        """Draw the page anew after a step inside it."""
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.hide()
            child.deleteLater()
        self._parts, self._turner = Parts(), None
        self.build(self.page)
        self._arrange()

    def _arrange(self) -> None:
        self._with_help()
        self._plan = arrange(self._parts, self.theme, self.stage.room, self.stage.reach_line)
        for place in (*self._plan.fixed, *(each for sheet in self._plan.sheets for each in sheet)):
            place.widget.setParent(self)
        for place in self._plan.fixed:
            place.widget.setGeometry(place.at)
            place.widget.show()
        self.turn(min(self._sheet, len(self._plan.sheets) - 1))

    @property
    def _helps(self) -> bool:
        return self.theme.elder and not self.FULL

    @property
    def _help_has_a_row(self) -> bool:
        """Whether the key that fetches help stands beside another."""
        wanted = self.help_beside()
        beside = self.theme.reach if wanted is None else wanted and not self.theme.landscape
        return bool(self._parts.foot) and beside

    def _with_help(self) -> None:
        """In elder mode the key that fetches help is on every page."""
        if not self._helps:
            return
        key = Button(self.theme, "help", self.say(say.FETCH_HELP), "phone", height=112)
        key.clicked.connect(self.called_help)
        foot = self._parts.foot
        if self._help_has_a_row:
            foot[-1] = Across(self.theme, (foot[-1], key), (3, 2))
        else:
            foot.append(key)

    def turn(self, sheet: int, *_: object) -> None:
        """Show one of the pages that the blocks are spread over."""
        self._sheet = sheet
        shown = self._plan.sheets[sheet]
        for place in (each for other in self._plan.sheets for each in other):
            place.widget.setVisible(place in shown)
        for place in shown:
            place.widget.setGeometry(place.at)
        if self._turner is not None:
            self._turner.hide()
            self._turner.deleteLater()
        self._turner = None
        if len(self._plan.sheets) > 1:
            self._turner = Turner(self.theme, self.say, self.turn, sheet, len(self._plan.sheets))
            self._turner.setParent(self)
            self._turner.setGeometry(self._plan.turner)
            self._turner.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan.split and self.theme.reach:
            thick = self.theme.px(4)
            painter = QPainter(self)
            painter.fillRect(0, self.stage.reach_line - thick, self.width(), thick, self.theme.colour("action"))
            painter.end()
