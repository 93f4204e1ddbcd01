"""The screen while nobody is served: the waiting screen, a card that is being read, one that somebody left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kiosk.aloud import Aloud
from kiosk.attract import attract
from kiosk.watch import Watch
from screens.pages import Page, Reading, TakeCard
from screens.window import KioskWindow
from screens.words import Words


class Waiting:
    def __init__(
        self,
        window: KioskWindow,
        watch: Watch,
        aloud: Aloud,
        journal: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._window = window
        self._watch = watch
        self._aloud = aloud
        self._journal = journal
        self._now = now
        self._shown: Page[Any] | None = None

    @property
    def is_on_a_card(self) -> bool:
        """Whether a card is read or asked for; news of the machine do not cover that."""
        return isinstance(self._shown, (Reading, TakeCard))

    def rest(self) -> None:
        """Nobody is here, and nothing of whoever was."""
        self._window.forget()
        self._shown = None
        self._show(attract(self._watch.machine, self._now()))

    def renew(self) -> None:
        """The waiting screen as it would be made now."""
        if not self.is_on_a_card:
            self._show(attract(self._watch.machine, self._now()))

    def tell_time(self) -> None:
        """On the clock of the screen, whoever is there."""
        now = self._now()
        weekday = "一二三四五六日"[now.weekday()]
        date = Words(f"{now.month}月{now.day}日 周{weekday}", now.strftime("%a %d %b"))
        self._window.set_clock(now.strftime("%H:%M"), date)

    def turn(self) -> None:
        """It is later: night falls or ends, and other things are open."""
        known = self._watch.machine.catalogue
        if known is not None:
            self._window.set_night(known.hours.is_night(self._now().time()))
        self.renew()

    def read(self) -> None:
        """A card lies there and is being read."""
        self._show(Reading())

    def ask_for(self, document: Words) -> None:
        """Whoever left this is asked to take it."""
        self._show(TakeCard(document, alarm=False))

    def ring(self) -> bool:
        """Nobody took the card: ask for it aloud. False where none is asked for."""
        if not isinstance(self._shown, TakeCard):
            return False
        if not self._shown.alarm:
            self._journal("visit.card-forgotten")
        self._show(TakeCard(self._shown.document, alarm=True))
        self._aloud.take_card()
        return True

    def end(self) -> None:
        """A visit begins, and the screen is its own."""
        self._shown = None

    def _show(self, page: Page[Any]) -> None:
        if page != self._shown:
            self._shown = page
            self._window.show_page(page, card_inside=isinstance(page, TakeCard))
            self._window.count_down(None, 0)
