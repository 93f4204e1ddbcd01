"""The wave band of a sheet: waves of one length in many phases, between borders that swell and close."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import Final

PETROL: Final = "#0B5063"

_WAVES: Final = 12
_CREST: Final = 0.46  # of the height: the rest is left to the stroke
_WAISTS: Final = 1.5
_PERIODS: Final = 2.5
_PIECES: Final = 64
_STROKE: Final = 0.06


@cache
def band(width: float, height: float) -> str:
    """An SVG of ``width`` by ``height`` millimetres: vectors only, the same every time."""
    paths = "".join(f'<path d="{_wave(2 * math.pi * wave / _WAVES, width, height)}"/>' for wave in range(_WAVES))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
        f'<g fill="none" stroke="{PETROL}" stroke-width="{_STROKE}">{paths}</g></svg>'
    )


def _wave(phase: float, width: float, height: float) -> str:
    """One wave as cubic pieces that meet it in place and slope (Hermite)."""
    step = 1 / _PIECES
    ends = [(t, _y(t, phase), _slope(t, phase)) for t in (piece * step for piece in range(_PIECES + 1))]
    path = [f"M0 {_n(ends[0][1] * height)}"]
    for (t, y, slope), (to, to_y, to_slope) in pairwise(ends):
        points = (
            (t + step / 3, y + slope * step / 3),
            (to - step / 3, to_y - to_slope * step / 3),
            (to, to_y),
        )
        path.append("C" + " ".join(f"{_n(across * width)} {_n(down * height)}" for across, down in points))
    return "".join(path)


def _y(t: float, phase: float) -> float:
    swell = 0.05 + 0.95 * math.cos((t - 0.07) * _WAISTS * math.pi) ** 2
    return 0.5 + _CREST * swell * math.sin(t * 2 * _PERIODS * math.pi + phase)


def _slope(t: float, phase: float) -> float:
    near = 1e-5
    return (_y(t + near, phase) - _y(t - near, phase)) / (2 * near)


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
