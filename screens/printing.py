"""The paper is on its way: each step is shown when it is known."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say, say_papers
from screens.drawings import Picture, sheet_out, slip_out
from screens.glyph import StepMark
from screens.layout import Across, Panel
from screens.pages import Paper, Printing, Step
from screens.screen import Samples, Screen
from screens.text import Text
from screens.theme import H3, LEAD
from screens.words import Words


class PrintingScreen(Screen[Printing]):
    """The slip or sheet coming out, and what has been done so far."""

    PAUSE = say.PAUSED
    SAMPLES: ClassVar[Samples] = {
        "now": Printing(
            "A037",
            (
                (Words("已登记 A037，断电也不会丢", "A037 is recorded and safe"), Step.DONE),
                (Words("正在打印号票", "Printing the ticket"), Step.NOW),
                (Words("请取证件、取号票", "Take card and ticket"), Step.LATER),
            ),
        ),
        "sheet": Printing(
            "99JZ-2026-0417283",
            (
                (Words("已登记，断电也不会丢", "Recorded and safe"), Step.DONE),
                (Words("正在打印证明", "Printing the certificate"), Step.NOW),
                (Words("请取证件、取证明", "Take card and certificate"), Step.LATER),
            ),
            Paper.SHEET,
            certificate=True,
        ),
    }

    def build(self, page: Printing) -> None:
        if page.certificate:
            self.head(say_papers.PRINTING_CERTIFICATE, say_papers.PRINTING_CERTIFICATE_LEAD)
        else:
            self.head(say.PRINTING, say.PRINTING_LEAD)
        theme = self.theme
        height = 300 if theme.reach and theme.elder else 420 if theme.landscape else 480 if theme.elder else 620
        drawing = sheet_out if page.paper is Paper.SHEET else slip_out
        picture = Panel(theme, [Picture(theme, drawing, height, page.number)], padding=56)
        steps = Panel(theme, [self._step(words, step) for words, step in page.steps], gap=28, padding=44)
        if theme.landscape:
            self.see(Across(theme, (picture, steps), (1, 1)))
        else:
            self.see(picture)
            self.see(steps, 28)

    def _step(self, words: Words, step: Step) -> QWidget:
        face, ink = (LEAD, "ink2") if step is Step.LATER else (H3, "ink")
        text = Text(self.theme, self.say(words), face, ink)
        return Across(self.theme, (StepMark(self.theme, step), text), (0, 1), 28, stretch=False)
