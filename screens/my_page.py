"""What the hall keeps of a person, how it stands, and who read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say_people as say
from screens.key import Key, Kind
from screens.keys import Button, Row, Tile
from screens.layout import Across, Down, Panel, Rule, height_in, rows_of
from screens.my_page_samples import SAMPLES
from screens.name import Name, hold_key
from screens.pages import MyPage, Progress, Seen
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import RIGHT, Text
from screens.theme import BODY, CAPTION, H1, H1_REACH, LEAD, LEAD_BOLD
from screens.under_way import UnderWay
from screens.words import Words


@dataclass(frozen=True, slots=True)
class Thing:
    """One key to a list: ``key`` is the answer."""

    key: str
    icon: str
    title: Words
    line: Words | None = None


class MyPageScreen(Screen[MyPage]):
    """What is under way, who read what, and keys to the rest; in large type a list of keys.

    The name is masked, and whole while a key is held; the number stays masked.
    """

    SAMPLES: ClassVar[Samples] = SAMPLES

    def build(self, page: MyPage) -> None:
        self._name = Name(
            self.theme, f"{page.name}  {page.number}", f"{page.name_full}  {page.number}", LEAD, role="ink2"
        )
        hidden = page.name_full not in ("", page.name)
        self._hold = [hold_key(self.theme, self._name)] if hidden else []
        if self.theme.elder:
            self._as_list(page)
        elif self.theme.reach:
            self._in_reach(page)
        else:
            self._at_once(page)

    # how it is laid out

    def _at_once(self, page: MyPage) -> None:
        theme = self.theme
        title = Down(theme, [Text(theme, self.say(say.MINE), H1), self._name], gap=4)
        self.banner(Across(theme, (title, *self._hold), (1, *(0 for _ in self._hold)), 24, stretch=False))
        ask, deed = self._ask(), self._print()
        if theme.landscape:
            self.foot(ask)
            self.foot(deed)
        else:
            self.foot(ask, deed, shares=(10, 10))
        self._see_applied(page)
        tiles = [self._row(thing) for thing in self._things(page)]
        rows: list[QWidget] = [*tiles] if theme.landscape else rows_of(theme, tiles, 2, 16)
        self._see_reads(page, 0 if theme.landscape else self._tall(rows))
        for at, row in enumerate(rows):
            self.touch(row, SECTION - 8 if at == 0 else LIST, aside=True)

    def _see_applied(self, page: MyPage) -> None:
        theme = self.theme
        shown = page.applied[:2]
        every = self._every("applied", say.all_applied(len(page.applied))) if len(page.applied) > len(shown) else None
        heading = Text(theme, self.say(say.applied(len(page.applied))), LEAD_BOLD)
        self.touch(Across(theme, (heading, every), (1, 0), stretch=False) if every else heading, heading=True)
        keys = [self._under_way(at, each) for at, each in enumerate(shown)]
        if not keys:
            self.see(Panel(theme, [Text(theme, self.say(say.NOTHING_APPLIED), BODY, "ink2")]), 12)
        elif theme.landscape:
            self.touch(Across(theme, keys), 12)
        else:
            for key in keys:
                self.touch(key, 12)

    def _see_reads(self, page: MyPage, below: int) -> None:
        """The newest reads, as many as leave room for what stands ``below``; a key to all, where there are more."""
        theme, room = self.theme, self.left().one
        used = [height_in(each.widget, room.width()) + theme.px(each.gap) for each in self._parts.blocks]
        left = room.height() - sum(used) - below
        for count in range(min(4, len(page.seen)), -1, -1):
            heading, panel = self._reads(page, count)
            tall = theme.px(SECTION + 12) + sum(height_in(each, room.width()) for each in (heading, panel))
            if count <= 1 or tall <= left:
                break
            heading.deleteLater()
            panel.deleteLater()
        put = self.see if theme.reach else self.touch
        put(heading, SECTION, heading=True)
        self.see(panel, 12)

    def _reads(self, page: MyPage, count: int) -> tuple[QWidget, QWidget]:
        theme = self.theme
        title = Text(theme, self.say(say.READS), LEAD_BOLD)
        if page.seen_count > count and not theme.reach:
            end: QWidget = self._every("reads", say.all_reads(page.seen_count))
            heading = Across(theme, (title, end), (1, 0), stretch=False)
        else:
            end = Text(theme, self.say(say.last_days(page.seen_count)), CAPTION, "ink2", RIGHT)
            heading = Across(theme, (title, end), (1, 1), stretch=False)
        if not count:
            return heading, Panel(theme, [Text(theme, self.say(say.NO_READS), BODY, "ink2")])
        rows = [self._seen(each) for each in page.seen[:count]]
        parted = [part for row in rows for part in (Rule(theme), row)][1:]
        return heading, Panel(theme, parted, gap=8, padding=24)

    def _in_reach(self, page: MyPage) -> None:
        """What is told stands above, every key below."""
        theme = self.theme
        title = Down(theme, [Text(theme, self.say(say.MINE), H1_REACH), self._name], gap=4)
        self.banner(title)
        self.foot(*self._hold, self._ask())
        self.foot(self._print())
        self._see_reads(page, 0)
        applied = Thing("applied", "list-checks", say.applied(len(page.applied)))
        reads = Thing("reads", "eye", say.READS_SHORT)
        tiles = [self._tile(thing) for thing in (applied, reads, *self._things(page))]
        for at, row in enumerate(rows_of(theme, tiles, 3)):
            self.touch(row, 0 if at == 0 else 20)

    def _as_list(self, page: MyPage) -> None:
        """Large type: one column of keys, a few on a page."""
        title = Text(self.theme, self.say(say.MINE), H1_REACH if self.theme.reach else H1)
        self.banner(Down(self.theme, [title, self._name], gap=4))
        self.foot(self._print())
        if self.theme.reach:
            self._see_reads(page, 0)
        for key in self._hold:
            self.touch(key)
        things = (
            Thing("applied", "list-checks", say.applied(len(page.applied))),
            Thing("reads", "eye", say.READS),
            *(replace(thing, line=None) for thing in self._things(page)),
            Thing("question", "circle-help", say.QUESTION),
        )
        for thing in things:
            self.touch(self._row(thing))

    # its parts

    def _things(self, page: MyPage) -> tuple[Thing, ...]:
        count, ends, bound = page.certificates, page.expiring, page.channels
        return (
            Thing("certificates", "file-check", say.certificates(count), say.REPRINT if count else say.NONE_YET),
            Thing("expiring", "hourglass", say.expiring(len(ends)) if ends else say.NOTHING_EXPIRES, *ends[:1]),
            Thing("channels", "link", bound[0] if len(bound) == 1 else say.bound(len(bound)), say.UNBIND)
            if bound
            else Thing("channels", "link", say.BIND_PHONE, say.BIND_WHY),
            Thing("tickets", "ticket", say.TICKETS, say.TICKETS_LINE),
        )

    def _row(self, thing: Thing) -> Key:
        line = self.say(thing.line) if thing.line else ""
        height = 108 if self.theme.landscape else 104 if self.theme.reach else 120
        row = Row(self.theme, f"mine:{thing.key}", self.say(thing.title), thing.icon, line, height=height)
        row.private = thing.line in self.page.expiring
        return self.wire(row, thing.key)

    def _tile(self, thing: Thing) -> Key:
        return self.wire(Tile(self.theme, f"mine:{thing.key}", self.say(thing.title), thing.icon), thing.key)

    def _under_way(self, at: int, each: Progress) -> Key:
        where = self.say(say.step_in(each.step, each.steps))
        name, title, line = f"applied:{at}", self.say(each.what), self.say(each.line)
        return self.wire(UnderWay(self.theme, name, title, line, each.step, each.steps, where), "applied")

    def _seen(self, each: Seen) -> QWidget:
        theme = self.theme
        who = Down(
            theme,
            [
                Text(theme, self.say(each.who), LEAD_BOLD, private=True),
                Text(theme, self.say(say.saw(each.what)), CAPTION, "ink2", private=True),
            ],
            gap=2,
        )
        when = Text(theme, each.at, CAPTION, "ink2", private=True)
        why = Text(theme, self.say(each.why), CAPTION, align=RIGHT, private=True)
        return Across(theme, (when, who, why), (20, 45, 35), stretch=False)

    def _every(self, key: str, words: Words) -> Button:
        made = Button(self.theme, f"mine:{key}", self.say(words), face=LEAD_BOLD, height=82, padding=28)
        return self.wire(made, key)

    def _ask(self) -> Button:
        made = Button(self.theme, "question", self.say(say.QUESTION), "circle-help", padding=16)
        return self.wire(made, "question")

    def _print(self) -> Button:
        words = say.PRINT_LIST_SHORT if self.theme.elder else say.PRINT_LIST
        made = Button(self.theme, "primary", self.say(words), "printer", Kind.PRIMARY, padding=16)
        return self.wire(made, "print")

    def _tall(self, rows: Sequence[QWidget]) -> int:
        wide = self.left().one.width()
        tall = sum(height_in(row, wide) for row in rows)
        return tall + self.theme.px(SECTION - 8 + LIST * (len(rows) - 1))
