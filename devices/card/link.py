"""The calls to PC/SC: one reader, and the card that lies in it. Used in the worker process only.

Calls here can block for ever (a card that does not answer, a daemon that is
stopped): nobody waits for them but the worker itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from smartcard import scard

from devices.card.apdu import Card, NoAnswer

PRESENCE_SETTLES: Final = 0.6
"""Seconds after which a reader that is polled by pcscd (every 0.4 s) knows that its card is gone.

Error codes do not tell a pulled card from a dead one, and a card can also be pulled after its last
answer: presence decides.
"""

_UNUSABLE: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE


class Lost(Exception):
    """The daemon or the reader is not there (any more)."""


class ReaderSlot:
    """One reader by its PC/SC name, in one context."""

    def __init__(self, context: Any, reader: str) -> None:
        self._context = context
        self._reader = reader
        self._state = scard.SCARD_STATE_UNAWARE
        self.atr = b""
        """The answer to reset of the card that was seen last."""

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
            _, state, atr = states[0]
            if state & _UNUSABLE:
                raise Lost
            self._state = state & ~scard.SCARD_STATE_CHANGED
            self.atr = bytes(atr)
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
    def connected(self, between: Callable[[], None] | None = None) -> Iterator[Card]:
        """The card, powered and ours alone; it forgets at the end. Raises ``NoAnswer`` where it is not to be had.

        ``between`` is called before each command.
        """
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
            if between:
                between()
            found, answer = scard.SCardTransmit(handle, control, list(command))
            if found != scard.SCARD_S_SUCCESS or not answer:  # success without a byte: it was pulled just now
                raise NoAnswer
            return bytes(answer)

        try:
            yield Card(transmit, t0=protocol == scard.SCARD_PROTOCOL_T0)
        finally:
            scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD)


@contextmanager
def context() -> Iterator[Any]:
    """A line to the daemon. Raises ``Lost`` where there is none."""
    found, opened = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if found != scard.SCARD_S_SUCCESS:
        raise Lost
    try:
        yield opened
    finally:
        scard.SCardReleaseContext(opened)


def find(context: Any, wanted: str) -> str:
    """The name of the first reader whose name contains ``wanted``. Raises ``Lost`` where there is none."""
    found, readers = scard.SCardListReaders(context, [])
    if found == scard.SCARD_S_SUCCESS:
        for reader in readers:
            if wanted in reader:
                return str(reader)
    raise Lost
