"""QR codes in a picture. Slow tries for worn paper are kept apart from the one for every frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_FORMAT: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
"""The general QR format covers Micro QR too, which reads digits out of scratches."""

LARGEST: Final = 4096 * 3072
"""Dots in the largest picture that is looked at."""

_DOUBLED: Final = 1920 * 1080
_FLAT: Final = 6.0
"""Standard deviation of a picture with nothing on it: blank, overexposed, covered."""


def codes_in(picture: Grey) -> set[bytes]:
    """The content of each QR code in ``picture``, byte for byte. About 7 ms at 1280x720."""
    return _read(picture, zxingcpp.Binarizer.LocalAverage)


def worn_codes_in(picture: Grey) -> set[bytes]:
    """As ``codes_in``, for faded, blurred or striped print: up to 250 ms, so not for every frame."""
    if picture.size > LARGEST or float(cv2.meanStdDev(picture)[1][0][0]) < _FLAT:
        return set()
    for repaired, binarizer in _repairs(picture):
        if codes := _read(repaired, binarizer):
            return codes
    return set()


def _read(picture: Grey, binarizer: zxingcpp.Binarizer) -> set[bytes]:
    if picture.size > LARGEST:
        return set()
    found = zxingcpp.read_barcodes(picture, formats=_FORMAT, binarizer=binarizer)
    return {code.bytes for code in found if code.valid}


def _repairs(picture: Grey) -> Iterator[tuple[Grey, zxingcpp.Binarizer]]:
    """The picture in other lights, the likeliest to help first."""
    local = zxingcpp.Binarizer.LocalAverage
    if picture.size <= _DOUBLED:
        picture = _grey(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))
        yield picture, local
    soft = cv2.GaussianBlur(picture, (0, 0), 3)
    yield _grey(cv2.addWeighted(picture, 2.5, soft, -1.5, 0)), local
    yield picture, zxingcpp.Binarizer.GlobalHistogram
    for stripe in (5, 9):  # white lines that dead dots of a thermal head leave in the dark modules
        kernel = np.ones((stripe, stripe), np.uint8)
        yield _grey(cv2.morphologyEx(picture, cv2.MORPH_OPEN, kernel)), local
    yield _grey(cv2.medianBlur(picture, 3)), local


def _grey(picture: object) -> Grey:
    return np.asarray(picture, dtype=np.uint8)
