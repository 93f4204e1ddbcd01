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

__all__ = ["LARGEST", "Grey", "codes_in", "worn_codes_in"]

_FORMAT: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
"""The general QR format covers Micro QR too, which reads digits out of scratches."""

LARGEST: Final = 4096 * 3072
"""Dots in the largest picture that is looked at."""

_SIDE: Final = 1920
"""Dots of the longer side to which a picture is drawn smaller before it is repaired."""

_FLAT: Final = 2.0
"""Standard deviation of a picture with nothing on it: blank, overexposed, covered."""

_ENOUGH: Final = 0.175
"""Seconds after which no step of repair begins. A step takes 25 ms at most, and 100 ms on a machine a quarter as
fast as the one this was measured on: the whole is over within 250 ms."""


def codes_in(picture: Grey) -> set[bytes]:
    """The content of each QR code in ``picture``, byte for byte. About 4 ms at 1280x720."""
    if picture.size > LARGEST or is_crowded(picture):
        return set()
    return _read(picture, zxingcpp.Binarizer.LocalAverage)


def worn_codes_in(picture: Grey, *, wanted: Callable[[bytes], bool] = lambda code: True) -> set[bytes]:
    """As ``codes_in``, for worn, bent or blurred print: up to 250 ms, so not for every frame.

    The search goes on past a code that is not ``wanted``, which would be a misreading or another's.
    """
    end = monotonic() + _ENOUGH
    if picture.size > LARGEST or float(cv2.meanStdDev(picture)[1][0][0]) < _FLAT or is_crowded(picture):
        return set()
    scale = _SIDE / max(picture.shape)
    if scale < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    for repaired in repairs(picture):
        if repaired and (codes := {code for code in _read(*repaired) if wanted(code)}):
            return codes
        if monotonic() > end:
            break
    return set()


def _read(picture: Grey, binarizer: zxingcpp.Binarizer) -> set[bytes]:
    found = zxingcpp.read_barcodes(picture, formats=_FORMAT, binarizer=binarizer)
    return {code.bytes for code in found if code.valid}
