"""The kiosk's one window: the frame, the screen in it, and what lies over it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.covers import Covers, drop
from screens.frame import Places
from screens.guard import Guard
from screens.look import Look
from screens.overlay import END_NOW
from screens.pages import MaintenancePage, Nav, Page
from screens.reading_order import words_of
from screens.screen import Draft, Screen
from screens.stage import Stage
from screens.surround import Surround, places_of
from screens.table import SCREENS, screen_for
from screens.theme import UNIT_MM, Theme
from screens.words import Words


class KioskWindow(QWidget):
    """Shows one page at a time and gives its one answer.

    ``answered``: the page's answer, or the ``Nav`` key pressed; once a page.
    ``touched``: any press in the window. ``looked``: the look was changed.
    ``called_help``: help was asked for; the window shows it by itself.

    ``locked``: can't be closed by the window system. ``voice``: there is one to
    read aloud with. ``pitch_mm``: the size of a pixel of the panel. ``monotonic``:
    the clock of what counts down inside a page.
    """

    answered = Signal(object)
    touched = Signal()
    looked = Signal(object)
    called_help = Signal()

    def __init__(
        self,
        locked: bool = True,
        voice: bool = False,
        pitch_mm: float = UNIT_MM,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._locked, self._pitch = locked, pitch_mm
        self._look, self._night = Look(), False
        self._page: Page[Any] | None = None
        self._card_inside, self._open = False, False
        self._screen: Screen[Any] | None = None
        self._around = Surround(self, voice)
        self._around.pressed.connect(self._pressed_nav)
        self._around.looked.connect(self.set_look)
        self._around.helped.connect(self.show_help)
        self._covers = Covers(self, self._stage)
        self._covers.left.connect(self._leave)
        self._covers.called_help.connect(self.called_help)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # or Qt gives it to the first key, with its ring, when the window is activated
        self._guard = Guard(self, self._touch)
        self.resize(1080, 1920)

    # what the trunk says

    def show_page(self, page: Page[Any], card_inside: bool) -> None:
        """Show the screen for ``page``; it may give one answer. ``card_inside``: the end key gives a card back."""
        self._turn_to(page, card_inside)

    def restate(self, page: Page[Any]) -> None:
        """Show ``page`` in place of the one of its kind that stands there; whoever is on it stays where they are."""
        if page != self._page or not self._open:
            self._page, self._open = page, True
            self._build_again()

    def count_down(self, seconds: int | None, of: int) -> None:
        """Show ``seconds`` of ``of`` left, or no countdown."""
        self._around.count_down(seconds, of)

    def warn(self, seconds: int) -> None:
        """Ask whether anybody is still there, with ``seconds`` left; call it each second."""
        self._covers.warn(seconds)

    def calm(self) -> None:
        """Take the question away."""
        self._covers.calm()

    def show_help(self) -> None:
        """Tell what to do and whom to call, over the page."""
        self._covers.show_help()

    def set_look(self, look: Look) -> None:
        """Change language or mode; nothing of the page is lost."""
        if look != self._look:
            self._look = look
            self._build_again()
            self.looked.emit(look)

    def look(self) -> Look:
        return self._look

    def forget(self) -> None:
        """Wipe the visit: the look, the page, what was typed and chosen."""
        self._look = Look()
        self._turn_to(None, card_inside=False)

    def set_clock(self, time: str, date: Words) -> None:
        self._around.set_clock(time, date, self._look)

    def set_place(self, hall: Words, place: Words) -> None:
        """The hall's name, and the line under it that names the machine."""
        self._around.set_place(hall, place)
        self._build_again()

    def set_night(self, night: bool) -> None:
        if night != self._night:
            self._night = night
            self._build_again()

    def words_shown(self) -> str:
        """Every word on the window, in reading order, a line each."""
        return "\n".join(words_of(self))

    def words_of_page(self) -> str:
        """What is read aloud: the words of the page itself, without the frame around it and without what is private.

        Nothing of a technician's page is: it is not for the room.
        """
        heard = self._screen if not self._maintained() else None
        return "\n".join(words_of(heard, aloud=True)) if heard else ""

    def page(self) -> Page[Any] | None:
        return self._page

    # building

    def _maintained(self) -> bool:
        return isinstance(self._page, MaintenancePage)

    def _theme(self) -> Theme:
        """Nothing of a citizen's look but the language reaches a technician, who sees the colours of the night."""
        wide = self.width() > self.height()
        if self._maintained():
            return Theme(Look(self._look.language), True, wide, self._pitch)
        return Theme(self._look, self._night, wide, self._pitch)

    def _places(self) -> Places:
        return places_of(self._theme(), self.size(), self._page, self._kind())

    def _stage(self) -> Stage:
        places = self._places()
        return Stage(
            self._theme(),
            places.body.size(),
            places.reach_line,
            self._around.hall,
            self._around.place,
            self._card_inside,
            self._monotonic,
            self._maintained(),
        )

    def _kind(self) -> type[Screen[Any]] | None:
        return SCREENS[type(self._page)] if self._page is not None else None

    def _turn_to(self, page: Page[Any] | None, card_inside: bool) -> None:
        self._page, self._card_inside, self._open = page, card_inside, page is not None
        self._around.count_down(None, 1)
        self._covers.take_away()
        self._build(None)

    def _build_again(self) -> None:
        """Build in another look, place or size; nothing of the page is lost."""
        self._build(self._screen.draft() if self._screen else None)

    def _build(self, draft: Draft | None) -> None:
        """Make frame and screen anew; the old ones are disconnected and deleted."""
        stage, places = self._stage(), self._places()
        drop(self._screen)
        self._around.build(stage.theme, places, self._page, self._kind(), self._card_inside)
        self._screen = None
        if self._page is not None:
            self._screen = screen_for(self._page, stage, draft)
            self._screen.answered.connect(self._answer)
            self._screen.looked.connect(self.set_look)
            self._screen.called_help.connect(self.show_help)
            if not self._open:
                self._screen.silence()
            self._screen.setParent(self)
            self._screen.setGeometry(places.body)
            self._screen.show()
        self._covers.renew()
        self.update()

    # what people do

    def _touch(self, pressed: QWidget) -> None:
        """Tell of a press, but not of the one that says that nobody stays: it would take its own key away."""
        if pressed.objectName() != END_NOW:
            self.touched.emit()

    def _answer(self, answer: object) -> None:
        if not self._open:
            return
        self._open = False
        if self._screen is not None:
            self._screen.silence()
        self.answered.emit(answer)

    def _pressed_nav(self, nav: Nav) -> None:
        if nav is Nav.BACK and self._open and self._screen is not None and self._screen.back():
            return
        self._answer(nav)

    def _leave(self) -> None:
        self._answer(Nav.LEAVE)

    # the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._build_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme().colour("bg"))
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(not self._locked)
