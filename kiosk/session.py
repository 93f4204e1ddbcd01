"""One visit on the screen: drives its flow, keeps to the time of its pages, ends it cleanly.

The flow moves only on the GUI thread and never waits there: an ``Ask`` shows a
page and returns to the event loop, a ``Work`` runs on its device's lane and
comes back as a signal. Leaving lands on an ``Ask`` only, so what was begun on
paper is always brought to its end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from devices.holder import Holder
from devices.reader import Fault as DocumentFault
from devices.reader import PinRefused, WorkCardProven
from devices.scanner import Fault as ScanFault
from kiosk.device_call import DeviceCall
from kiosk.lanes import Lane
from kiosk.page_clock import PageClock
from kiosk.steps import Ask, Cancelled, CardPulled, Left, Show, Visit, WalkedAway, WentHome, Work
from screens.pages import CARD_TAKEN, AwaitCard, LayAgain, Moment, Nav, Page
from screens.window import KioskWindow


class Session(QObject):
    ended = Signal(object)
    """The visit is over: the ``Left`` that ended it, another error, or None."""

    warned = Signal()
    asked = Signal(object)
    """A page waits for an answer now."""

    def __init__(
        self,
        visit: Visit,
        window: KioskWindow,
        lanes: Mapping[str, Lane],
        pace: float,
        has_card: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._visit = visit
        self._window = window
        self._has_card = has_card
        self._pulled = False
        self._unseen = False  # the card was taken while no page could see it
        self._clock = PageClock(window, pace, monotonic)
        self._page: Page[Any] | None = None
        self._standing: Page[Any] | None = None  # still on the screen, while the flow finds out what is so now
        self._early: object = None  # what was pressed on it
        self._lingers = False  # a page that was answered still stands on the screen
        self._over = False  # a ``Left`` was raised in the flow
        self._call = DeviceCall(lanes, self)
        self._call.came.connect(self._advance)
        self._leaving: Left | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(max(20, round(1000 * min(1.0, pace))))
        self._tick.timeout.connect(self._on_tick)

    def begin(self) -> None:
        self._window.answered.connect(self.answer)
        self._window.touched.connect(self.stay)
        self._window.looked.connect(self.stay)
        self._advance()

    # What comes from outside.

    def answer(self, value: object) -> None:
        """The screen's one answer, or a key of the frame."""
        if self._page is None:
            self._early = value if self._standing else None
        elif value is Nav.LEAVE:
            self._leave_page(Cancelled())
        elif value is Nav.HOME:
            self._leave_page(WentHome())
        else:
            self._answer_page(value)

    def scanned(self, seen: bytes | ScanFault) -> None:
        """A code under the scanner, or why what lies there is none."""
        if self._page is not None and self._page.scans:
            self._answer_page(seen)

    def renew(self, kind: type[Page[Any]], answer: object) -> None:
        """What is told on a page of this kind is no longer so: that is its answer. Other pages stay as they are."""
        if isinstance(self._page, kind):
            self._answer_page(answer)

    def restate(self, kind: type[Page[Any]], why: object) -> None:
        """What a page of this kind tells may be otherwise now: the flow hears ``why``, and asks it again as it is then.

        It stays with whoever is on it: its time runs on, and what is pressed meanwhile counts.
        """
        if isinstance(self._page, kind):
            self._standing, self._page = self._page, None
            self._tick.stop()
            self._advance(why)

    def laid_down(self, seen: Holder | DocumentFault | PinRefused | WorkCardProven, *, own: bool) -> bool:
        """A document was laid down, could not be read, or says something; False where no page waits for it.

        ``own``: in the reader in which this visit's own document lies.
        """
        page = self._page
        if page is None or not page.awaits_document:
            return False
        if isinstance(page, LayAgain | AwaitCard) and page.own and not own:
            return False
        self._answer_page(seen)
        return True

    def stay(self, _look: object = None) -> None:
        """Any touch or change of look: the person is there, the page's time begins again."""
        if self._page is not None and self._page.insists:
            self._clock.start(self._page)

    def card_taken(self) -> None:
        """The visit's own card is gone: the end, except where it may be taken.

        While a device works nothing ends: a number that is on record is still told.
        """
        self._has_card = False
        self._pulled = True
        if self._page is None:
            self._unseen = True
            self._take_down()
        elif not self._page.farewell:
            self.leave(CardPulled())
        elif self._page.awaits_card:
            self._answer_page(CARD_TAKEN)

    def leave(self, why: Left) -> None:
        """End the visit at its next ``Ask``, at once where one is open."""
        self._leaving = self._leaving or why
        if self._page is not None:
            self._end_page()
        else:
            self._take_down()

    # The flow.

    def _advance(self, value: object = None, error: BaseException | None = None) -> None:
        while True:
            try:
                step = self._visit.throw(error) if error else self._visit.send(value)
                value, error = None, None
                match step:
                    case Show(page):
                        self._lingers = False
                        self._window.show_page(page, card_inside=self._has_card)
                    case Work():
                        self._call.begin(step)
                        return self._take_down()
                    case Ask(page) if page.awaits_card and self._unseen:
                        self._unseen, value = False, CARD_TAKEN
                    case Ask(page) if self._is_left(page):
                        error = None if page.farewell else self._leaving
                    case Ask(page):
                        return self._ask(page)
            except StopIteration:
                return self._end(None)
            except Exception as raised:  # noqa: BLE001 - a broken flow or page ends one visit, never the kiosk
                return self._end(raised)

    def _is_left(self, page: Page[Any]) -> bool:
        """Whether nobody is there for ``page``: then it is neither shown nor read aloud."""
        if self._pulled and not page.farewell:
            self._leaving = self._leaving or CardPulled()
        return self._leaving is not None

    def _ask(self, page: Page[Any]) -> None:
        before, early = self._standing, self._early
        self._page, self._lingers, self._standing, self._early = page, True, None, None
        if stays := type(page) is type(before):
            self._window.restate(page)
        else:
            self._window.show_page(page, card_inside=self._has_card)
            self._clock.start(page)
        self._tick.start()
        self.asked.emit(page)
        if stays and early is not None:
            self.answer(early)

    def _answer_page(self, value: object) -> None:
        self._close_page()
        self._advance(value)

    def _leave_page(self, why: Exception) -> None:
        self._over = isinstance(why, Left)
        self._close_page()
        self._advance(error=why)

    def _end_page(self) -> None:
        """Carry out a leave: a farewell just ends, every other page is left by exception."""
        if self._page is None or self._leaving is None:
            return
        if self._page.farewell:
            self._answer_page(None)
        else:
            self._leave_page(self._leaving)

    def _take_down(self) -> None:
        """Who goes takes the page with them, also while a device brings the visit to its end."""
        if self._lingers and (self._leaving or self._pulled or self._over):
            self._lingers = False
            self._window.show_page(Moment(), card_inside=self._has_card)

    def _close_page(self) -> None:
        self._page = None
        self._tick.stop()
        self._clock.calm()

    def _end(self, why: BaseException | None) -> None:
        self._visit.close()
        self._close_page()
        self._window.answered.disconnect(self.answer)
        self._window.touched.disconnect(self.stay)
        self._window.looked.disconnect(self.stay)
        self.ended.emit(why)

    def _on_tick(self) -> None:
        assert self._page is not None
        left = self._clock.tick(self._page)
        if left <= 0:
            if self._page.insists:
                self._leave_page(WalkedAway())
            else:
                self._answer_page(None)
        elif self._page.insists and self._clock.warn(left):
            self.warned.emit()
