"""Squares of dense print between white paper: where a symbol may be, whatever its finder patterns look like now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]

_WIDE: Final = 480
"""Pixels of the longer side of the small picture in which all this is looked for; what follows is of its scale."""

_WINDOW: Final = 9
_SPECKS: Final = np.ones((7, 7), np.uint8)
_SPREAD: Final = np.ones((5, 5), np.uint8)
"""Where contrast is measured; what is narrower is no symbol; by how much the window made the symbol wider."""

_LEAST: Final = 28
_FULL: Final = 0.80
"""Shortest side of a symbol; the share of the tightest convex outline that is full of print."""

_SAME: Final = 6.0
_FEW: Final = 3
_HALO: Final = 1.1
"""How far apart corners are of outlines that are two; how many are told where nothing else is asked for; how much
wider than a symbol the contrast around it is.
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """Corners, clockwise, and the points of the rim; x and y in pixels."""

    corners: Points
    rim: Points

    def straight(self) -> Outline:
        """With corners where lines meet that most of the rim lies on: a blot that sticks out moves none."""
        return _fitted(_fitted(self))

    def part_of(self, picture: Grey) -> Grey:
        """What lies within, with some white around it."""
        low, high = self.corners.min(0), self.corners.max(0)
        some = 0.1 * float((high - low).max())
        (left, top), (right, bottom) = np.maximum(low - some, 0).astype(int), np.ceil(high + some).astype(int)
        return np.ascontiguousarray(picture[top:bottom, left:right])


def outlines(picture: Grey, taken: Sequence[Points] = (), most: int = _FEW) -> list[Outline]:
    """The largest first, at most ``most``; none where ``taken`` are, the corners of what is known already."""
    scale = _WIDE / max(picture.shape)
    known = [corners * scale for corners in taken]
    found = [square for dense in _dense(picture, scale, known) for square in _squares(dense)]
    found.sort(key=lambda square: -square[0])
    different: list[Outline] = []
    for _, square in found:
        if all(np.abs(square.corners - other.corners).max() > _SAME for other in different):
            different.append(square)
    return [Outline((square.corners + 0.5) / scale, (square.rim + 0.5) / scale) for square in different[:most]]


def _dense(picture: Grey, scale: float, taken: Sequence[Points]) -> list[Grey]:
    """Where the contrast is that of print, by two levels: for sound prints, and for faded ones on a dark table."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean = np.asarray(cv2.blur(small, (_WINDOW, _WINDOW)), np.float32)
    square = np.asarray(cv2.blur(small * small, (_WINDOW, _WINDOW)), np.float32)
    contrast = np.asarray(np.sqrt(np.maximum(square - mean * mean, 0)) / (mean + 8), np.float32)
    lowest = float(contrast.min())
    for corners in taken:
        middle = corners.mean(0)
        wide = middle + (corners - middle) * _HALO
        wide += np.sign(wide - middle) * (_WINDOW // 2)
        cv2.fillConvexPoly(contrast, cv2.convexHull(np.rint(wide).astype(np.int32)), lowest)
    return [_above(contrast), _above(np.log(contrast + 0.004))]


def _above(contrast: NDArray[np.float32]) -> Grey:
    low, high = float(contrast.min()), float(np.quantile(contrast[::3, ::3], 0.995))
    level = np.clip((contrast - low) * (255 / max(high - low, 1e-6)), 0, 255).astype(np.uint8)
    _, dense = cv2.threshold(level, 0, 255, cv2.THRESH_OTSU)
    return np.asarray(cv2.erode(cv2.morphologyEx(dense, cv2.MORPH_OPEN, _SPECKS), _SPREAD), np.uint8)


def _squares(dense: Grey) -> list[tuple[float, Outline]]:
    """Each with its area."""
    squares = []
    rims, _ = cv2.findContours(dense, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for rim in rims:
        hull = cv2.convexHull(rim)
        area = cv2.contourArea(hull)
        if area < _LEAST**2 or cv2.contourArea(rim) < _FULL * area:
            continue
        corners = np.asarray(cv2.approxPolyN(hull, 4, ensure_convex=True), np.float64).reshape(4, 2)
        sides = np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1)
        filled = area / max(1.0, cv2.contourArea(corners.astype(np.float32)))
        if sides.min() > _LEAST and sides.max() < 4 * sides.min() and 0.7 < filled < 1.4:
            squares.append((area, Outline(corners, rim.reshape(-1, 2).astype(np.float64))))
    return squares


def _fitted(square: Outline) -> Outline:
    lines = []
    for start, end in zip(square.corners, np.roll(square.corners, -1, 0), strict=True):
        long = max(float(np.linalg.norm(end - start)), 1e-6)
        along = (end - start) / long
        way, aside = (square.rim - start) @ along / long, (square.rim - start) @ np.array([-along[1], along[0]])
        near = square.rim[(way > 0.08) & (way < 0.92) & (np.abs(aside) < 0.15 * long)]
        if len(near) < 8:
            return square
        line: Any = cv2.fitLine(near[:: len(near) // 64 + 1].astype(np.float32), cv2.DIST_L1, 0, 0.01, 0.01)
        dx, dy, x, y = line.ravel()
        lines.append(np.cross([x, y, 1], [x + dx, y + dy, 1]))
    meets = np.array([np.cross(before, after) for before, after in zip(np.roll(lines, 1, 0), lines, strict=True)])
    if np.abs(meets[:, 2]).min() < 1e-6:
        return square
    met = meets[:, :2] / meets[:, 2:]
    far = np.abs(met - square.corners).max() > 0.3 * np.ptp(square.corners)
    return square if far else Outline(met, square.rim)
