"""QR codes in a picture: one quick look for every frame, and a long one for worn paper. Both end in time.

A code that was read does not mean that no other lies beside it: the long look goes on where nothing was read yet.

zxing-cpp decides what a code says. All else only changes the picture that it is shown, so that nothing is read
whose error correction does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import cv2
import numpy as np
import zxingcpp

from devices.scanner.crowd import is_crowded
from devices.scanner.outline import Grey, Points
from devices.scanner.repairs import Repaired, repairs

__all__ = [
    "ENOUGH",
    "LARGEST",
    "Code",
    "Grey",
    "Wanted",
    "codes_in",
    "first_read",
    "seen_in",
    "to_repair",
    "worn_codes_in",
]

Wanted = Callable[[bytes], bool]
"""Whether a code may be what is looked for, by its content; else it is another's, or a misreading."""

_FORMAT: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
"""The general QR format covers Micro QR too, which reads digits out of scratches."""

LARGEST: Final = 4096 * 3072
"""Dots in the largest picture that is looked at."""

_SMALLEST: Final = 21
_LONGISH: Final = 20
"""Dots of the shorter side of a picture that could hold a symbol: version 1, a dot to a module; and how many times
as long the other may be."""

_QUICK: Final = 9_000_000
_WORN: Final = 2_200_000
"""Dots to which a picture is drawn smaller before it is read: A4 at 300 dots an inch; and before it is repaired."""

_FLAT: Final = 2.0
"""Standard deviation of a picture with nothing on it: blank, overexposed, covered."""

ENOUGH: Final = 0.160
"""Seconds after which no step of repair begins. A step takes 10 ms, and 30 ms on the worst of textures: on a machine
three times slower than the one this was measured on, the whole is still over within 250 ms."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: its content byte for byte, and its corners, clockwise, x and y in dots of the picture."""

    content: bytes = field(repr=False)
    corners: Points


def codes_in(picture: Grey) -> set[bytes]:
    """The content of each QR code in ``picture``, byte for byte. About 4 ms at 1280x720."""
    return {code.content for code in seen_in(picture)}


def seen_in(picture: Grey) -> list[Code]:
    """As ``codes_in``, and where each code lies."""
    if not _is_fit(picture):
        return []
    within = _within(_QUICK, picture)
    return _read(within, zxingcpp.Binarizer.LocalAverage, picture.shape[1] / within.shape[1])


def worn_codes_in(
    picture: Grey, *, wanted: Wanted = lambda code: True, seconds: float = ENOUGH, seen: Iterable[Code] = ()
) -> set[bytes]:
    """As ``codes_in``, for worn, bent or blurred print: up to 250 ms, so not for every frame.

    Nothing is repaired where codes were ``seen`` already. The search goes on past a code that is not ``wanted``:
    such a one is the answer only where nothing better was found. After ``seconds`` no step begins.
    """
    end = monotonic() + seconds
    if (worn := to_repair(picture)) is None:
        return set()
    scale = worn.shape[1] / picture.shape[1]
    return first_read(repairs(worn, [code.corners * scale for code in seen]), wanted, end)


def to_repair(picture: Grey) -> Grey | None:
    """``picture``, no larger than a repair in time allows; None where nothing can be on it."""
    if not _is_fit(picture):
        return None
    worn = _within(_WORN, picture)
    return None if float(cv2.meanStdDev(worn)[1][0][0]) < _FLAT else worn


def first_read(steps: Iterable[Repaired | None], wanted: Wanted, end: float) -> set[bytes]:
    """What the first of ``steps`` shows that shows something ``wanted``, else the first that shows anything.

    No step begins after ``end``, a moment of the monotonic clock.
    """
    others: set[bytes] = set()
    for repaired in steps:
        if repaired:
            codes = {code.content for code in _read(*repaired)}
            if meant := set(filter(wanted, codes)):
                return meant
            others = others or codes
        if monotonic() > end:
            break
    return others


def _is_fit(picture: Grey) -> bool:
    """Whether ``picture`` may hold a symbol, and is not made to keep a decoder busy."""
    short, long = sorted(picture.shape)
    return short >= _SMALLEST and long <= _LONGISH * short and picture.size <= LARGEST and not is_crowded(picture)


def _within(dots: int, picture: Grey) -> Grey:
    scale = (dots / max(1, picture.size)) ** 0.5
    if scale >= 1:
        return picture
    height, width = (max(1, int(scale * side)) for side in picture.shape)
    smooth = cv2.INTER_LINEAR if scale > 0.7 else cv2.INTER_AREA  # which is slow, and better only for less
    return np.asarray(cv2.resize(picture, (width, height), interpolation=smooth), np.uint8)


def _read(picture: Grey, binarizer: zxingcpp.Binarizer, scale: float = 1.0) -> list[Code]:
    found = zxingcpp.read_barcodes(picture, formats=_FORMAT, binarizer=binarizer)
    return [Code(code.bytes, scale * _corners(code.position)) for code in found if code.valid]


def _corners(at: zxingcpp.Position) -> Points:
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], np.float64)
