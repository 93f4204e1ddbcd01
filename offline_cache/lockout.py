"""Wrong PINs of the maintenance mode: each makes the next try wait, twice as long as the one before.

The card counts its own wrong tries; this wait is the kiosk's, whichever cards are tried.
"""

from __future__ import annotations

import threading
from typing import Final

from offline_cache.clock import Clock
from offline_cache.facts import fact, put_fact
from offline_cache.store import Store

FREE: Final = 2
"""Wrong tries in a row after which nobody has to wait."""

FIRST: Final = 15
"""Seconds to wait after the first one that is not free."""

LONGEST: Final = 24 * 3_600
"""Seconds that nobody waits longer than."""

_TRIES: Final = "lockout tries"
_SINCE: Final = "lockout since"


class Lockout:
    """Usable from any thread.

    While the kiosk runs, the wait goes by the counter that nobody can set. What is still left of it after a restart
    goes by the kiosk's clock: one that went back makes the whole wait begin again, one that was set forward before
    the start (the computer's, which nobody confirms until the hall speaks) makes it shorter.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        """Go on where the last start ended. Raises ``StoreError``."""
        self._store, self._clock = store, clock
        self._lock = threading.Lock()
        self._tries = _number(store, _TRIES)
        gone = max(0.0, (clock.now() - _number(store, _SINCE)) / 1000)
        self._until = clock.running() + pause(self._tries) - gone

    def wait(self) -> float:
        """Seconds until a PIN may be tried; 0: now."""
        with self._lock:
            return max(0.0, self._until - self._clock.running())

    def begin(self) -> None:
        """Count a try, before its PIN goes to the card, so that a power cut makes none that is not counted.

        Raises ``StoreError``; then nothing is counted, and no PIN may be sent.
        """
        with self._lock:
            self._keep(self._tries + 1)

    def passed(self) -> None:
        """The PIN was right: all is forgotten. Raises ``StoreError``."""
        with self._lock:
            self._keep(0)

    def _keep(self, tries: int) -> None:
        with self._store.transaction() as database:
            put_fact(database, _TRIES, tries)
            put_fact(database, _SINCE, self._clock.now())
        self._tries = tries
        self._until = self._clock.running() + pause(tries)


def pause(tries: int) -> float:
    """Seconds to wait after so many tries in a row of which none is known to have been right."""
    counted = tries - FREE
    return float(min(FIRST * 2 ** min(counted - 1, 32), LONGEST)) if counted > 0 else 0.0


def _number(store: Store, name: str) -> int:
    value = fact(store, name)
    return value if isinstance(value, int) else 0
