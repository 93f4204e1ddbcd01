"""Which symbol lies within an outline, and how: by what is left of its finder and alignment patterns.

A reader of whole codes gives up when one of three finder patterns is blotted out. Here the outline says where
they must be, so that one may be missing, and the alignment patterns say how the paper bends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Final

import cv2
import numpy as np

from devices.scanner.lie import MARGIN, Lie, flattened, likeness
from devices.scanner.outline import Grey, Outline, Points
from devices.scanner.symbol import ALIGNMENT, FINDER, LARGEST, SMALLEST, Modules, alignments, side

_CANVAS: Final = 160
_AROUND: Final = 24
_SIZES: Final = (12, 13, 15, 17, 19, 21, 24, 27, 31)
"""Pixels of what an outline holds when flattened, and around it; of the finders looked for there."""

_DOTS: Final = 5
"""Pixels of a module where alignment patterns are looked for."""

_QUARTERS: Final = tuple(
    (np.array([x - 2.0, y - 2.0]), np.pad(FINDER, 1)[y : y + 5, x : x + 5]) for x in (0, 4) for y in (0, 4)
)
"""A quarter of a finder and the white around it, and where it is from the middle: it tells how long a module is."""

_SEEN: Final = 0.45
_LIKE: Final = 0.3
_SURE: Final = 0.8
"""Correlation from which a pattern counts as found; likeness from which a symbol may lie there, and does."""

_SHORT: Final = 0.6
_NEAR: Final = 2.8
"""By how many versions a finder misleads that is seen from the side and so looks small; and by how many more."""

_CORNERS: Final = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float64)


def lies(picture: Grey, outlines: Iterable[Outline]) -> Iterator[Lie | None]:
    """Where symbols may lie within ``outlines``, the likeliest of each first; None while it is looked for."""
    for outline in outlines:
        with suppress(cv2.error, np.linalg.LinAlgError):  # corners in one line, a patch without contrast
            yield from _lies_within(picture, outline.straight())


def _lies_within(picture: Grey, outline: Outline) -> Iterator[Lie | None]:
    unsure: list[tuple[float, Lie]] = []
    for modules, middles in _finders(picture, outline):
        for version in _versions(modules):
            lie = _aligned(picture, version, middles, outline)
            like = likeness(picture, lie)
            if like >= _SURE:
                yield lie
                break
            yield None
            if like >= _LIKE:
                unsure.append((like, lie))
    yield from (lie for _, lie in sorted(unsure, key=lambda found: -found[0])[:2])


def _versions(modules: float) -> list[int]:
    """The versions with about so many modules a side, the likeliest first."""
    guess = (modules - 17) / 4 - _SHORT
    nearest = sorted(range(SMALLEST, LARGEST + 1), key=lambda version: abs(version - guess))
    return [version for version in nearest if abs(version - guess) < _NEAR]


def _finders(picture: Grey, outline: Outline) -> Iterator[tuple[float, Points]]:
    """Modules of a side, about, and the middles of the finders, clockwise, the third where none is."""
    edges = _AROUND + _CANVAS * _CORNERS
    plane = cv2.getPerspectiveTransform(outline.corners.astype(np.float32), edges.astype(np.float32))
    whole = (_CANVAS + 2 * _AROUND,) * 2
    flat = np.asarray(cv2.warpPerspective(picture, plane, whole, flags=cv2.INTER_AREA), np.uint8)
    finder, best = max(
        ((size, _cornered(flat, size)) for size in _SIZES), key=lambda seen: np.sort(seen[1][:, 0])[1:].sum()
    )
    scores, middles = best[:, 0], best[:, 1:]
    order = np.argsort(scores)
    if scores[order[2]] < _SEEN:
        return
    inner = 1 - 2 * _CORNERS
    for absent in order[: 1 if scores[order[1]] >= _SEEN else 2]:
        seen = (scores >= _SEEN) & (np.arange(4) != absent)
        inset = float(np.mean(((middles - edges) * inner)[seen]))
        placed = np.where(seen[:, None], middles, edges + inset * inner)
        gaps = np.linalg.norm(placed - np.roll(placed, 1, 0), axis=1)
        in_picture = _moved(placed, _back(plane))
        yield 7 * float(np.median(gaps)) / finder + 7, np.roll(in_picture, 2 - int(absent), 0)


def _cornered(flat: Grey, finder: int) -> Points:
    """The best match for a finder of so many pixels at each corner, clockwise: score, x, y."""
    pattern = _pattern(FINDER.tobytes(), finder)
    reach = min(round(1.6 * finder) + 2 * _AROUND, len(flat) // 2)
    far = len(flat) - reach
    seen = []
    for x, y in (far * _CORNERS).astype(int):
        found = cv2.matchTemplate(flat[y : y + reach, x : x + reach], pattern, cv2.TM_CCOEFF_NORMED)
        _, score, _, at = cv2.minMaxLoc(found)
        middle = (len(pattern) - 1) / 2
        seen.append((score, x + at[0] + middle, y + at[1] + middle))
    return np.array(seen)


def _aligned(picture: Grey, version: int, middles: Points, outline: Outline) -> Lie:
    """The plane through the middles of the finders, bent to where the alignment patterns are."""
    far = side(version) - 7
    corners = 3.5 + far * _CORNERS
    plane = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), middles.astype(np.float32)), np.float64)
    lie = Lie(version, plane, _bowed(plane, side(version), outline.rim))
    alike = [(np.array([x + 0.5, y + 0.5]), ALIGNMENT) for y, x in alignments(version)]
    whole = [(corner, FINDER) for corner in corners[[0, 1, 3]]]
    quarters = [(corner + off, modules) for corner in corners[[0, 1, 3]] for off, modules in _QUARTERS]
    for reach, patterns in ((2.6, whole + alike), (1.2, quarters + alike), (0.8, quarters + alike)):
        flat = flattened(picture, lie, _DOTS)
        found = np.array([_near(flat, at, reach, pattern) for at, pattern in patterns])
        trust = np.clip(found[:, 0] - _SEEN + 0.05, 0, 1) ** 2
        lie = lie.bent(np.array([at for at, _ in patterns]), found[:, 1:], trust)
    return lie


def _bowed(plane: Points, size: int, rim: Points) -> Points:
    """The bend of a symbol whose sides bulge as its rim does."""
    flat = 2 * _moved(rim, _back(plane)) / size - 1
    bend = np.zeros((9, 2))
    for axis in (0, 1):
        along, across = flat[:, 1 - axis], flat[:, axis]
        for end in (-1, 1):
            rim_here = np.abs(across - end) < 0.3
            corners = across[rim_here & (np.abs(along) > 0.65) & (np.abs(along) < 0.95)]
            thirds = [across[rim_here & (np.abs(along - middle) < 0.15)] for middle in (-0.3, 0.0, 0.3)]
            if len(corners) and all(map(len, thirds)):
                # a blot reaches over one third of a side, not over all; 0.64 and 0.08 are along² there
                bulge = float(np.median([np.median(third) for third in thirds]) - np.median(corners)) / (0.64 - 0.08)
                # (1 - along²)(1 ± across) / 2, as coefficients of the powers in the order of Lie
                powers = [0, 1, 5, 7] if axis == 0 else [0, 2, 4, 6]
                bend[powers, axis] += bulge * size / 4 * np.array([1, end, -1, -end])
    return bend


def _near(flat: Grey, place: Points, reach: float, modules: Modules) -> tuple[float, float, float]:
    """How well, and how far from ``place`` in modules, a pattern of ``modules`` is found within ``reach``."""
    pattern = _pattern(modules.tobytes(), _DOTS * len(modules))
    half = len(pattern) / 2 + reach * _DOTS
    left, top = (max(0, round((at + MARGIN) * _DOTS - half)) for at in place)
    window = flat[top : top + int(2 * half), left : left + int(2 * half)]
    _, score, _, at = cv2.minMaxLoc(cv2.matchTemplate(window, pattern, cv2.TM_CCOEFF_NORMED))
    x, y = ((corner + off + len(pattern) / 2) / _DOTS - MARGIN for corner, off in zip((left, top), at, strict=True))
    return score, x - place[0], y - place[1]


@cache
def _pattern(modules: bytes, pixels: int) -> Grey:
    """A finder with white around it, or an alignment pattern, ``pixels`` wide without the white."""
    side = round(len(modules) ** 0.5)
    dark = np.pad(np.frombuffer(modules, np.bool_).reshape(side, side), side // 7)
    size = (round(pixels * len(dark) / side),) * 2
    drawn = cv2.resize(np.where(dark, 0, 255).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), pixels / side / 4), np.uint8)


def _moved(points: Points, plane: Points) -> Points:
    return np.asarray(cv2.perspectiveTransform(points[None], plane)[0], np.float64)


def _back(plane: object) -> Points:
    return np.asarray(np.linalg.inv(np.asarray(plane, np.float64)), np.float64)
