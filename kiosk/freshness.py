"""Which parts of the kiosk gave a sign of life, and which has given none for so long that only a new start helps.

Most parts mend themselves: a worker that hangs is replaced by its reader, a call that misses its deadline costs its
lane a thread. What is left is a thread that ended, or hangs where no deadline is. Nobody who is being served pays for
that at once: the kiosk waits for the end of the visit, up to ``PATIENCE``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from devices.power import Power
from devices.reader import Reader
from devices.scanner import Scanner
from kiosk.lanes import Lane
from offline_cache.sync import Sender

PATIENCE: Final = 300.0
"""Seconds for which a visit keeps a kiosk alive that has lost a part."""

ERRAND: Final = 400.0
"""Seconds that an errand on a lane may take. The longest deadline of a flow is a print's (``desk.PRINT_SECONDS``)."""

READER: Final = 60.0
"""Seconds that a reader's thread may be silent: a passport has 45."""

SENDER: Final = 120.0
"""Seconds that the sender may be late: an answer of the hall has 20, and a few may be asked for in a row."""

Parts = Mapping[str, tuple[Callable[[], float], float]]
"""By name: how many seconds each is silent now, infinite where its thread has ended; and how many are too many."""


def parts(lanes: Mapping[str, Lane], devices: Mapping[str, Reader | Scanner | Power], sender: Sender | None) -> Parts:
    """All that has a thread of its own, by the names that the journal knows."""
    return {
        **{name: (lane.silent, ERRAND) for name, lane in lanes.items()},
        **{name: (device.silent, READER) for name, device in devices.items()},
        **({"sender": (sender.silent, SENDER)} if sender else {}),
    }


class Freshness:
    """``is_busy``: a citizen is here."""

    def __init__(
        self,
        parts: Parts,
        is_busy: Callable[[], bool],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parts = parts
        self._is_busy = is_busy
        self._monotonic = monotonic
        self._since: float | None = None

    def stale(self) -> str:
        """The first part for whose sake the kiosk must be started anew now; "" where there is none."""
        part = next((name for name, (silent, longest) in self._parts.items() if silent() > longest), "")
        if not part:
            self._since = None
            return ""
        now = self._monotonic()
        self._since = now if self._since is None else self._since
        return "" if self._is_busy() and now - self._since < PATIENCE else part
