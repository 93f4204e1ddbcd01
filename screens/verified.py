"""What became of a paper held under the scanner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say_papers as say
from screens.facts import FactRow
from screens.glyph import Glyph, line
from screens.key import Kind
from screens.keys import Button
from screens.layout import Across, Down, height_in, packed
from screens.name import Name, hold_key
from screens.pages import Check, Verdict, Verified
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION, Ground, tallest
from screens.text import RIGHT, Text
from screens.theme import BODY, CAPTION, H3, LEAD, LEAD_BOLD
from screens.verdict import Banner
from screens.verified_samples import SAMPLES
from screens.words import Words


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the rows under it. ``aside``: in the second column of a wide panel, if it fits there."""

    title: Words
    rows: Sequence[QWidget]
    aside: bool = False


class VerifiedScreen(Screen[Verified]):
    """The verdict as shape, word and colour; what the paper must say, or what to do with it."""

    HELP_BESIDE = True
    SAMPLES: ClassVar[Samples] = SAMPLES

    def build(self, page: Verified) -> None:
        theme = self.theme
        self.band(Banner(theme, page.result, page.word, page.sentence))
        name = Name(theme, page.name, page.name_full or page.name) if page.name and page.rows else None
        hidden = name if page.name_full not in ("", page.name) else None
        hold = hold_key(theme, hidden) if hidden else None
        if page.rows:
            put = self.banner if theme.landscape and theme.elder else self.foot
            put(self._proves(page))
        primary = self.key("primary", say.ANOTHER, "scan-qr-code", "again", Kind.PRIMARY)
        if theme.reach and hold:
            self.foot(hold)
        self.foot(primary)
        groups: list[Group] = []
        if page.rows:
            groups.append(Group(say.COMPARE, self._rows(page, name, None if theme.reach else hold)))
        if page.advice:
            rows = [
                line(theme, each.icon, self.say(each.title), self.say(each.line) if each.line else "", "action")
                for each in page.advice
            ]
            groups.append(Group(say.DO_THIS, rows))
        if page.checks:
            why: list[QWidget] = [self._check(each) for each in page.checks]
            if not page.rows:
                why += self._notes(page)
            groups.append(Group(say.WHY, why, not theme.elder))
        self._see_groups(groups)

    def _rows(self, page: Verified, name: Name | None, hold: Button | None) -> list[QWidget]:
        theme = self.theme
        rows: list[QWidget] = [
            FactRow(theme, self.say(fact.label), self.say(fact.value), fact.strong) for fact in page.rows
        ]
        if name:
            stacked = theme.elder and not theme.landscape
            row = FactRow(theme, self.say(say.NAME), name, end=None if stacked else hold)
            rows.insert(0 if theme.elder else 1, Down(theme, [row, hold], gap=12) if hold and stacked else row)
        ended = [FactRow(theme, self.say(fact.label), self.say(fact.value), fact.strong) for fact in page.ended]
        return [*ended, *rows]

    def _check(self, check: Check) -> QWidget:
        theme = self.theme
        role = "ok" if check.ok else "bad"
        said = self.say(say.AS_IT_SHOULD if check.ok else say.NOT_AS_IT_SHOULD)
        parts = (
            Glyph(theme, "circle-check" if check.ok else "octagon-x", 44, role),
            Text(theme, self.say(check.words), LEAD),
            Text(theme, said, LEAD_BOLD, role, RIGHT, grow=False),
        )
        return Across(theme, parts, (0, 1, 0), 24, stretch=False)

    def _proves(self, page: Verified) -> QWidget:
        """What a genuine paper does not prove, and how old the lists are."""
        theme = self.theme
        said = [(self.say(say.NOT_THE_HOLDER), BODY.bolder()), (self.say(say.SEE_ID), CAPTION)]
        if theme.landscape and theme.elder:
            said = [(" ".join(text for text, _ in said), BODY.bolder())]
        words = [*(Text(theme, text, face) for text, face in said), *self._notes(page)]
        return Across(theme, (Glyph(theme, "circle-alert", 44), Down(theme, words, gap=2)), (0, 1), 24, stretch=False)

    def _notes(self, page: Verified) -> list[QWidget]:
        """How old the lists are, above all where that is why nothing better is known."""
        unknown = page.result is Verdict.STATUS_UNKNOWN
        face, role = (CAPTION.bolder(), "ink") if unknown else (CAPTION, "ink2")
        return [Text(self.theme, self.say(note), face, role) for note in page.notes]

    def _see_groups(self, groups: Sequence[Group]) -> None:
        """Each group on one panel where all fit the page, else on panels that each fit one."""
        theme, left = self.theme, self.left()
        wide = left.one.width()
        blocks = [
            (Text(theme, self.say(group.title), H3), packed(theme, group.rows, wide)[0], group) for group in groups
        ]
        beside = [self._stands_beside(group, title, panel, left) for title, panel, group in blocks]
        needs = -theme.px(SECTION)
        for (title, panel, _), aside in zip(blocks, beside, strict=True):
            tall = height_in(title, wide) + height_in(panel, wide) + theme.px(LIST + SECTION)
            needs += 0 if aside else tall
        for (title, panel, group), aside in zip(blocks, beside, strict=True):
            self.see(title, SECTION, heading=True, aside=aside)
            most = tallest(left, theme, height_in(title, wide) + theme.px(LIST))
            for part in [panel] if aside or needs <= left.one.height() else packed(theme, group.rows, wide, most):
                self.see(part, LIST, aside=aside)

    def _stands_beside(self, group: Group, title: QWidget, panel: QWidget, left: Ground) -> bool:
        wide = left.two.width()
        tall = height_in(title, wide) + self.theme.px(LIST) + height_in(panel, wide)
        return group.aside and self.theme.landscape and left.split and tall <= left.two.height()
