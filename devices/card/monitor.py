"""Watches one PC/SC reader, reads what is put in, and says so. Runs in the worker process only.

Calls here can block for ever (a card that does not answer, a daemon that is
stopped): nobody waits for them but the worker itself, which the kiosk's side
replaces. Between calls the worker says ``None``, "I am alive", every second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from smartcard import scard

from devices.card import social_security
from devices.card.apdu import Card, Garbled, NoAnswer
from devices.card.worker import BEAT
from devices.holder import Holder
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, ReaderReady

Say = Callable[[ReaderEvent | None, int], None]
"""An event, or None for "alive", with the mark of the card it is about (0 for none)."""

_PAUSES: Final = (0.05, 0.1, 0.25, 0.5)
_PRESENCE_SETTLES: Final = 0.6
"""Seconds after which a reader that is polled by pcscd (every 0.4 s) knows that its card is gone."""

_UNUSABLE: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE


class Lost(Exception):
    """The daemon or the reader is not there (any more)."""


def watch(name: str, wanted: str, say: Say, shunned: int | None) -> NoReturn:
    """Tell of the first reader whose PC/SC name contains ``wanted``, for ever.

    ``shunned`` is the mark of a card that hung the last worker: it is left
    alone until it is taken away.
    """
    attempt = 0
    while True:
        say(None, 0)
        try:
            with _context() as context:
                reader = _find(context, wanted)
                say(ReaderReady(name), 0)
                attempt = 0
                _watch_reader(_Slot(context, reader), name, say, shunned)
        except Lost:
            say(ReaderLost(name, Fault.READER_GONE), 0)
            shunned = None  # another daemon counts its cards anew
            time.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            attempt += 1


def _watch_reader(slot: _Slot, name: str, say: Say, shunned: int | None) -> NoReturn:
    lying = 0  # the mark of the card that lies there
    holder: Holder | None = None
    mark = slot.look()
    if mark != shunned:
        say(CardGone(name), 0)  # whatever an earlier worker saw
    while True:
        if lying and mark != lying:
            say(CardGone(name), lying)
            lying = 0
        if mark and not lying:
            lying = mark
            holder = None
            if mark != shunned:
                say(CardArrived(name, watched=True), mark)
                read = _read(slot, name, mark)
                say(read, mark)
                holder = read.holder if isinstance(read, CardRead) else None
        mark = slot.look(BEAT)
        if holder and mark == lying and not _same(slot, holder, mark):
            say(CardGone(name), lying)
            lying = 0
        say(None, lying)


def _same(slot: _Slot, holder: Holder, mark: int) -> bool:
    """Whether the card in the reader is still the one that was read.

    A swap between two looks of a daemon that polls its reader is no event at
    all: pcscd then hands out the new card as the old one. Only the card knows.
    """
    try:
        with slot.connected() as card:
            return social_security.same(card, holder)
    except Garbled:
        return False
    except NoAnswer:
        return not slot.still(mark, _PRESENCE_SETTLES)  # taken away: that is told by its mark


def _read(slot: _Slot, name: str, mark: int) -> CardRead | CardRefused:
    """Read the card; a broken link is tried once more after a reset."""
    for _ in range(2):
        outcome, settles = _read_once(slot, name)
        if not slot.still(mark, settles):
            return CardRefused(name, Fault.CARD_PULLED)
        if not settles:
            break
    return outcome


def _read_once(slot: _Slot, name: str) -> tuple[CardRead | CardRefused, float]:
    """What came of it, and the seconds after which the card's presence can be believed.

    Error codes do not tell a pulled card from a dead one, and a card can
    also be pulled after its last answer: presence decides.
    """
    try:
        with slot.connected() as card:
            return CardRead(name, social_security.read(card)), 0
    except social_security.Unknown:
        return CardRefused(name, Fault.CARD_UNKNOWN), 0
    except Garbled:
        return CardRefused(name, Fault.CARD_GARBLED), 0
    except NoAnswer:
        return CardRefused(name, Fault.CARD_SILENT), _PRESENCE_SETTLES


class _Slot:
    """One reader by its PC/SC name, in one context."""

    def __init__(self, context: Any, reader: str) -> None:
        self._context = context
        self._reader = reader
        self._state = scard.SCARD_STATE_UNAWARE

    def look(self, wait: float = 0) -> int:
        """The mark of the card that is in, 0 for none, after at most ``wait`` seconds without news.

        The mark is one more than pcscd's count of insertions and removals, in
        the upper 16 bits of the event state: a swap too quick to be seen
        changes it all the same. Raises ``Lost``.
        """
        found, states = scard.SCardGetStatusChange(self._context, round(wait * 1000), [(self._reader, self._state)])
        if found not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise Lost
        if found == scard.SCARD_S_SUCCESS:
            state = states[0][1]
            if state & _UNUSABLE:
                raise Lost
            self._state = state & ~scard.SCARD_STATE_CHANGED
        present = self._state & scard.SCARD_STATE_PRESENT
        return (self._state >> 16) + 1 if present else 0

    def still(self, mark: int, settles: float) -> bool:
        """Whether that card is in, as far as can be known within ``settles`` seconds."""
        ends = time.monotonic() + settles
        while self.look(max(0.0, ends - time.monotonic())) == mark:
            if time.monotonic() >= ends:
                return True
        return False

    @contextmanager
    def connected(self) -> Iterator[Card]:
        """The card, powered and ours alone. Raises ``NoAnswer`` where it is not to be had."""
        found, handle, protocol = scard.SCardConnect(
            self._context,
            self._reader,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if found != scard.SCARD_S_SUCCESS:
            raise NoAnswer
        control = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1

        def transmit(command: bytes) -> bytes:
            found, answer = scard.SCardTransmit(handle, control, list(command))
            if found != scard.SCARD_S_SUCCESS:
                raise NoAnswer
            return bytes(answer)

        try:
            yield Card(transmit)
        finally:
            scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD)


@contextmanager
def _context() -> Iterator[Any]:
    found, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if found != scard.SCARD_S_SUCCESS:
        raise Lost
    try:
        yield context
    finally:
        scard.SCardReleaseContext(context)


def _find(context: Any, wanted: str) -> str:
    found, readers = scard.SCardListReaders(context, [])
    if found == scard.SCARD_S_SUCCESS:
        for reader in readers:
            if wanted in reader:
                return str(reader)
    raise Lost
