"""What is to be taken, in its order: the card first, and then the paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from screens import say
from screens.drawings import Drawing, Picture, card_out
from screens.glyph import Count, StepMark
from screens.layout import Across, Down, Panel
from screens.pages import Step
from screens.screen import Screen
from screens.text import Text
from screens.theme import H1, H2, H3, LEAD
from screens.words import Words


def done(screen: Screen[Any], title: Words) -> Across:
    """The title of a page that says that something is out."""
    theme = screen.theme
    tick = StepMark(theme, Step.DONE, units=84)
    return Across(theme, (tick, Text(theme, screen.say(title), H1, most_lines=2)), (0, 1), 24, stretch=False)


class Taking(Panel):
    """One thing to take and where it is. ``count``: its place in the order, 0 where it is the only one."""

    def __init__(
        self, screen: Screen[Any], count: int, title: Words, line: Words, drawing: Drawing, word: str = ""
    ) -> None:
        theme = screen.theme
        heading = Text(theme, screen.say(title), H2 if not theme.elder else H3)
        now = count < 2
        row: QWidget = heading
        if count:
            row = Across(theme, (Count(theme, count, now, 64), heading), (0, 1), 20, stretch=False)
        words = Down(theme, [row, Text(theme, screen.say(line), LEAD, "ink2")], gap=12)
        inside: QWidget = words
        if not theme.elder:
            picture = Picture(theme, drawing, 180 if theme.reach else 226, word)
            inside = Across(theme, (words, picture), (1, 0), 24, stretch=False)
        super().__init__(theme, [inside], padding=28 if theme.elder else 40, edge="action" if now else "")


def see_in_order(screen: Screen[Any], card: Words | None, paper: Taking) -> None:
    """The card, where there is one, above the paper; beside it in large type on a wide panel."""
    theme = screen.theme
    if card is None:
        screen.see(paper)
        return
    first = Taking(screen, 1, say.CARD_FIRST, say.card_where(card), card_out)
    if theme.landscape and theme.elder:
        screen.see(Across(theme, (first, paper)))
    else:
        screen.see(first)
        screen.see(paper, 20)
