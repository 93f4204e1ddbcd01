"""What time it is, by what can be trusted: the hall's word, then a counter that cannot be set.

The computer's own clock is believed at start only, never below the highest
time seen before, and from the hall's first authentic word on not at all.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final, Protocol

from offline_cache.facts import fact, put_fact
from offline_cache.faults import Fault
from offline_cache.store import Store

HALL_ZONE: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The hall's time. China keeps no summer time, so the offset is fixed."""

TOLERATED: Final = 5 * 60_000
"""Milliseconds the computer's clock may differ before it is called suspect."""

LONGEST_OFF: Final = 24 * 3_600_000
"""Milliseconds a kiosk may have been off; a clock further ahead than that is suspect until the hall confirms it."""

JITTER: Final = 2_000
"""Milliseconds by which the hall's word may differ without being followed."""

_MARK: Final = "clock high-water mark"


class Ticks(Protocol):
    """Where time comes from. Tests bring their own."""

    def wall(self) -> int:
        """Milliseconds since 1970 by the computer's clock, which anyone may have set."""

    def running(self) -> float:
        """Seconds since the computer started, sleep included; never goes back."""


class SystemTicks:
    def wall(self) -> int:
        return time.time_ns() // 1_000_000

    def running(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)


class FakeTicks:
    """Time that stands still until it is told to move."""

    def __init__(self, wall: int) -> None:
        self._wall, self._running = wall, 0.0

    def wall(self) -> int:
        return self._wall

    def running(self) -> float:
        return self._running

    def advance(self, seconds: float) -> None:
        """Time passes, for both clocks."""
        self._running += seconds
        self._wall += round(seconds * 1000)

    def set_wall(self, wall: int) -> None:
        """Somebody sets the computer's clock."""
        self._wall = wall


@dataclass(frozen=True, slots=True)
class Skew:
    """How far the computer's clock is ahead of the trusted time, and whether that makes it suspect."""

    milliseconds: int
    confirmed: bool
    """The hall has told the time since this start."""
    suspect: bool

    @property
    def fault(self) -> Fault | None:
        return Fault.CLOCK_SUSPECT if self.suspect else None


class Clock:
    def __init__(self, store: Store, ticks: Ticks) -> None:
        self._store, self._ticks = store, ticks
        self._lock = threading.Lock()
        mark = fact(store, _MARK)
        self._mark = mark if isinstance(mark, int) else 0
        wall = ticks.wall()
        off = wall - self._mark
        self._doubtful = self._mark > 0 and not -TOLERATED <= off <= LONGEST_OFF
        self._base, self._since = max(wall, self._mark), ticks.running()
        self._confirmed = False

    def now(self) -> int:
        """Milliseconds since 1970. It goes back only when the hall says so."""
        with self._lock:
            return self._now()

    def _now(self) -> int:
        return self._base + round((self._ticks.running() - self._since) * 1000)

    def heard(self, hall: int, waited: float = 0.0) -> None:
        """The hall's time from a fresh, authentic answer that took ``waited`` seconds to come.

        What a line's delay can explain moves nothing, so that time does not jitter.
        """
        with self._lock:
            told = hall + round(waited * 500)
            if not self._confirmed or abs(told - self._now()) > JITTER:
                self._base, self._since = told, self._ticks.running()
            self._confirmed, self._doubtful = True, False
        self.keep()

    def skew(self) -> Skew:
        with self._lock:
            ahead = self._ticks.wall() - self._now()
            return Skew(ahead, self._confirmed, self._doubtful or abs(ahead) > TOLERATED)

    def running(self) -> float:
        """Seconds on a counter that nobody can set, for how long something has been so."""
        return self._ticks.running()

    def day(self) -> str:
        """The business day, ``YYYY-MM-DD`` in the hall's time zone."""
        return day_of(self.now())

    def keep(self) -> None:
        """Write down how far time has come, at most once a minute. Raises ``StoreError``."""
        now = self.now()
        if abs(now - self._mark) >= 60_000:
            with self._store.transaction() as database:
                put_fact(database, _MARK, now)
            self._mark = now


def day_of(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, HALL_ZONE).date().isoformat()
