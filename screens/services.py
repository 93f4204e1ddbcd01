"""Choosing matters: by life stage or department, several on one ticket."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say
from screens.chip import ChipKind, Tag
from screens.key import Key, Kind
from screens.keys import Button, Rail, Row
from screens.layout import Across, Down, Panel
from screens.matter_list import MatterList
from screens.pages import Chosen, Group, Matter, Open, Services, Tab
from screens.samples import MATTERS, TABS
from screens.screen import Samples, Screen
from screens.spread import LIST
from screens.tabs import Tabs
from screens.text import Text
from screens.theme import BIG_BUTTON, BUTTON, CAPTION, H3, LEAD_BOLD


@dataclass(frozen=True, slots=True)
class Picking:
    """Where in the catalogue one is, and what is chosen so far."""

    tab: str
    group: str
    sheet: int
    chosen: tuple[str, ...]


class ServicesScreen(Screen[Services]):
    """Tabs, groups and matters at once; in elder and reach mode groups first, then matters."""

    SAMPLES: ClassVar[Samples] = {
        "some": Services(TABS, MATTERS, ("si-transfer", "mi-remote"), "stages"),
        "none": Services(TABS, MATTERS),
    }

    def build(self, page: Services) -> None:
        if self.own is None:
            self.own = self._first(page)
        if self.theme.elder or self.theme.reach:
            self._stepwise(page)
        else:
            self._at_once(page)
        self._foot_of(page)

    def _first(self, page: Services) -> Picking:
        tab = next((tab for tab in page.tabs if tab.id == page.tab), page.tabs[0])
        group = tab.groups[0].id if tab.groups else ""
        by_steps = self.theme.elder or self.theme.reach
        return Picking(tab.id, "" if by_steps else group, 0, page.chosen)

    @property
    def _tab(self) -> Tab:
        return next((tab for tab in self.page.tabs if tab.id == self.own.tab), self.page.tabs[0])

    def _of_group(self, group: str) -> list[Matter]:
        return [matter for matter in self.page.matters if group in matter.groups]

    def _go(self, picking: Picking, *_: object) -> None:
        self.own = picking
        self._sheet = 0
        self.rebuild()

    # all at once

    def _at_once(self, page: Services) -> None:
        self.head(say.CHOOSE, say.CHOOSE_SEVERAL)
        if not self.own.group and self._tab.groups:
            self.own = replace(self.own, group=self._tab.groups[0].id)
        if len(page.tabs) > 1:
            self.touch(self._tabs(page), 0)
        rail = [self._rail(group) for group in self._tab.groups]
        self.fill(MatterList(self, rail, self._of_group(self.own.group), self.own, self._turned))

    def _tabs(self, page: Services) -> Tabs:
        items = [(f"tab:{tab.id}", self.say(tab.name), tab.icon) for tab in page.tabs]
        tabs = Tabs(self.theme, items, [tab.id for tab in page.tabs].index(self._tab.id))
        tabs.picked.connect(self._pick_tab)
        return tabs

    def _pick_tab(self, at: int) -> None:
        tab = self.page.tabs[at]
        by_steps = self.theme.elder or self.theme.reach
        group = tab.groups[0].id if tab.groups and not by_steps else ""
        self._go(replace(self.own, tab=tab.id, group=group, sheet=0))

    def _rail(self, group: Group) -> Rail:
        key = Rail(self.theme, f"group:{group.id}", self.say(group.name), group.icon)
        key.select(group.id == self.own.group)
        key.clicked.connect(partial(self._go, replace(self.own, group=group.id, sheet=0)))
        return key

    def _turned(self, sheet: int, *_: object) -> None:
        self._go(replace(self.own, sheet=sheet))

    # step by step

    def _stepwise(self, page: Services) -> None:
        if self.theme.reach and self.own.chosen:
            self.see(self._chosen_panel(page))
        if not self.own.group:
            self.head(say.CHOOSE, say.CHOOSE_SEVERAL)
            if len(page.tabs) > 1:
                self.touch(self._tabs(page), 0)
            groups = [self._group_key(group) for group in self._tab.groups]
            columns = 2 if self.theme.elder else 3
            for start in range(0, len(groups), columns):
                self.touch(Across(self.theme, groups[start : start + columns], gap=16))
            return
        group = next(group for group in self._tab.groups if group.id == self.own.group)
        self.head(group.name, say.CHOOSE_SEVERAL)
        matters = self._of_group(group.id)
        if not matters:
            self.see(Text(self.theme, self.say(say.NO_MATTERS), BUTTON))
        for at, matter in enumerate(matters):
            self.touch(self.matter_key(matter, 96 if self.theme.reach else 136), 0 if at == 0 else LIST)

    def _chosen_panel(self, page: Services) -> QWidget:
        """In reach mode the upper half is free to show what is on the ticket so far."""
        names = [matter.name for matter in page.matters if matter.id in self.own.chosen]
        lines = [Text(self.theme, f"{at + 1} · {self.say(name)}", LEAD_BOLD) for at, name in enumerate(names)]
        return Panel(self.theme, [Text(self.theme, self.say(say.CHOSEN), CAPTION, "ink2"), *lines], gap=10)

    def _group_key(self, group: Group) -> Key:
        key = Button(
            self.theme,
            f"group:{group.id}",
            self.say(group.name),
            group.icon,
            height=112 if self.theme.elder else 96,
            padding=12,
        )
        key.clicked.connect(partial(self._go, replace(self.own, group=group.id, sheet=0)))
        return key

    def back(self) -> bool:
        if (self.theme.elder or self.theme.reach) and self.own.group:
            self._go(replace(self.own, group="", sheet=0))
            return True
        return False

    # the matters

    def matter_key(self, matter: Matter, height: int = 140) -> Row:
        row = Row(self.theme, f"matter:{matter.id}", self.say(matter.name), line=self.say(matter.line), height=height)
        self._mark(row, matter)
        row.clicked.connect(partial(self._toggle, row, matter))
        return row

    def _mark(self, row: Row, matter: Matter) -> None:
        chosen = matter.id in self.own.chosen
        row.select(chosen)
        row.setEnabled(matter.open is not Open.CLOSED)
        if matter.open is Open.CLOSED:
            row.tag(self.tag_of(matter.open))
        elif chosen:
            row.tag(Tag(self.say(say.CHOSEN), "check", ChipKind.ON))
        elif matter.open is Open.STEP:
            row.tag(self.tag_of(matter.open))
        else:
            row.tag(Tag(self.say(say.ADD), "plus", ChipKind.ACT))

    def _toggle(self, row: Row, matter: Matter, *_: object) -> None:
        now = self.own.chosen
        if matter.id in now:
            now = tuple(each for each in now if each != matter.id)
        elif len(now) < self.page.most:
            now = (*now, matter.id)
        else:
            self._sum.say(self.say(say.at_most(self.page.most)), "warn")
            return
        self.own = replace(self.own, chosen=now)
        if self.theme.reach:
            self.rebuild()
            return
        self._mark(row, matter)
        self._count()

    # the foot

    def _foot_of(self, page: Services) -> None:
        theme = self.theme
        self._how_many = Text(theme, "", H3)
        self._sum = Text(theme, "", CAPTION, "ink2", most_lines=2)
        self._next = Button(
            theme, "primary", self.say(say.NEXT_CHECK), "arrow-right", Kind.PRIMARY, BIG_BUTTON, 112, True
        )
        self._next.clicked.connect(self._answer_chosen)
        words: QWidget = Down(theme, [self._how_many, self._sum], gap=0)
        self._count()
        if theme.elder and theme.reach:
            self.foot(self._next)
        elif theme.landscape:
            self.foot(words)
            self.foot(self._next)
        else:
            self.foot(words, self._next, shares=(5, 6))

    def _answer_chosen(self) -> None:
        self.answer(Chosen(self.own.chosen))

    def _count(self) -> None:
        chosen = self.own.chosen
        minutes = sum(matter.minutes for matter in self.page.matters if matter.id in chosen)
        self._how_many.say(self.say(say.chosen(len(chosen)) if chosen else say.NOTHING_YET))
        self._sum.say(self.say(say.in_all(minutes) if chosen else say.TAP_TO_ADD), "ink2")
        self._next.setEnabled(bool(chosen))
