"""How a symbol lies in a picture, bent as paper bends, and the symbol drawn flat again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.scanner.outline import Grey, Points
from devices.scanner.symbol import known, side

Floats = NDArray[np.float32]

MARGIN: Final = 3
"""Modules of white that are kept around a flattened symbol."""

_NODES: Final = 24
"""Steps across a symbol at which its place in the picture is worked out; between them it is taken as straight."""

_STIFFNESS: Final = np.array([0, 0, 0, 0.1, 0.1, 0.1, 1, 1, 3, 1, 1], np.float64)
"""How unlike paper each of the powers bends."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How a symbol of ``version`` lies in the picture: a plane seen from anywhere, then bent.

    ``plane`` takes modules to pixels; ``bend`` holds what is added to a place on the plane, in modules, as
    coefficients of powers of x and y.
    """

    version: int
    plane: Points
    bend: Points

    def pixels(self, places: Points) -> Points:
        """Where ``places`` (x, y in modules from the symbol's upper left corner) are in the picture."""
        flat = places + _powers(places, side(self.version), len(self.bend)) @ self.bend
        moved = np.concatenate([flat, np.ones_like(flat[..., :1])], -1) @ self.plane.T
        return np.asarray(moved[..., :2] / moved[..., 2:], np.float64)

    def bent(self, places: Points, by: Points, trust: Points) -> Lie:
        """This lie, bent further so that ``places`` move ``by`` modules, each as far as it is trusted."""
        terms = 11 if len(places) > 15 else 9
        powers = _powers(places, side(self.version), terms)
        square = powers.T @ (trust[:, None] * powers) + np.diag(0.005 * len(places) * _STIFFNESS[:terms] + 1e-6)
        bend = np.asarray(np.linalg.solve(square, powers.T @ (trust[:, None] * by)), np.float64)
        bend[: len(self.bend)] += self.bend
        return Lie(self.version, self.plane, bend)


def flattened(picture: Grey, lie: Lie, dots: int) -> Grey:
    """The symbol as if drawn straight, ``dots`` pixels a module, with ``MARGIN`` modules around it."""
    size = side(lie.version) + 2 * MARGIN
    nodes = np.linspace(-MARGIN, size - MARGIN, _NODES + 1)
    at = lie.pixels(np.stack(np.meshgrid(nodes, nodes), -1)).astype(np.float32) - 0.5
    between = (np.arange(size * dots, dtype=np.float32) + 0.5) * (_NODES / (size * dots))
    across, down = np.meshgrid(between, between)
    x, y = (cv2.remap(at[..., axis], across, down, cv2.INTER_LINEAR) for axis in (0, 1))
    return np.asarray(cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def even(flat: Grey, dots: int, around: int = 9) -> Floats:
    """Dark positive, light negative, whatever the light and the ink are like in so many modules around."""
    grey = flat.astype(np.float32)
    window = (around * dots + 1,) * 2
    mean = np.asarray(cv2.blur(grey, window), np.float32)
    square = np.asarray(cv2.blur(grey * grey, window), np.float32)
    return np.asarray((mean - grey) / np.sqrt(np.maximum(square - mean * mean, 9)), np.float32)


def likeness(picture: Grey, lie: Lie, dots: int = 3) -> float:
    """Correlation of what lies there with the modules that every symbol of its version has."""
    size = side(lie.version) + 2 * MARGIN
    flat = even(flattened(picture, lie, dots), dots).reshape(size, dots, size, dots)
    middle = flat[:, 1:-1, :, 1:-1].mean((1, 3))[MARGIN:-MARGIN, MARGIN:-MARGIN]
    facts = known(lie.version)
    if not middle[facts.fixed].any():
        return 0.0
    return float(np.corrcoef(middle[facts.fixed], facts.dark[facts.fixed])[0, 1])


def _powers(places: Points, size: int, terms: int) -> Points:
    x, y = 2 * places[..., 0] / size - 1, 2 * places[..., 1] / size - 1
    every = [np.ones_like(x), x, y, x * y, x * x, y * y, x * x * y, x * y * y, x * x * y * y, x**3, y**3]
    return np.stack(every[:terms], -1)
