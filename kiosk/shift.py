"""What the machine does all day: waits for people, starts a visit, cleans up after it.

One visit at a time; a card is of this visit, of the next one, or of nobody (``cards.py``).
What the machine itself is up to is watched over in ``watch.py``; ``waiting.py`` has the screen between visits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer

from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    PinRefused,
    ReaderEvent,
    ReaderLost,
    WorkCard,
    WorkCardProven,
)
from devices.scanner import Scanned, Scanner, ScannerEvent, ScannerLost, ScanRefused
from kiosk import opening
from kiosk.aloud import Aloud
from kiosk.cards import Cards
from kiosk.desk import Desk
from kiosk.flows import FLOWS
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.maintenance import flow as maintenance
from kiosk.maintenance.faults import Fault as MaintenanceFault
from kiosk.refusal import interrupted, refused, turned_away
from kiosk.session import Session
from kiosk.steps import CardSwapped, PowerFailing, Visit
from kiosk.visiting import MAINTENANCE, Ended, Visiting
from kiosk.visitor import Visitor
from kiosk.waiting import Waiting
from kiosk.watch import Watch
from screens.pages import AwaitCode, ScanCode, Upkeep
from screens.voice import Voice
from screens.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds between looks: the printer's sensors, the clock on the screen; and until a forgotten card rings."""

    printer: float = 5.0
    clock: float = 1.0
    forgotten_card: float = 20.0
    alarm: float = 5.0


INTERRUPTED: Final = "interrupted"
"""The kind of a visit that is the notice that the one before broke."""


class Shift(QObject):
    def __init__(
        self,
        window: KioskWindow,
        desk: Callable[[Machine], Desk],
        maintenance: Callable[[WorkCard], Visit] | None,
        watch: Watch,
        lanes: Mapping[str, Lane],
        scanner: Scanner | None,
        voice: Voice,
        journal: Callable[..., None],
        forget: Callable[[], bool],
        now: Callable[[], datetime],
        pace: float,
        rounds: Rounds,
    ) -> None:
        """``forget`` is told when a visit is over, and returns at once whether there may be another.

        ``maintenance`` is None without a hall.
        """
        super().__init__()
        self._window = window
        self._desk = desk
        self._maintenance = maintenance
        self._watch = watch
        self._aloud = Aloud(voice, window)
        self._journal = journal
        self._forget = forget
        self._now = now
        self._pace = pace
        self._rounds = rounds
        self._visiting = Visiting(window, lanes, scanner, self._aloud, journal, watch.failed, pace)
        self._visiting.over.connect(self._on_over)
        self._cards = Cards()
        self._waiting = Waiting(window, watch, self._aloud, journal, now)
        watch.happened.connect(self._on_event)
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
        self._watch.changed.connect(self._on_change)
        self._window.answered.connect(self._on_key)
        self._window.looked.connect(self._aloud.read)
        self._window.touched.connect(self._aloud.touched)
        self._on_clock()
        self._clock.start()
        self._look.start()

    def _on_change(self) -> None:
        """The machine stands differently now; the waiting screen says so at once."""
        if self._session is None:
            self._waiting.renew()
        elif self._watch.machine.closing:
            self._session.leave(PowerFailing())
        elif self._visiting.serves:
            self._session.restate(Upkeep, maintenance.CHANGED)

    @property
    def _session(self) -> Session | None:
        return self._visiting.session

    @property
    def is_idle(self) -> bool:
        """Nobody is here: no visit, and no card that is read or was left behind."""
        return self._session is None and not self._waiting.is_on_a_card

    def look_round(self) -> None:
        """Look at printer and store, but never during a citizen's visit."""
        if self._session is None or self._visiting.serves:
            self._watch.look_round()

    # Cards and codes.

    def _on_event(self, event: ReaderEvent | ScannerEvent) -> None:
        self._cards.heard(event)
        match event:
            case ReaderLost(reader) | CardGone(reader):
                self._gone(reader)
            case CardArrived() if self._session is None and self._closed("card") is None:
                self._waiting.read()
            case CardRead(reader, holder) if self._session is not None:
                if self._session.laid_down(holder, own=reader == self._visiting.reader):
                    self._visiting.knows(holder)
                elif self._visiting.serves or not self._visiting.visitor.owns(holder):
                    self._cards.wait(event)
                    self._session.leave(CardSwapped())
            case CardRead(reader) if not self._cards.is_left_locked(reader):
                self._welcome(event)
            case CardLocked() | WorkCard() if self._session is not None:
                self._cards.wait(event)
            case CardLocked():
                self._welcome(event)
            case WorkCard(reader) if not self._cards.is_left_locked(reader):
                self._welcome(event)
            case WorkCardProven(reader) | PinRefused(reader) if self._session is not None:
                self._session.laid_down(event, own=reader == self._visiting.reader)
            case CardRefused(reader, fault):
                self._journal("document.refused", device=reader, fault=fault.value)
                if self._session is not None:
                    self._session.laid_down(fault, own=reader == self._visiting.reader)
                elif not self._cards.is_left_locked(reader):
                    self._start(refused(fault), Visitor(), reader=reader)
            case Scanned(_, data) if self._session is not None:
                self._session.scanned(data)
            case ScanRefused(_, fault) if self._session is not None:
                self._session.scanned(fault)
                self._journal("scan.refused", fault=fault.value)
            case ScannerLost(_, fault) if self._session is not None:
                for waits in (ScanCode, AwaitCode):  # who could type instead is not disturbed
                    self._session.renew(waits, fault)

    def _gone(self, reader: str) -> None:
        was_inside = self._cards.gone(reader)
        if self._session is not None and was_inside and reader == self._visiting.reader:
            self._session.card_taken()
        elif self._session is None and (was_inside or self._waiting.is_on_a_card):
            self._rest()

    def _welcome(self, card: CardRead | CardLocked | WorkCard) -> None:
        visitor = Visitor(watched=self._cards.watched(card.reader))
        match card:
            case CardRead(reader, holder):
                self._start(None, replace(visitor, holder=holder), "card", reader)
            case CardLocked(reader):
                self._start(None, visitor, "passport", reader)
            case WorkCard(reader):
                self._start(self._service(card), visitor, MAINTENANCE, reader)

    def _service(self, card: WorkCard) -> Visit:
        """A technician's visit."""
        return self._maintenance(card) if self._maintenance else maintenance.turned_away(MaintenanceFault.NO_LIST)

    # Visits.

    def _on_key(self, answer: object) -> None:
        if self._session is None and isinstance(answer, str) and answer in FLOWS and self._closed(answer) is None:
            self._start(None, Visitor(), answer)

    def _closed(self, kind: str) -> opening.Closed | None:
        return opening.visit_closed(kind, self._watch.machine, self._now())

    def _start(self, visit: Visit | None, visitor: Visitor, kind: str = "", reader: str = "") -> None:
        if visit is None:
            closed = self._closed(kind)
            visit = turned_away(closed) if closed else FLOWS[kind](self._desk(self._watch.machine), visitor)
        self._alarm.stop()
        self._waiting.end()
        self._visiting.start(visit, visitor, kind, reader)

    def _on_over(self, ended: Ended) -> None:
        """Whose turn is it now? Nobody's, where the kiosk itself ends."""
        if not ended.named:
            self._cards.stay_locked(ended.reader)
        goes_on = self._forget()
        if goes_on and (coming := self._cards.next()):
            self._welcome(coming)
        elif goes_on and ended.broken and ended.kind != INTERRUPTED:
            self._start(interrupted(), Visitor(), INTERRUPTED)
        else:
            self._rest()

    # Between visits.

    def _rest(self) -> None:
        """Nobody is here: the waiting screen, or the card that somebody left."""
        if left := self._cards.left():
            self._waiting.ask_for(left)
            self._alarm.start(round(self._rounds.forgotten_card * self._pace * 1000))
        else:
            self._alarm.stop()
            self._waiting.rest()

    def _on_forgotten(self) -> None:
        if self._waiting.ring():
            self._alarm.start(round(self._rounds.alarm * 1000))

    def _on_clock(self) -> None:
        self._waiting.tell_time()
        if self._session is None:
            self._waiting.turn()
