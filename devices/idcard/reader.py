"""The resident ID card as a ``Reader``: find, select, read, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event, Thread, current_thread
from typing import Final

from devices.holder import Holder
from devices.idcard.commands import MODELS, REFUSALS, UNSTEADY, Status, said
from devices.idcard.layout import holder_in, newest_address_in, text_in
from devices.idcard.line import Line, LineDown, Silent
from devices.idcard.text import Refused
from devices.reader import CardArrived, CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, ReaderReady, Tell
from devices.sign_of_life import SignOfLife

_TRIES: Final = 3
_SETTLE: Final = 0.1
"""Seconds for a card that is still being laid down."""

_LATE: Final = 1.2
"""Seconds in which an answer that was not waited for may still come and be taken for the next one."""

_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 5.0
"""Seconds between attempts to get a lost reader back; each wait is twice the one before."""


class SdtReader:
    """A reader with an SDT security module on the serial port ``port``.

    ``model`` names a row of ``commands.MODELS``. ``today`` is asked whether a
    card has expired. ``poll`` is the pause in seconds between two looks for a card.
    """

    def __init__(self, name: str, port: str, today: Callable[[], date], model: str = "sdt", poll: float = 0.3) -> None:
        self._name = name
        self._port = port
        self._today = today
        self._model = MODELS[model]
        self._poll = poll
        self._address = self._model.address
        self._stopping = Event()
        self._thread: Thread | None = None
        self._life = SignOfLife()
        self._tell: Tell = _nobody

    def start(self, tell: Tell) -> None:
        self._tell = tell
        self._thread = Thread(target=self._run, name=f"reader {self._name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(3)

    def silent(self) -> float:
        return self._life.silent(self._thread)

    def _say(self, event: ReaderEvent) -> None:
        if not self._stopping.is_set():
            self._tell(event)

    def _run(self) -> None:
        lost = False
        wait = _FIRST_WAIT
        while not self._stopping.is_set():
            self._life.give()
            try:
                with Line(self._port, self._model.baud, self._stopping) as line:
                    if line.ask(self._model.status).status != Status.OK:
                        raise LineDown("the module did not pass its own test")
                    self._find(line)
                    self._address = self._model.address
                    self._say(ReaderReady(self._name))
                    lost, wait = False, _FIRST_WAIT
                    self._watch(line)
            except LineDown:
                if not lost:
                    self._say(ReaderLost(self._name, Fault.READER_GONE))
                    lost = True
                self._stopping.wait(wait)
                wait = min(2 * wait, _LONGEST_WAIT)

    def _watch(self, line: Line) -> None:
        """Serve each card once: one that was read is found no more, one that failed is found
        again and again, so it must have gone before the next look counts."""
        stuck = False
        while not self._stopping.is_set():
            self._life.give()
            if not self._find(line):
                stuck = False
            elif not stuck:
                stuck = not self._serve(line)
            self._stopping.wait(self._poll)

    def _find(self, line: Line) -> bool:
        status = line.ask(self._model.find).status
        if status not in (Status.FOUND, Status.NO_CARD):
            raise LineDown("the module cannot look for cards")
        return status == Status.FOUND

    def _serve(self, line: Line) -> bool:
        """Tell of the card that was found; False where it still lies there unread."""
        self._say(CardArrived(self._name, watched=False))
        try:
            content = self._read(line)
        except Refused as refused:
            self._say(CardRefused(self._name, refused.fault))
            return refused.fault is Fault.CARD_PULLED
        try:
            holder = self._holder(content)
        except Refused as refused:
            self._say(CardRefused(self._name, refused.fault))
        else:
            asked = self._address
            self._say(CardRead(self._name, self._with_newest_address(line, holder)))
            if self._address is not asked:
                self._stopping.wait(_LATE)
        return True

    def _with_newest_address(self, line: Line, holder: Holder) -> Holder:
        """A good newer address replaces the printed one; nothing that goes wrong here costs the read.

        A module that is silent does not know the command: it is not asked again while the line is open.
        """
        if self._address is None or not holder.address:
            return holder
        try:
            reply = line.ask(self._address, attempts=1)
        except Silent:
            self._address = None
            return holder
        except LineDown:  # whatever it is, the next look for a card meets it too
            return holder
        newest = newest_address_in(reply.data) if reply.status == Status.OK else None
        return replace(holder, address=newest) if newest else holder

    def _read(self, line: Line) -> bytes:
        """Raises ``Refused``. A card that fails is pulled or silent: only a second look can tell."""
        for attempt in range(_TRIES):
            if attempt and not self._find(line):
                raise Refused(Fault.CARD_PULLED, "not found again")
            reply = line.ask(self._model.select)
            if reply.status == Status.OK:
                reply = line.ask(self._model.read)
                if reply.status == Status.OK:
                    return reply.data
            status = said(reply.status)
            if status in REFUSALS:
                raise Refused(REFUSALS[status], f"status {reply.status:06X}")
            if status not in UNSTEADY:
                raise LineDown("the module answered what it must not")
            self._stopping.wait(_SETTLE)
        raise Refused(Fault.CARD_SILENT, "found, but cannot be read")

    def _holder(self, content: bytes) -> Holder:
        """Raises ``Refused``. A card is good to the end of its last day."""
        holder = holder_in(text_in(content, self._model.fingerprints))
        if holder.expires is not None and holder.expires < self._today():
            raise Refused(Fault.CARD_EXPIRED, "expired")
        return holder


def _nobody(event: ReaderEvent) -> None:
    """Nobody is told anything before ``start``."""
