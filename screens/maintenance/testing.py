"""A guided test: the list of all, and the question about the one under way."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens import say_maintenance as say
from screens.key import Kind
from screens.maintenance import samples_tests
from screens.maintenance.judging import Judging
from screens.maintenance.list_of_tests import list_of_tests
from screens.maintenance.screen import MaintenanceScreen
from screens.pages import Choice, Testing
from screens.picture import image_of
from screens.screen import Samples
from screens.spread import LIST
from screens.text import RIGHT, Text
from screens.theme import CAPTION

_JUDGED: Final = ("fail", "pass")
"""The two answers to the question, in the order of the keys."""


class TestingScreen(MaintenanceScreen[Testing]):
    """The answers stand in the last row but one; what else can be done is below them."""

    @classmethod
    def samples(cls) -> Samples:
        return {
            "paper": samples_tests.testing_paper(),
            "ear": samples_tests.TESTING_SOUND,
            "alone": samples_tests.TESTING_ALONE,
        }

    def build(self, page: Testing) -> None:
        theme = self.theme
        where = []
        if len(page.rows) > 1:
            words = self.say(say.number_of(page.at + 1, len(page.rows)))
            where = [Text(theme, words, CAPTION, "ink2", RIGHT, grow=False)]
        self.top(page.title, end=where)
        self._keys(page.deeds)
        if len(page.rows) > 1:
            room = self.left().two if theme.landscape else self.left().one
            rows = list_of_tests(theme, self.say, page.rows, page.at, room.height())
            self.see(rows, LIST, aside=True)
        question, points = self.say(page.question), [self.say(point) for point in page.points]
        told = [self.say(each) for each in page.told]
        judging = Judging(theme, question, points, told, image_of(page.picture) if page.picture else None)
        if page.picture:
            self.fill(judging)
        else:
            self.see(judging, LIST)

    def _keys(self, deeds: tuple[Choice, ...]) -> None:
        by_key = {deed.key: deed for deed in deeds}
        judged = [by_key[key] for key in _JUDGED if key in by_key]
        if judged:
            kinds = {"pass": Kind.PRIMARY}
            self.foot(*(self.deed(deed, kinds.get(deed.key, Kind.SECONDARY), 136) for deed in judged))
        rest = [self.deed(self._small(deed), Kind.QUIET, 96) for deed in deeds if deed.key not in _JUDGED]
        if rest:
            self.foot(*rest)

    def _small(self, deed: Choice) -> Choice:
        """On a wide panel three keys stand in a narrow column: their words need all of it."""
        return replace(deed, icon="") if self.theme.landscape else deed
