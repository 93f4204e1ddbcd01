"""How the whole kiosk stands at one moment, as far as it is known: what the maintenance mode, its report and
``kiosk diagnose`` tell from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.machine import Machine
from offline_cache.cache import Cache
from offline_cache.clock import Skew
from offline_cache.outbox import Pending
from offline_cache.tickets import Counts
from offline_cache.unsure import Unsure
from offline_cache.upkeep import Supply, TestResult
from offline_cache.view import HallView


@dataclass(frozen=True, slots=True)
class State:
    """``free`` and ``store`` are bytes on disk; ``hall`` is None where there is none yet.

    ``tests`` has the last result of each device that was ever tested, ``supplies`` what was filled in.
    """

    at: datetime
    machine: Machine
    hall: HallView | None
    skew: Skew
    free: int
    store: int
    pending: Pending
    copies: Mapping[str, Counts]
    tests: Mapping[str, TestResult]
    supplies: Mapping[str, Supply]
    unsure: tuple[Unsure, ...]


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Takes stock; on the store's lane. Raises ``StoreError``."""

    cache: Cache
    machine: Callable[[], Machine]
    hall: Callable[[], HallView | None]
    now: Callable[[], datetime]

    def look(self) -> State:
        cache = self.cache
        enrolled = cache.enrolment is not None
        folder = cache.store.folder
        devices = ("printer", "sheets")
        return State(
            at=self.now(),
            machine=self.machine(),
            hall=self.hall(),
            skew=cache.clock.skew(),
            free=shutil.disk_usage(folder).free,
            store=sum(file.stat().st_size for file in os.scandir(folder) if file.name.startswith("keting.db")),
            pending=cache.outbox.pending() if enrolled else Pending(0, None),
            copies=self._copies() if enrolled else {},
            tests=cache.device_tests.latest(),
            supplies={device: found for device in devices if (found := cache.supplies.of(device))},
            unsure=cache.unsure.all() if enrolled else (),
        )

    def _copies(self) -> Mapping[str, Counts]:
        cache = self.cache
        return {
            "ticket": cache.ledger.counts(),
            "certificate": cache.certificates.counts(),
            "extract": cache.extracts.counts(),
        }
