"""The very page that will be printed, before it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from screens import say, say_papers, specimen
from screens.glyph import line
from screens.key import Kind
from screens.keys import Button
from screens.layout import Down
from screens.pages import Confirmed, Fact, Preview
from screens.picture import image_of
from screens.progress import progress
from screens.screen import Samples, Screen
from screens.sheet import Piece, Sheet
from screens.text import CENTRE, Text
from screens.theme import CAPTION, H3
from screens.words import Words, same

_FACTS: Final = (
    Fact(Words("有效期", "Valid for"), Words("6 个月", "6 months")),
    Fact(Words("费用", "Fee"), Words("免费", "Free")),
)
_LAST: Final = Words("这是最后一次预览，不能再改了。", "This is the last preview. It can't be changed any more.")


@dataclass(frozen=True, slots=True)
class View:
    """How the page is looked at: whole, or ``large`` from one of several places on."""

    large: bool = False
    at: int = 0


class PreviewScreen(Screen[Preview]):
    """The page whole, with what it is; larger on request, a piece at a time, turned by keys."""

    HELP_BESIDE = True

    @classmethod
    def samples(cls) -> Samples:
        subject = Words("居住证明", "Certificate of residence")
        return {
            "sheet": Preview(specimen.sheet_dots(), same("A4"), _FACTS, True, 3, 4, subject),
            "last": Preview(specimen.sheet_dots(), same("A4"), _FACTS, False, 3, 4, subject, _LAST),
            "slip": Preview(specimen.slip_dots(), Words("80 毫米", "80 mm"), _FACTS, changeable=False),
        }

    def build(self, page: Preview) -> None:
        if self.own is None:
            self.own = View()
        picture = image_of(page.picture)
        if self.own.large:
            self._large(page, picture)
        else:
            self._whole(page, picture)

    def _whole(self, page: Preview, picture: QImage) -> None:
        theme = self.theme
        above = progress(theme, page.step, page.steps, page.subject) if page.steps else None
        self.head(say_papers.LOOK_FIRST, page.note, above=above)
        facts = (Fact(say_papers.PAPER, page.paper), *page.facts)
        larger = self._small("larger", say_papers.LARGER, "zoom-in")
        larger.clicked.connect(self._enlarge)
        if theme.elder:
            self.see(Text(theme, " · ".join(self.say(fact.value) for fact in facts), CAPTION, "ink2"), 0)
            self.fill(Sheet(theme, picture))
        elif theme.reach or theme.landscape:
            self.fill(Sheet(theme, picture, self._told(facts)))
        else:
            self.fill(Sheet(theme, picture, self._told(facts), larger))
            self.foot(line(theme, "file-check", self.say(say_papers.THE_VERY_PAGE)))
            self._end(page)
            return
        self._end(page, larger)

    def _large(self, page: Preview, picture: QImage) -> None:
        """A piece of the page at the full width of the body, moved by keys."""
        theme = self.theme
        self.head(say_papers.LOOK_FIRST)
        self._piece = Piece(theme, picture)
        self.fill(self._piece)
        self._up, self._down = self._mover("up", "arrow-up", -1), self._mover("down", "arrow-down", 1)
        self._where = Text(theme, "", CAPTION, "ink2", CENTRE)
        whole = self._small("whole", say_papers.WHOLE_PAGE, "file-text")
        whole.clicked.connect(self._shrink)
        if theme.landscape:
            self.foot(self._up, self._where, self._down, shares=(1, 2, 1))
            self._end(page, whole)
        else:
            self.foot(self._up, self._where, self._down, whole, shares=(2, 4, 2, 4))
            self._end(page)
        self._count = self._piece.count(self.left().one.size())
        self._move(0)

    def _told(self, facts: tuple[Fact, ...]) -> QWidget:
        theme = self.theme
        pairs = [
            Down(
                theme,
                [Text(theme, self.say(fact.label), CAPTION, "ink2"), Text(theme, self.say(fact.value), H3)],
                gap=2,
            )
            for fact in facts
        ]
        return Down(theme, pairs, gap=24)

    def _small(self, name: str, words: Words, icon: str = "") -> Button:
        return Button(self.theme, name, self.say(words), icon, padding=16)

    def _mover(self, name: str, icon: str, step: int) -> Button:
        key = Button(self.theme, f"piece:{name}", "", icon, Kind.QUIET)
        key.setAccessibleName(self.say(say.PAGE_BEFORE if step < 0 else say.PAGE_AFTER))
        key.clicked.connect(partial(self._move, step))
        return key

    def _end(self, page: Preview, beside: Button | None = None) -> None:
        """The keys that change, look closer and print; one above the other where hands or eyes need them larger."""
        theme = self.theme
        deed = say_papers.ALL_CORRECT_LARGE if theme.elder else say_papers.ALL_CORRECT
        primary = self.key("primary", deed, "printer", Confirmed(), Kind.PRIMARY)
        change = [self.wire(self._small("change", say_papers.CHANGE), "change")] if page.changeable else []
        if change and beside is None and not (theme.elder or theme.reach or theme.landscape):
            self.foot(change[0], primary, shares=(5, 12))
            return
        row = [*change, *([beside] if beside else [])]
        if row:
            self.foot(*row)
        self.foot(primary)

    def _enlarge(self) -> None:
        self.own = View(True)
        self.rebuild()

    def _shrink(self) -> None:
        self.own = View()
        self.rebuild()

    def _move(self, step: int, *_: object) -> None:
        at = min(max(0, self.own.at + step), self._count - 1)
        self.own = View(True, at)
        self._piece.put(at, self._count)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(at < self._count - 1)
        self._where.say(self.say(say.page_of(at + 1, self._count)))

    def back(self) -> bool:
        """Out of the larger view."""
        if not self.own.large:
            return False
        self._shrink()
        return True
