"""The modules of a worn symbol whose place is known, told dark from light by what is known of every symbol.

About one module in eight is the same in all symbols of a version. A linear equaliser that makes those come out
right undoes whatever blurred the rest, without being told what it was; then it learns from its own firm answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from devices.scanner.lie import MARGIN, Floats, Lie, even, flattened
from devices.scanner.outline import Grey
from devices.scanner.symbol import Modules, drawn, known, side

_DOTS: Final = 4
_BLOCK: Final = 13
_STEP: Final = 8
"""Pixels of a module; modules of a block that is moved as one, and from one block to the next."""

_SCRATCH: Final = np.ones((3, 3), np.uint8)
"""White lines narrower than this, in pixels, are scratches and dead dots."""

_STIFF: Final = 0.05
"""How far the equaliser is held back from learning noise: of the power of what it sees."""


def readings(picture: Grey, lie: Lie) -> Iterator[Modules]:
    """The modules of the symbol that lies there, as guessed again and again; the likeliest guess first."""
    flat = flattened(picture, lie, _DOTS)
    closed = np.asarray(cv2.morphologyEx(flat, cv2.MORPH_OPEN, _SCRATCH), np.uint8)
    yield _equalised(even(closed, _DOTS, 5), lie.version, 1) > 0
    dark = _equalised(even(flat, _DOTS), lie.version, 1)
    yield dark > 0
    lie = _straightened(even(flat, _DOTS), lie, dark > 0)
    flat = flattened(picture, lie, _DOTS)
    dark = _equalised(even(flat, _DOTS), lie.version, 1, dark)
    yield dark > 0
    yield _equalised(even(flat, _DOTS), lie.version, 2, dark) > 0


def _equalised(flat: Floats, version: int, reach: int, before: Floats | None = None) -> Floats:
    """How dark each module is, about -1 to 1, from the quarters of modules up to ``reach`` modules around it."""
    size = side(version) + 2 * MARGIN
    half = _DOTS // 2
    quarters = flat.reshape(2 * size, half, 2 * size, half).mean((1, 3))
    inner = slice(2 * (MARGIN - reach), 2 * (size - MARGIN + reach))
    wide = 2 * (2 * reach + 1)
    windows = sliding_window_view(quarters[inner, inner], (wide, wide))[::2, ::2]
    seen = windows.reshape(-1, wide * wide)
    facts = known(version)
    wanted = np.where(facts.dark, 1, -1).astype(np.float32)
    trust = facts.fixed.astype(np.float32)
    if before is not None:
        wanted = np.where(facts.fixed, wanted, np.sign(before)).astype(np.float32)
        trust = np.where(facts.fixed, 1.0, np.clip(np.abs(before), 0, 1)).astype(np.float32)
    heavy = seen * trust.reshape(-1, 1)
    empty = np.zeros(0, np.float32)
    stiff = _STIFF * float(trust.sum()) * np.eye(seen.shape[1], dtype=np.float32)
    square = cv2.gemm(heavy, seen, 1, stiff, 1, flags=cv2.GEMM_1_T)  # numpy would start threads for this
    _, weights = cv2.solve(square, cv2.gemm(heavy, wanted.reshape(-1, 1), 1, empty, 0, flags=cv2.GEMM_1_T))
    return np.asarray(cv2.gemm(seen, weights, 1, empty, 0), np.float32).reshape(wanted.shape)


def _straightened(flat: Floats, lie: Lie, dark: Modules) -> Lie:
    """The lie, bent so that what lies there falls on what was read there, block by block."""
    drawing = 128 - drawn(dark, _DOTS)[_DOTS:-_DOTS, _DOTS:-_DOTS].astype(np.float32)
    drawing = np.asarray(cv2.GaussianBlur(drawing, (0, 0), 0.4 * _DOTS), np.float32)
    size = side(lie.version)
    places, by, trust = [], [], []
    for top in range(0, size - _BLOCK + 1, _STEP):
        for left in range(0, size - _BLOCK + 1, _STEP):
            y, x = ((at + MARGIN) * _DOTS for at in (top, left))
            reach, block = _DOTS, _BLOCK * _DOTS
            window = flat[y - reach : y + block + reach, x - reach : x + block + reach]
            here = drawing[y : y + block, x : x + block]
            found = np.asarray(cv2.matchTemplate(window, here, cv2.TM_CCOEFF_NORMED), np.float32)
            _, score, _, at = cv2.minMaxLoc(found)
            places.append((left + _BLOCK / 2, top + _BLOCK / 2))
            by.append([(at[axis] - reach + _peak(found, at, axis)) / _DOTS for axis in (0, 1)])
            trust.append(max(score, 0) ** 2)
    return lie.bent(np.array(places), np.array(by), np.array(trust))


def _peak(found: Floats, at: Sequence[int], axis: int) -> float:
    """How far beyond a whole pixel the best match lies: the top of a parabola through its neighbours."""
    line = found[:, at[0]] if axis else found[at[1]]
    here = at[axis]
    if not 0 < here < len(line) - 1:
        return 0.0
    before, best, after = (float(line[here + off]) for off in (-1, 0, 1))
    return 0.5 * (before - after) / min(before - 2 * best + after, -1e-6)
