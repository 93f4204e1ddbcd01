"""A picture with more finder patterns than any paper has.

zxing-cpp compares them with each other and cannot be stopped: a picture of 12 million dots that is full of them
takes it half a minute. So such a picture is not shown to it.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.scanner.outline import Grey

Places = NDArray[np.intp]

MOST: Final = 1000
"""Finder patterns: those of 330 codes. So many take zxing-cpp 40 ms; grain in a dark picture looks like 400."""

_ROWS: Final = 60
"""Rows that are looked at, spread over the picture."""

_RUNS: Final = np.array([1, 1, 3, 1, 1])
_LOOSE: Final = np.array([1, 1, 2, 1, 1])
"""Modules of the runs of dark and light through the middle of a pattern, and by how many halves each may be off."""

_WINDOW: Final = 81
_FAINT: Final = 10
"""Dots over which the grey of a row is levelled, and by how many levels dark must be below it."""


def is_crowded(picture: Grey) -> bool:
    """Whether ``picture`` has more than about ``MOST`` finder patterns. About 1 ms."""
    step = max(2, len(picture) // _ROWS)
    rows = np.ascontiguousarray(picture[step // 2 :: step])
    level = np.asarray(cv2.blur(rows, (_WINDOW, 1)), np.int16) - _FAINT
    dark = (rows < level).ravel()
    edges = np.flatnonzero(dark[1:] != dark[:-1]) + 1
    begins = np.flatnonzero(dark[edges[:-5]]) if len(edges) > 5 else edges[:0]
    runs = np.diff(edges)
    five = np.stack([runs[begins + place] for place in range(5)], 1)
    whole = five.sum(1)
    fits = (2 * np.abs(7 * five - whole[:, None] * _RUNS) <= whole[:, None] * _LOOSE + 6).all(1)
    row, x = np.divmod(edges[begins[fits]] + whole[fits] // 2, rows.shape[1])
    module = whole[fits] / 7
    seen = _upright(picture, step // 2 + step * row, x, module, level[row, x])
    return float((step / (3 * module))[seen].sum()) > MOST  # rows cross the middle of each 3 modules / step times


def _upright(
    picture: Grey, y: Places, x: Places, module: NDArray[np.float64], level: NDArray[np.int16]
) -> NDArray[np.bool_]:
    """Which of the patterns found in rows around (x, y) are such from top to bottom too."""

    def dark(modules: float) -> NDArray[np.bool_]:
        rows = np.clip(np.rint(y + modules * module).astype(np.intp), 0, len(picture) - 1)
        return np.asarray(picture[rows, x] < level, np.bool_)

    seen = np.zeros(len(y), np.bool_)
    for middle in (-1.0, 0.0, 1.0):  # the row may cross the dark middle anywhere
        seen |= dark(middle) & ~dark(middle - 2) & ~dark(middle + 2) & dark(middle - 3) & dark(middle + 3)
    return seen
