"""What there is of everything, counted from outside every so many visits, and by how much it may grow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from tests.soak.slope import Slope, slope
from tests.soak.stage import Stage

LOOKS: Final = 4
PER: Final = 10_000
"""Visits that growth is told for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is counted under ``key``, in which unit, and by how much it may grow in ``PER`` visits."""

    key: str
    name: str
    allowed: float
    unit: int = 1


MIB: Final = 1 << 20
KEPT: Final = (
    Kept("rss", "memory of the kiosk, MiB", 1.0, MIB),
    Kept("workers_rss", "memory of its workers, MiB", 1.0, MIB),
    Kept("threads", "threads", 0.0),
    Kept("descriptors", "file descriptors", 0.0),
    Kept("workers", "workers", 0.0),
    Kept("workers_descriptors", "file descriptors of the workers", 0.0),
    Kept("qobjects", "Qt objects", 0.0),
    Kept("objects", "Python objects", 200.0),
)
"""Python objects come and go by some dozens."""


@dataclass(frozen=True, slots=True)
class Count:
    """After so many visits there were so many of each."""

    visits: int
    of: dict[str, int]


@dataclass(frozen=True, slots=True)
class Growth:
    """``ok``: no growth beyond what is allowed is sure."""

    kept: Kept
    first: float
    last: float
    slope: Slope

    @property
    def ok(self) -> bool:
        return self.slope.at_least * PER <= self.kept.allowed + 1e-6


def count(stage: Stage, visits: int) -> Count:
    """The least of a few looks: a sound that plays or a request under way is no growth."""
    kiosk = stage.place.kiosk
    for sound in kiosk.folder.glob("sounds/heard-*"):
        sound.unlink()
    kiosk.keep_lags()
    kiosk.ask("diary")  # the onlooker's own notes are nothing of the kiosk's
    looks = []
    for _ in range(LOOKS):
        time.sleep(0.15)
        looks.append(kiosk.ask("counts"))
    return Count(visits, {key: min(look[key] for look in looks) for key in looks[0]})


def growths(counts: list[Count], warm: int) -> list[Growth]:
    """Of everything that is kept, from the visit ``warm`` on; nothing where there are too few counts for a line."""
    settled = [each for each in counts if each.visits >= warm]
    if len(settled) < 3:
        return []
    visits = [each.visits for each in settled]
    return [_growth(kept, visits, [each.of[kept.key] / kept.unit for each in settled]) for kept in KEPT]


def _growth(kept: Kept, visits: list[int], values: list[float]) -> Growth:
    return Growth(kept, values[0], values[-1], slope(visits, values))
