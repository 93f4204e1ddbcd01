"""What the sender is told, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from offline_cache.board import Board
from offline_cache.faults import Fault
from offline_cache.hall_client import HallClient


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between heartbeats, their jitter, the first and the longest back-off, between tidyings."""

    heartbeat: float = 30.0
    jitter: float = 5.0
    first: float = 1.0
    longest: float = 300.0
    tidy: float = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the kiosk says of itself with each heartbeat; ``faults`` are failure codes."""

    version: str
    faults: tuple[str, ...] = ()
    paper: str = "ok"


@dataclass(frozen=True, slots=True)
class HallView:
    """What the kiosk knows of the hall. ``since`` is when ``online`` last changed (milliseconds, hall time).

    ``quarantined``: the hall refuses this kiosk, or their histories differ;
    everything is kept, and no event sent until staff enrol the kiosk again.
    ``sheet`` is day and version. ``pending`` events are not acknowledged yet.
    ``declined``: ``bundle`` or ``day`` where the newest one was no good and the one before is kept, ``lease``
    where the hall gives no numbers.
    """

    online: bool
    since: int
    fault: Fault | None = None
    quarantined: bool = False
    board: Board | None = field(default=None, repr=False)
    bundle: int = -1
    sheet: tuple[str, int] = ("", -1)
    parked: tuple[int, ...] = ()
    pending: int = 0
    backup: int = 0
    declined: tuple[str, ...] = ()


Publish = Callable[[HallView], None]
"""Called from the sender's thread with each new view; must return at once."""

Ask = Callable[[], Report]
"""Called from the sender's thread before each heartbeat; must return at once."""

Chore = Callable[[HallClient, Board], None]
"""Called from the sender's thread with the hall at hand; may raise ``SyncError`` and ``StoreError``."""
