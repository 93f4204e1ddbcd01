"""Watches one PC/SC reader, reads what is put in, and says so. Runs in the worker process only.

Between calls that may block the worker says ``Sign.ALIVE`` every second. What it knows of a person
lives in the locals of one card's attendance and is gone when that card is.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import cache, partial
from pathlib import Path
from typing import Final, NoReturn

from devices import passport
from devices.card import finding, link, social_security, unlocking
from devices.card.apdu import Garbled, NoAnswer
from devices.card.keys import Box, Key, Pin, Waited
from devices.card.link import PRESENCE_SETTLES, Lost, ReaderSlot
from devices.card.worker import BEAT, Say, Sign
from devices.holder import Holder
from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    PinRefused,
    ReaderLost,
    ReaderReady,
    WorkCard,
)

Trusted = Callable[[], passport.Trust]
"""Whose passports are believed; asked when a passport lies there."""

_PAUSES: Final = (0.05, 0.1, 0.25)
"""Between two tries to find the daemon and the reader: whoever comes back is found within the last."""

_KEY_LOOK: Final = 0.05
"""Seconds between two looks at the reader while a card waits for its key or PIN.

The key is waited for in between, and not in SCardGetStatusChange: to wake that, SCardCancel would have to
be called on the thread that listens to the kiosk, and it too hangs with a daemon that is stopped.
"""


_NOT_TO_BE_ASKED: Final = frozenset({Fault.CARD_SILENT, Fault.CARD_PULLED})

_log = logging.getLogger(__name__)


@cache
def trusted(path: str | None) -> passport.Trust:
    """The states' certificates in this file or folder; none where it can't be used, so that nobody is believed."""
    if path is None:
        return passport.Trust()
    try:
        return passport.trust.load(Path(path))
    except passport.NoTrust as why:
        _log.error("no passport can be verified: the list of certificates is %s", why)
        return passport.Trust()


def watch(name: str, wanted: str, say: Say, shunned: int | None, keys: Box, trusted: Trusted) -> NoReturn:
    """Tell of the first reader whose PC/SC name contains ``wanted``, for ever.

    ``shunned`` is the mark of a card that hung the last worker: it is left
    alone until it is taken away. Another that takes its place between two
    looks of pcscd, which keeps the mark or says that none lies there, is read
    when it is laid down anew, as the screen asks.
    """
    attempt = 0
    while True:
        say(Sign.ALIVE, 0)
        try:
            with link.context() as context:
                slot = ReaderSlot(context, link.find(context, wanted))
                say(ReaderReady(name), 0)
                attempt = 0
                _Watch(slot, name, say, keys, trusted).run(shunned)
        except Lost:
            say(ReaderLost(name, Fault.READER_GONE), 0)
            shunned = None  # another daemon counts its cards anew
            time.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            attempt += 1


class _Watch:
    """One reader for as long as it is there; every method raises ``Lost`` when it is not."""

    def __init__(self, slot: ReaderSlot, name: str, say: Say, keys: Box, trusted: Trusted) -> None:
        self._slot = slot
        self._name = name
        self._say = say
        self._keys = keys
        self._trusted = trusted
        self._beaten = 0.0

    def run(self, shunned: int | None) -> NoReturn:
        mark = self._slot.look()
        if mark != shunned:
            self._say(CardGone(self._name), 0)  # whatever an earlier worker saw
        while True:
            if not mark:
                mark = self._slot.look(BEAT)
                self._say(Sign.ALIVE, 0)
                continue
            if mark == shunned:
                self._until_gone(mark)
            else:
                self._attend(mark)
            self._say(CardGone(self._name), mark)
            shunned = None
            mark = self._slot.look()

    def _attend(self, mark: int) -> None:
        """One card, from its arrival until it is gone or has turned out to be another."""
        self._say(CardArrived(self._name, watched=True), mark)
        found = finding.found(self._slot, self._name, mark)
        locked = unlocking.Locked(self._slot, self._name, mark, partial(self._beat, mark))
        match found:
            case CardRead(holder=holder):
                self._say(found, mark)
                self._while_same(mark, partial(self._asked_anew, holder))
            case CardLocked():
                with self._keys.waiting(mark):
                    self._say(found, mark)
                    self._until_opened(mark, Key, partial(locked.unlock, self._trusted()))
            case WorkCard():
                with self._keys.waiting(mark):
                    self._say(found, mark)
                    self._until_opened(mark, Pin, partial(locked.prove, found))
            case CardRefused(fault=fault):
                self._refuse(mark, fault)

    def _refuse(self, mark: int, fault: Fault) -> None:
        """Say so, and wait for another card. One that answers is asked for its kind, as a swap may go unseen."""
        kind: finding.Kind | None = None
        if fault not in _NOT_TO_BE_ASKED:
            with suppress(NoAnswer):
                kind = finding.kind(self._slot)  # before it is told, for then it may be swapped
        self._say(CardRefused(self._name, fault), mark)
        if kind is None:
            self._until_gone(mark)
        else:
            self._while_same(mark, partial(self._same_kind, kind))

    def _same_kind(self, kind: finding.Kind) -> bool:
        return finding.kind(self._slot) == kind

    def _until_gone(self, mark: int) -> None:
        while self._slot.look(BEAT) == mark:
            self._say(Sign.ALIVE, mark)

    def _while_same(self, mark: int, same: unlocking.Asks) -> None:
        """A swap between two looks of a daemon that polls its reader is no event at all:
        pcscd then hands out the new card as the old one. Only the card knows.
        """
        while self._slot.look(BEAT) == mark:
            try:
                if not same():
                    return
            except Garbled:
                return
            except NoAnswer:
                if self._slot.still(mark, PRESENCE_SETTLES):
                    return
            self._say(Sign.ALIVE, mark)

    def _asked_anew(self, holder: Holder) -> bool:
        with self._slot.connected() as card:
            return social_security.same(card, holder)

    def _until_opened(
        self, mark: int, kind: type[Waited], tried: Callable[[ExitStack, Waited], unlocking.Outcome]
    ) -> None:
        """It waits for its key or PIN, opens, and is asked in the same session each second whether it is the same."""
        while self._slot.look() == mark:
            opener = self._keys.take(kind, _KEY_LOOK)
            if opener is None:
                self._beat(mark)
                continue
            self._say(Sign.TRYING, mark)
            with ExitStack() as session:
                outcome = tried(session, opener)
                opener = None  # kept no longer than it is tried
                if isinstance(outcome, unlocking.Opened):
                    self._say(outcome.event, mark)
                    self._while_same(mark, outcome.same)
                    return
            # from here on the card is at rest: one that is pulled in the middle of its reset may stay unseen
            match outcome:
                case PinRefused() | CardRefused(fault=Fault.PASSPORT_KEY):
                    self._say(outcome, mark)
                    continue
                case CardRefused(fault=fault):
                    self._refuse(mark, fault)
            return

    def _beat(self, mark: int) -> None:
        """Alive, once a second at most, from where it is passed more often."""
        now = time.monotonic()
        if now - self._beaten >= BEAT:
            self._beaten = now
            self._say(Sign.ALIVE, mark)
