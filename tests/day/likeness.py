"""Is the page on the screen the page on the paper? By pixels, wherever and however small it is shown."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

Picture = np.ndarray[Any, Any]

_EDGE: Final = 6
"""Dots at the rim of a shown page that its frame may cover."""

_COARSE: Final = 4
_LEAST, _MOST = 300, 700
"""Dots that a page is wide on a screen of 1080: a slip, a sheet."""
_AROUND: Final = 24
_FAR: Final = 100_000
_MARGIN: Final = 110
"""Rows of the frame above and below the body of the screen."""


def difference(screen: Picture, page: Picture) -> float:
    """The mean difference (0 to 255) between ``page`` and its likeness on ``screen``; 255 where there is none.

    ``screen`` is in colour; ``page`` too, or in grey as a slip is.
    """
    body = screen[_MARGIN:-_MARGIN]
    if page.ndim == 2:
        body = cv2.cvtColor(body, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(body, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    most = min(body.shape[0] * page.shape[1] // page.shape[0], body.shape[1])
    widths = range(_LEAST, min(most, _MOST), _COARSE)
    tries = {width: _found(small, _scaled(page, width // _COARSE, _FAR)) for width in widths}
    rough = max(tries, key=lambda width: tries[width][0])
    left, top = (max(0, _COARSE * at - _AROUND) for at in tries[rough][1])
    tall = rough * page.shape[0] // page.shape[1]
    near = body[top : top + tall + 2 * _AROUND, left : left + rough + 2 * _AROUND]
    sizes = [(rough + by, _FAR) for by in range(-6, 7)] + [(_FAR, tall + by) for by in range(-12, 13)]
    return min(_apart(near, _scaled(page, *size)[_EDGE:-_EDGE, _EDGE:-_EDGE]) for size in sizes)


def _apart(body: Picture, shown: Picture) -> float:
    likeness, (x, y) = _found(body, shown)
    there = body[y : y + shown.shape[0], x : x + shown.shape[1]]
    return float(np.abs(there.astype(int) - shown.astype(int)).mean()) if likeness >= 0 else 255.0


def _found(body: Picture, shown: Picture) -> tuple[float, tuple[int, int]]:
    if shown.shape[0] > body.shape[0] or shown.shape[1] > body.shape[1]:
        return -1.0, (0, 0)
    _, best, _, place = cv2.minMaxLoc(cv2.matchTemplate(body, shown, cv2.TM_CCOEFF_NORMED))
    return best, (int(place[0]), int(place[1]))


def _scaled(page: Picture, width: int, height: int) -> Picture:
    """As the screen scales a page: once, smoothly, until it is as wide or as tall as it may be."""
    image = _image(np.ascontiguousarray(page))
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = image.scaled(QSize(width, height), keep, smooth)
    rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
    if page.ndim == 2:
        return rows[:, : small.width()].copy()
    return rows.reshape(small.height(), small.width(), 4)[:, :, :3].copy()


def _image(page: Picture) -> QImage:
    if page.ndim == 2:
        return QImage(page.data, page.shape[1], page.shape[0], page.shape[1], QImage.Format.Format_Grayscale8)
    colours = QImage(page.data, page.shape[1], page.shape[0], 3 * page.shape[1], QImage.Format.Format_BGR888)
    return colours.convertToFormat(QImage.Format.Format_RGB32)
