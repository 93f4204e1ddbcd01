"""QR codes in a picture: one quick look for every frame, and a long one for worn paper. Both end in time.

zxing-cpp decides what a code says. All else only changes the picture that it is shown, so that nothing is read
whose error correction does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

import cv2
import numpy as np
import zxingcpp

from devices.scanner.crowd import is_crowded
from devices.scanner.outline import Grey
from devices.scanner.repairs import repairs

__all__ = ["ENOUGH", "LARGEST", "Grey", "codes_in", "worn_codes_in"]

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


def codes_in(picture: Grey) -> set[bytes]:
    """The content of each QR code in ``picture``, byte for byte. About 4 ms at 1280x720."""
    return _read(_within(_QUICK, picture), zxingcpp.Binarizer.LocalAverage) if _is_fit(picture) else set()


def worn_codes_in(
    picture: Grey, *, wanted: Callable[[bytes], bool] = lambda code: True, seconds: float = ENOUGH
) -> set[bytes]:
    """As ``codes_in``, for worn, bent or blurred print: up to 250 ms, so not for every frame.

    The search goes on past a code that is not ``wanted``, which would be a misreading or another's. After ``seconds``
    no step begins.
    """
    end = monotonic() + seconds
    if not _is_fit(picture):
        return set()
    picture = _within(_WORN, picture)
    if float(cv2.meanStdDev(picture)[1][0][0]) < _FLAT:
        return set()
    for repaired in repairs(picture):
        if repaired and (codes := {code for code in _read(*repaired) if wanted(code)}):
            return codes
        if monotonic() > end:
            break
    return set()


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


def _read(picture: Grey, binarizer: zxingcpp.Binarizer) -> set[bytes]:
    found = zxingcpp.read_barcodes(picture, formats=_FORMAT, binarizer=binarizer)
    return {code.bytes for code in found if code.valid}
