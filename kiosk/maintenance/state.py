"""How the whole kiosk stands at one moment, as far as it is known: what the maintenance mode, its report and
``kiosk diagnose`` tell from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.machine import Machine
from offline_cache.clock import Clock, Skew
from offline_cache.outbox import Pending
from offline_cache.tickets import Counts
from offline_cache.unsure import Unsure, UnsurePapers
from offline_cache.upkeep import DeviceTests, Supplies, Supply, TestResult
from offline_cache.view import HallView


@dataclass(frozen=True, slots=True)
class State:
    """``free`` is bytes on disk; ``hall`` is None where there is none yet.

    ``tests`` has the last result of each device that was ever tested, ``supplies`` what was filled in.
    """

    at: datetime
    machine: Machine
    hall: HallView | None
    skew: Skew
    free: int
    pending: Pending
    copies: Mapping[str, Counts]
    tests: Mapping[str, TestResult]
    supplies: Mapping[str, Supply]
    unsure: tuple[Unsure, ...]


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Takes stock; on the store's lane. Raises ``StoreError``.

    ``folder`` holds the store; ``counts`` tells of each kind of paper what became of it.
    """

    folder: Path
    clock: Clock
    pending: Callable[[], Pending]
    counts: Mapping[str, Callable[[], Counts]]
    tests: DeviceTests
    supplies: Supplies
    unsure: UnsurePapers
    machine: Callable[[], Machine]
    hall: Callable[[], HallView | None]
    now: Callable[[], datetime]

    def look(self) -> State:
        devices = ("printer", "sheets")
        return State(
            at=self.now(),
            machine=self.machine(),
            hall=self.hall(),
            skew=self.clock.skew(),
            free=shutil.disk_usage(self.folder).free,
            pending=self.pending(),
            copies={kind: counted() for kind, counted in self.counts.items()},
            tests=self.tests.latest(),
            supplies={device: found for device in devices if (found := self.supplies.of(device))},
            unsure=self.unsure.all(),
        )
