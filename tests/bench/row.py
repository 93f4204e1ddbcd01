"""One figure of the bench, beside its peer or under its limit."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 100.0
"""A ratio is not told beyond this where there is no peer: nothing at all is infinitely little."""


@dataclass(frozen=True, slots=True)
class Row:
    """``ok`` where ``ratio`` (bigger is better) reaches ``goal``.

    Without a peer, ``ratio`` is the limit over the figure, at most ``MOST``, and ``goal`` is 1;
    ``limit`` is then in ``unit``. ``note`` says what a reader should know of the figure, ``why`` what is
    known to keep it from its goal where it falls short.
    """

    name: str
    unit: str
    ours: float
    peer: float | None
    peer_name: str | None
    ratio: float
    goal: float
    limit: float | None = None
    note: str = ""
    why: str = ""

    @property
    def ok(self) -> bool:
        return self.ratio >= self.goal

    @property
    def wanted(self) -> str:
        return f"≥ {self.goal:.3g} ×" if self.limit is None else f"≤ {self.limit:,.0f} {self.unit}".rstrip()

    def json(self) -> dict[str, Any]:
        """The row as it stands in ``out/bench/*.json``."""
        keys = ("name", "unit", "ours", "peer", "peer_name", "ratio", "goal", "ok")
        return {key: _short(getattr(self, key)) for key in keys}


def beside(
    name: str, unit: str, ours: float, peer: float, peer_name: str, goal: float, note: str = "", why: str = ""
) -> Row:
    """Less is better: the peer's figure must be at least ``goal`` times ours."""
    return Row(name, unit, ours, peer, peer_name, peer / ours, goal, None, note, why)


def more(name: str, unit: str, ours: float, peer: float, peer_name: str, goal: float, note: str = "") -> Row:
    """More is better: our figure must be at least ``goal`` times the peer's, and one of less than 1 counts as 1."""
    return Row(name, unit, ours, peer, peer_name, ours / max(peer, 1.0), goal, None, note)


def within(name: str, unit: str, ours: float, limit: float, note: str = "", why: str = "") -> Row:
    """The figure must not be above ``limit``; a limit of 0 is reached by nothing but 0 or less."""
    ratio = MOST if ours <= limit / MOST else limit / ours
    return Row(name, unit, ours, None, None, ratio, 1.0, limit, note, why)


def percentile(figures: Sequence[float], share: float) -> float:
    """The smallest figure that ``share`` (0 to 1) of all are not above: nearest rank, nothing interpolated."""
    return sorted(figures)[max(0, math.ceil(share * len(figures)) - 1)]


def spread(figures: Sequence[float]) -> str:
    """What stands behind a percentile of milliseconds, in words."""
    return f"median {statistics.median(figures):.0f} ms, worst {max(figures):.0f} ms of {len(figures)}"


def _short(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
