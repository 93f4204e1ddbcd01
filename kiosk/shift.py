"""What the machine does all day: waits for people, starts a visit, cleans up after it.

One visit at a time; a card is of this visit, of the next one, or of nobody.
What the machine itself is up to is watched over in ``watch.py``.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from devices.holder import Document, Holder
from devices.reader import CardArrived, CardGone, CardLocked, CardRead, CardRefused, ReaderEvent, ReaderLost
from devices.scanner import Scanned, Scanner, ScannerEvent, ScanRefused
from kiosk import opening
from kiosk.desk import Desk
from kiosk.flows import FLOWS
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.refusal import interrupted, refused, turned_away
from kiosk.session import Session
from kiosk.steps import Cancelled, CardPulled, CardSwapped, Left, Visit, WalkedAway
from kiosk.visitor import CARD, DOCUMENTS, Visitor
from kiosk.watch import Watch
from screens.pages import Page, Reading, TakeCard
from screens.voice import Sound, Voice
from screens.window import KioskWindow
from screens.words import Words

ENDS: Final[dict[type[BaseException], str]] = {
    Cancelled: "cancelled",
    WalkedAway: "walked-away",
    CardPulled: "card-pulled",
    CardSwapped: "card-swapped",
}
"""How a visit ended, in the journal's words."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds between looks: the printer's sensors, the clock on the screen; and until a forgotten card rings."""

    printer: float = 5.0
    clock: float = 1.0
    forgotten_card: float = 20.0
    alarm: float = 5.0


class Shift(QObject):
    def __init__(
        self,
        window: KioskWindow,
        desk: Callable[[Machine], Desk],
        watch: Watch,
        lanes: Mapping[str, Lane],
        scanner: Scanner | None,
        voice: Voice,
        journal: Callable[..., None],
        forget: Callable[[], None],
        now: Callable[[], datetime],
        pace: float,
        rounds: Rounds,
    ) -> None:
        """``forget`` is told when a visit is over; it must return at once."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._watch = watch
        self._lanes = lanes
        self._scanner = scanner
        self._voice = voice
        self._journal = journal
        self._forget = forget
        self._now = now
        self._pace = pace
        self._rounds = rounds
        self._session: Session | None = None
        self._visitor: Visitor | None = None
        self._began = 0.0
        self._reader = ""  # where this visit's card lies
        self._inside: dict[str, Words] = {}  # cards that lie in a reader that watches them, by what they are
        self._next: CardRead | None = None
        self._locked = ""  # where a passport was laid down during somebody's visit
        self._left_locked: set[str] = set()  # where one lies whose visit ended before it was open
        self._shown: Page[Any] | None = None
        self._sorry = False  # the visit now is the notice that the one before broke
        watch.happened.connect(self._on_event)
        watch.changed.connect(self._on_change)
        self._clock = self._timer(rounds.clock, self._on_clock)
        self._look = self._timer(rounds.printer, self.look_round)
        self._alarm = self._timer(rounds.forgotten_card, self._on_forgotten)

    def _timer(self, seconds: float, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(round(seconds * 1000))
        timer.timeout.connect(slot)
        return timer

    def open(self) -> None:
        """Begin the shift: the waiting screen, the clock, the round of the sensors."""
        self._window.answered.connect(self._on_key)
        self._window.looked.connect(self._on_look)
        self._window.touched.connect(self._on_touch)
        self._on_clock()
        self._clock.start()
        self._look.start()
        self.look_round()
        self._rest()

    def _on_change(self) -> None:
        """The machine stands differently now; the waiting screen says so at once."""
        if self._session is None and not isinstance(self._shown, (Reading, TakeCard)):
            self._attract()

    def look_round(self) -> None:
        """Look at printer and store, but never during a visit."""
        if self._session is None:
            self._watch.look_round()

    # Cards and codes.

    def _on_event(self, event: ReaderEvent | ScannerEvent) -> None:
        match event:
            case ReaderLost(reader) | CardGone(reader):
                self._gone(reader)
            case CardArrived(reader, watched):
                if watched:
                    self._inside[reader] = CARD
                if self._session is None and self._closed("card") is None:
                    self._show(Reading())
            case CardRead(reader, holder):
                if reader in self._inside:
                    self._inside[reader] = DOCUMENTS[holder.document]
                if self._session is None:
                    if reader not in self._left_locked:
                        self._welcome(event)
                elif self._session.laid_down(holder, own=reader == self._reader):
                    self._knows(holder)
                elif not self._is_theirs(holder):
                    self._next = event
                    self._session.leave(CardSwapped())
            case CardLocked(reader):
                if reader in self._inside:
                    self._inside[reader] = DOCUMENTS[Document.PASSPORT]
                if self._session is None:
                    self._open_passport(reader)
                else:
                    self._locked = reader
            case CardRefused(reader, fault):
                self._journal("document.refused", device=reader, fault=fault.value)
                if self._session is not None:
                    self._session.laid_down(fault, own=reader == self._reader)
                elif reader not in self._left_locked:
                    self._reader = reader
                    self._start(refused(fault), Visitor())
            case Scanned(_, data) if self._session is not None:
                self._session.scanned(data)
            case ScanRefused(_, fault) if self._session is not None:
                self._session.scanned(fault)
                self._journal("scan.refused", fault=fault.value)

    def _gone(self, reader: str) -> None:
        self._left_locked.discard(reader)
        if self._locked == reader:
            self._locked = ""
        was_inside = self._inside.pop(reader, None) is not None
        if self._next is not None and self._next.reader == reader:
            self._next = None
        if self._session is not None and was_inside and reader == self._reader:
            self._session.card_taken()
        elif self._session is None and (was_inside or isinstance(self._shown, (Reading, TakeCard))):
            self._rest()

    def _open_passport(self, reader: str) -> None:
        self._reader = reader
        self._start(None, Visitor(watched=reader in self._inside), "passport")

    def _knows(self, holder: Holder) -> None:
        """The visit of a passport has its holder now."""
        if self._visitor is not None and self._visitor.holder is None:
            self._visitor = replace(self._visitor, holder=holder)

    def _is_theirs(self, holder: Holder) -> bool:
        """Whether this document belongs to the person of this visit."""
        known = self._visitor.holder if self._visitor else None
        return known is not None and known.identity == holder.identity

    def _welcome(self, card: CardRead) -> None:
        self._reader = card.reader
        self._start(None, Visitor(card.holder, watched=card.reader in self._inside), "card")

    # Visits.

    def _on_key(self, answer: object) -> None:
        if self._session is None and isinstance(answer, str) and answer in FLOWS and self._closed(answer) is None:
            self._reader = ""
            self._start(None, Visitor(), answer)

    def _closed(self, kind: str) -> opening.Closed | None:
        return opening.visit_closed(kind, self._watch.machine, self._now())

    def _start(self, visit: Visit | None, visitor: Visitor, kind: str = "") -> None:
        if visit is None:
            closed = self._closed(kind)
            visit = turned_away(closed) if closed else FLOWS[kind](self._desk(self._watch.machine), visitor)
        self._alarm.stop()
        self._sorry = kind == "interrupted"
        self._visitor = visitor
        self._shown = None
        self._session = Session(visit, self._window, self._lanes, self._pace, has_card=visitor.watched)
        self._session.ended.connect(self._on_ended)
        self._session.warned.connect(self._on_warned)
        self._session.asked.connect(self._on_asked)
        self._journal("visit.began", via=self._reader or ("code" if kind in ("booking", "verify") else "touch"))
        self._began = time.monotonic()
        if visitor.holder:
            self._voice.play(Sound.ACCEPTED)
        self._session.begin()

    def _on_asked(self, page: Page[Any]) -> None:
        if self._scanner is not None:
            self._scanner.look() if page.scans else self._scanner.rest()
        self._read_aloud()
        if page.farewell:
            self._voice.play(Sound.TAKE)

    def _read_aloud(self) -> None:
        """In the mode for it, the page is spoken; what is masked on it stays masked."""
        look = self._window.look()
        if look.speak:
            self._voice.hush()
            self._voice.say_text(self._window.words_of_page(), look)

    def _on_warned(self) -> None:
        self._voice.say(
            Words("您还在吗？请碰一下屏幕。", "Are you still there? Please touch the screen."), self._window.look()
        )

    def _on_ended(self, why: BaseException | None) -> None:
        if self._scanner is not None:
            self._scanner.rest()
        broken = why is not None and not isinstance(why, Left)
        if why is not None and broken:
            self._watch.failed(why)
        how = "done" if why is None else ENDS.get(type(why), "fault")
        self._journal("visit.ended", how=how, seconds=round(time.monotonic() - self._began))
        if self._session is not None:
            self._session.deleteLater()
        if self._visitor is not None and self._visitor.holder is None and self._reader in self._inside:
            self._left_locked.add(self._reader)
        self._session, self._visitor, self._reader = None, None, ""
        coming, self._next = self._next, None
        passport, self._locked = self._locked, ""
        self._window.forget()
        if coming is not None:
            self._welcome(coming)
        elif passport:
            self._open_passport(passport)
        elif broken and not self._sorry:
            self._start(interrupted(), Visitor(), "interrupted")
        else:
            self._rest()
        self._forget()
        QTimer.singleShot(0, gc.collect)

    # Between visits.

    def _rest(self) -> None:
        """Nobody is here: the waiting screen, or the card that somebody left."""
        left = next(iter(self._inside.values()), None)
        if left is not None:
            self._show(TakeCard(left, alarm=False))
            self._alarm.start(round(self._rounds.forgotten_card * self._pace * 1000))
            return
        self._alarm.stop()
        self._window.forget()
        self._shown = None
        self._attract()

    def _on_forgotten(self) -> None:
        if isinstance(self._shown, TakeCard):
            if not self._shown.alarm:
                self._journal("visit.card-forgotten")
            self._show(TakeCard(self._shown.document, alarm=True))
            self._voice.play(Sound.ALARM)
            self._voice.say(Words("请取回您的证件。", "Please take your card."), self._window.look())
            self._alarm.start(round(self._rounds.alarm * 1000))

    def _attract(self) -> None:
        self._show(opening.attract(self._watch.machine, self._now()))

    def _show(self, page: Page[Any]) -> None:
        if page != self._shown:
            self._shown = page
            self._window.show_page(page, card_inside=isinstance(page, TakeCard))
            self._window.count_down(None, 0)

    def _on_clock(self) -> None:
        now = self._now()
        self._window.set_clock(now.strftime("%H:%M"), _date(now))
        if self._session is None:
            if self._watch.machine.catalogue is not None:
                self._window.set_night(self._watch.machine.catalogue.hours.is_night(now.time()))
            if not isinstance(self._shown, (Reading, TakeCard)):
                self._attract()

    def _on_look(self, _look: object) -> None:
        self._read_aloud()

    def _on_touch(self) -> None:
        self._voice.play(Sound.TOUCH)


def _date(now: datetime) -> Words:
    weekday = "一二三四五六日"[now.weekday()]
    return Words(f"{now.month}月{now.day}日 周{weekday}", now.strftime("%a %d %b"))
