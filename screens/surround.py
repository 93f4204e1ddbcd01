"""What stands around a page: the citizen's frame, or the technician's where maintenance is under way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from screens.covers import drop
from screens.frame import Header, NavBar, Places
from screens.look import Look
from screens.maintenance import frame as amber
from screens.modes import Strip
from screens.pages import MaintenancePage, Nav, Page
from screens.screen import Screen
from screens.theme import Theme
from screens.words import Words, same


class Surround(QObject):
    """Header, keys and strip of ``window``, made anew for each page and look.

    ``pressed``: a ``Nav`` key. ``looked``: another look is asked for. ``helped``: help is.
    """

    pressed = Signal(object)
    looked = Signal(object)
    helped = Signal()

    def __init__(self, window: QWidget, voice: bool) -> None:
        super().__init__(window)
        self._window, self._voice = window, voice
        self.hall, self.place = same(""), same("")
        self._time, self._date = "", same("")
        self._seconds: tuple[int | None, int] = (None, 1)
        self._header: Header | None = None
        self._nav: NavBar | None = None
        self._parts: list[QWidget] = []

    def set_place(self, hall: Words, place: Words) -> None:
        """Shown from the next page on."""
        self.hall, self.place = hall, place

    def set_clock(self, time: str, date: Words, look: Look) -> None:
        self._time, self._date = time, date
        if self._header is not None:
            self._header.set_clock(time, date.into(look.language))

    def count_down(self, seconds: int | None, of: int) -> None:
        self._seconds = (seconds, of)
        if self._nav is not None:
            self._nav.count_down(seconds, of)

    def build(
        self, theme: Theme, places: Places, page: Page[Any] | None, screen: type[Screen[Any]] | None, card_inside: bool
    ) -> None:
        """Make all parts anew; the old ones are disconnected and deleted. ``screen`` is that of ``page``."""
        for old in self._parts:
            drop(old)
        self._header, self._nav, self._parts = None, None, []
        if isinstance(page, MaintenancePage):
            self._technicians(theme, places, page, card_inside)
        else:
            self._citizens(theme, places, page, screen, card_inside)

    def _technicians(self, theme: Theme, places: Places, page: MaintenancePage[Any], card_inside: bool) -> None:
        if places.header.isEmpty():
            return
        self._put(amber.AmberHeader(theme, page.badge, card_inside), places.header)
        foot = amber.Foot(theme, page.seconds, Nav.LEAVE in page.nav)
        foot.pressed.connect(self.pressed)
        foot.looked.connect(self.looked)
        self._put(foot, places.nav)

    def _citizens(
        self, theme: Theme, places: Places, page: Page[Any] | None, screen: type[Screen[Any]] | None, card_inside: bool
    ) -> None:
        full, language = screen is not None and screen.FULL, theme.look.language
        hall, place, date = (words.into(language) for words in (self.hall, self.place, self._date))
        self._header = Header(theme, full, hall, place, self._time, date)
        self._put(self._header, places.header)
        strip = Strip(theme, self._voice)
        strip.looked.connect(self.looked)
        strip.helped.connect(self.helped)
        self._put(strip, places.strip)
        if full and not theme.landscape:
            return
        nav = page.nav if page else frozenset()
        self._nav = NavBar(theme, nav, card_inside, screen.PAUSE if screen else None)
        self._nav.pressed.connect(self.pressed)
        self._nav.count_down(*self._seconds)
        self._put(self._nav, places.nav)

    def _put(self, part: QWidget, at: QRect) -> None:
        self._parts.append(part)
        part.setParent(self._window)
        part.setGeometry(at)
        part.show()


def places_of(theme: Theme, size: QSize, page: Page[Any] | None, screen: type[Screen[Any]] | None) -> Places:
    """Where header, body, keys and strip stand around ``page``, whose screen is ``screen``."""
    if isinstance(page, MaintenancePage):
        return amber.places(theme, size.width(), size.height(), page.bare)
    return Places.of(theme, size.width(), size.height(), screen is not None and screen.FULL)
