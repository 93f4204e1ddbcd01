"""Whether something grows: the slope of a straight line through its counts, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_T95: Final = (
    (1, 12.706),
    (2, 4.303),
    (3, 3.182),
    (4, 2.776),
    (5, 2.571),
    (8, 2.306),
    (12, 2.179),
    (20, 2.086),
    (40, 2.021),
)
"""Student's t for 95 % on both sides, by degrees of freedom; beyond 40 it is at most that."""


@dataclass(frozen=True, slots=True)
class Slope:
    """Growth for each visit, and by how much more or less it may be, with 95 % of certainty.

    The interval takes the counts for independent of each other. They are not wholly: what is slowly
    filled or freed makes it too narrow.
    """

    per_visit: float
    give_or_take: float

    @property
    def at_least(self) -> float:
        """The lower end of the interval: what grows for sure."""
        return self.per_visit - self.give_or_take


def slope(visits: Sequence[int], counts: Sequence[float]) -> Slope:
    """By least squares. Raises ``ValueError`` for fewer than three counts, or counts at one place."""
    n = len(visits)
    if n < 3 or len(counts) != n or len(set(visits)) < 2:
        raise ValueError("a line needs three counts, at more than one place")
    middle, level = math.fsum(visits) / n, math.fsum(counts) / n
    spread = math.fsum((x - middle) ** 2 for x in visits)
    rise = math.fsum((x - middle) * (y - level) for x, y in zip(visits, counts, strict=True)) / spread
    left = math.fsum((y - level - rise * (x - middle)) ** 2 for x, y in zip(visits, counts, strict=True))
    return Slope(rise, _t95(n - 2) * math.sqrt(left / (n - 2) / spread))


def _t95(freedom: int) -> float:
    """Never too small: between two entries of the table the larger one is taken."""
    return next(t for known, t in reversed(_T95) if known <= freedom)
