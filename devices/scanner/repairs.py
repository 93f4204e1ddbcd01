"""A worn picture made readable again: first the symbol drawn anew, then the whole print in other lights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import cv2
import numpy as np
import zxingcpp

from devices.scanner.locate import lies
from devices.scanner.modules import readings
from devices.scanner.outline import Grey, Outline, Points, outlines
from devices.scanner.symbol import drawn

Repaired = tuple[Grey, zxingcpp.Binarizer]

_LOCAL: Final = zxingcpp.Binarizer.LocalAverage
_WHOLE: Final = zxingcpp.Binarizer.GlobalHistogram
_CLEAN: Final = zxingcpp.Binarizer.FixedThreshold

_LARGE: Final = 2_000_000
"""Pixels to which a part of the picture is drawn, at most twice its height and width."""


def repairs(picture: Grey, taken: Sequence[Points] = ()) -> Iterator[Repaired | None]:
    """Pictures of what may be a symbol in ``picture``, the likeliest to be read first; ``taken`` are read already.

    Each step takes less than 25 ms; None is one that came to nothing.
    """
    found = outlines(picture, taken)
    yield None
    yield from repairs_within(picture, found)


def repairs_within(picture: Grey, found: Sequence[Outline]) -> Iterator[Repaired | None]:
    """As ``repairs``, of what lies within the outlines that were ``found``; of the whole picture where none was."""
    parts = (outline.part_of(picture) for outline in found[:2]) if found else iter([picture])
    lights = (light for part in parts for light in _lights(part))
    for lie in lies(picture, found):
        yield None
        if lie:
            for modules in readings(picture, lie):
                yield drawn(modules), _CLEAN
            yield from islice(lights, 2)
    yield from lights


def _lights(part: Grey) -> Iterator[Repaired]:
    scale = min(2.0, (_LARGE / part.size) ** 0.5)
    large = _grey(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC))
    yield large, _LOCAL
    soft = cv2.GaussianBlur(large, (0, 0), 3)
    sharp = _grey(cv2.addWeighted(large, 2.5, soft, -1.5, 0))
    yield sharp, _LOCAL
    for stripe in ((5, 5), (9, 1), (1, 9), (9, 9)):  # white lines that dead dots and scratches leave in the dark
        yield _grey(cv2.morphologyEx(large, cv2.MORPH_OPEN, np.ones(stripe, np.uint8))), _LOCAL
    yield large, _WHOLE
    yield _grey(cv2.medianBlur(large, 5)), _LOCAL


def _grey(picture: object) -> Grey:
    return np.asarray(picture, dtype=np.uint8)
