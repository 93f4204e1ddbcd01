"""When the kiosk starts itself anew at night: once, in a window in which hardly anybody comes, between two visits.

Each kiosk has a moment of its own in the window, so that a hall never stands without any. What is still to be sent goes
first, as long as the window lasts; a citizen who is there goes first, however long they stay.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import Final

_SPREAD: Final = 2 / 3
"""The part of the window that the moments lie in; the rest is left for what is still to be sent."""

_DAY: Final = timedelta(days=1)


class Nightly:
    """``window``: from and until, by the hall's clock; it may reach past midnight. The same time twice is never.

    ``started``: when this process was.
    """

    def __init__(self, window: tuple[time, time], kiosk: str, started: datetime) -> None:
        self._from, until = window
        self._length = (datetime.combine(started, until) - datetime.combine(started, self._from)) % _DAY
        share = int.from_bytes(hashlib.sha256(kiosk.encode()).digest()[:4], "big") / 2**32
        self._wait = self._length * share * _SPREAD
        self._started = started
        self._since: datetime | None = None
        """The end of the window in which it became due."""

    def moment(self, now: datetime) -> datetime:
        """The moment of the window that ``now`` lies in, or else of the one that was last."""
        begins = datetime.combine(now.date(), self._from, now.tzinfo)
        return (begins if begins <= now else begins - _DAY) + self._wait

    def due(self, now: datetime, flushed: bool) -> bool:
        """Whether to start anew as soon as nobody is there. ``flushed``: the hall has all that happened here."""
        moment = self.moment(now)
        ends = moment - self._wait + self._length
        if self._since is None and self._started < moment <= now < ends:
            self._since = ends
        return self._since is not None and (flushed or now >= self._since)
