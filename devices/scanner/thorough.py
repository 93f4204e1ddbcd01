"""Every code in a picture that comes only once, sound or worn, and whether one was left unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import cv2
import numpy as np

from devices.scanner.decode import Wanted, first_read, seen_in, to_repair, worn_codes_in
from devices.scanner.lie import likeness
from devices.scanner.locate import lies
from devices.scanner.outline import Grey, Outline, Points, outlines
from devices.scanner.repairs import repairs_within
from devices.scanner.symbol import side

_MANY: Final = 12
"""Outlines that are looked into: those of a table full of papers, and of the text between them."""

_SYMBOL: Final = 0.45
_SURE: Final = 0.8
"""Likeness from which a symbol lies there, and from which no likelier lie is looked for. Symbols too worn to be read
had from 0.46 on, where the blur was up to 0.8 module; text, seals, tables and other codes had up to 0.40.
"""

_CORNERS: Final = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float64)


@dataclass(frozen=True, slots=True)
class Sight:
    """``unread``: a symbol lies there that gave nothing."""

    codes: frozenset[bytes] = field(repr=False)
    unread: bool


@dataclass(frozen=True, slots=True)
class _Symbol:
    like: float
    corners: Points
    outline: Outline


def every_code_in(picture: Grey, *, wanted: Wanted, seconds: float) -> Sight:
    """All that can be read in ``picture``; where that is nothing ``wanted``, it is searched for what no outline shows.

    After ``seconds`` no step begins; a symbol that was to come then is unread.
    """
    end = monotonic() + seconds
    seen = seen_in(picture)
    codes = {code.content for code in seen}
    worn = to_repair(picture)
    if worn is None:
        return Sight(frozenset(codes), False)
    scale = worn.shape[1] / picture.shape[1]
    symbols = _symbols(worn, [code.corners * scale for code in seen], end)
    unread = int(monotonic() > end)  # then not every outline was looked into
    for place, symbol in enumerate(symbols):
        share = (end - monotonic()) / (len(symbols) - place)
        found = first_read(repairs_within(worn, [symbol.outline]), wanted, monotonic() + share)
        codes |= found
        unread += not found
    if not any(map(wanted, codes)):
        found = worn_codes_in(picture, wanted=wanted, seconds=end - monotonic(), seen=seen) - codes
        codes |= found
        unread -= len(found)
    return Sight(frozenset(codes), unread > 0)


def _symbols(picture: Grey, taken: Sequence[Points], end: float) -> list[_Symbol]:
    """What looks like a symbol where none is ``taken``, each once, the likeliest first."""
    found = [symbol for outline in outlines(picture, taken, _MANY) for symbol in _symbol(picture, outline, end)]
    known, different = list(taken), list[_Symbol]()
    for symbol in sorted(found, key=lambda symbol: -symbol.like):
        if not any(_holds(corners, symbol.corners.mean(0)) for corners in known):
            known.append(symbol.corners)
            different.append(symbol)
    return different


def _symbol(picture: Grey, outline: Outline, end: float) -> Iterator[_Symbol]:
    """The likeliest within ``outline``, where there is one."""
    best: _Symbol | None = None
    for lie in lies(picture, [outline]):
        if lie and (like := likeness(picture, lie)) > (best.like if best else _SYMBOL):
            best = _Symbol(like, lie.pixels(side(lie.version) * _CORNERS), outline)
        if monotonic() > end or (best and best.like > _SURE):
            break
    if best:
        yield best


def _holds(corners: Points, place: Points) -> bool:
    hull = cv2.convexHull(corners.astype(np.float32))
    return cv2.pointPolygonTest(hull, (float(place[0]), float(place[1])), False) >= 0
