"""A certificate's code as a thermal printer leaves it on paper, new or worn: 203 dpi, 6 dots a module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import qrcode
from numpy.typing import NDArray
from qrcode.util import QRData

from certificates import qr
from tests.bench.sizes import shares

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]
Random = np.random.Generator

DOTS: Final = 6
"""A module's side on paper, in dots of 1/203 inch: 0.75 mm."""

_PREFIX: Final = "HTTPS://HALL.EXAMPLE/C/"
_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BEFORE_DIGITS: Final = 4 + 13 + 215 + 4 + 16 + 8 + 4 + 14
"""Bits of the segments ``_PREFIX`` + 16 letters and ``#``, and of the head of the digits, in version 13 or below."""

_NUMERIC: Final = 1
_ALPHANUMERIC: Final = 2
_BYTE: Final = 4
"""Modes of a segment. Source: ISO/IEC 18004:2015, table 2."""

_INK: Final = 0.12
_MARGIN: Final = 60
_TEXT: Final = 90
"""Reflectance of a black dot; dots of white paper around the symbol, and of text above and below it."""


@dataclass(frozen=True, slots=True)
class Wear:
    """What is wrong with a print; nothing by default.

    ``contrast`` is what is left of it; ``columns`` and ``bands`` are how many lines stay white and how many dots
    wide; ``stains`` and ``ink_loss`` are shares of the symbol's area.
    """

    contrast: float = 1.0
    columns: tuple[int, int] = (0, 0)
    bands: tuple[int, int] = (0, 0)
    scratches: int = 0
    stains: float = 0.0
    ink_loss: float = 0.0
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """``light`` is the reflectance of each dot, 0 to 1.

    The symbol and its quiet zone are the ``side`` dots in its middle.
    """

    light: Floats
    side: int
    modules: int
    content: bytes


def sheet(chance: Random, wear: Wear) -> Sheet:
    """A print with a code as large as certificates have it, by their shares."""
    sizes = shares()
    content, modules = _code(chance, int(chance.choice(list(sizes), p=list(sizes.values()))))
    symbol = np.kron(modules, np.ones((DOTS, DOTS), bool))
    side = len(symbol)
    black = np.pad(symbol, ((_MARGIN + _TEXT,) * 2, (_MARGIN,) * 2))
    _text(chance, black)
    place = slice(_MARGIN + _TEXT, _MARGIN + _TEXT + side), slice(_MARGIN, _MARGIN + side)
    _dead_columns(chance, black, side, *wear.columns)
    _skipped_rows(chance, black, side, *wear.bands)
    ink = np.asarray(
        cv2.GaussianBlur(black.astype(np.float32), (0, 0), 0.6), np.float32
    )  # heat spreads over less than a dot
    ink[place] *= 1 - _blobs(chance, side, wear.ink_loss)
    _scratch(chance, ink[place], wear.scratches)
    if wear.fold:
        _fold(chance, ink)
    light = 1 - np.float32((1 - _INK) * wear.contrast) * ink
    stain = np.asarray(cv2.GaussianBlur(_blobs(chance, side, wear.stains), (0, 0), 1.5), np.float32)
    light[place] *= 1 - np.float32(chance.uniform(0.65, 0.95)) * stain
    return Sheet(light, side, len(modules), content)


def _code(chance: Random, version: int) -> tuple[bytes, NDArray[np.bool_]]:
    """A certificate's address and its modules with a quiet zone of 4."""
    fewest, most = ((qr.capacity(v) - _BEFORE_DIGITS) * 3 // 10 for v in (version - 1, version))
    digits = "".join(map(str, chance.integers(0, 10, int(chance.integers(fewest + 2, most - 1)))))
    address = _PREFIX + "".join(chance.choice(list(_BASE32), 16))
    drawing = qrcode.QRCode(version, qrcode.ERROR_CORRECT_M, border=4, mask_pattern=int(chance.integers(8)))
    drawing.add_data(QRData(address, _ALPHANUMERIC))
    drawing.add_data(QRData("#", _BYTE))
    drawing.add_data(QRData(digits, _NUMERIC))
    drawing.make(fit=False)
    return f"{address}#{digits}".encode(), np.array(drawing.get_matrix(), bool)


def _text(chance: Random, black: NDArray[np.bool_]) -> None:
    """Lines of print above and below the symbol, as dense as a certificate's."""
    lines = np.zeros(black.shape, np.uint8)
    height, width = black.shape
    for y in (38, 72, height - 52, height - 18):
        words = "".join(chance.choice(list(_BASE32), width // 22))
        cv2.putText(lines, words, (_MARGIN, y), cv2.FONT_HERSHEY_DUPLEX, 0.9, 1, 2)
    black |= lines > 0


def _dead_columns(chance: Random, black: NDArray[np.bool_], side: int, count: int, wide: int) -> None:
    """Dots of the head that no longer heat: white lines along the paper's way."""
    for x in chance.choice(side // DOTS - 9, count, replace=False):
        left = _MARGIN + (4 + int(x)) * DOTS + int(chance.integers(DOTS))
        black[:, left : left + wide] = False


def _skipped_rows(chance: Random, black: NDArray[np.bool_], side: int, count: int, high: int) -> None:
    """The paper slipped or the head had no power: white lines across the paper."""
    for y in chance.choice(side // DOTS - 9, count, replace=False):
        top = _MARGIN + _TEXT + (4 + int(y)) * DOTS + int(chance.integers(DOTS))
        black[top : top + high] = False


def _scratch(chance: Random, ink: Floats, count: int) -> None:
    """A key or a nail takes the coating off: white lines of 1 to 3 dots, slightly bent."""
    side = len(ink)
    for _ in range(count):
        across = side * chance.uniform(0.1, 0.9)
        ends = side * chance.uniform(-0.2, 1.2, 2)
        steps = np.linspace(0, 1, 24)
        bend = side * chance.normal(0, 0.04) * np.sin(np.pi * steps)
        along, aside = steps * side, ends[0] + (ends[1] - ends[0]) * steps + bend
        middle = across - (ends[0] + ends[1]) / 2
        line = np.stack([along, aside + middle], 1)
        line = line if chance.random() < 0.5 else line[:, ::-1]
        cv2.polylines(ink, [np.rint(line).astype(np.int32)], False, 0.0, int(chance.integers(1, 4)), cv2.LINE_AA)


def _fold(chance: Random, ink: Floats) -> None:
    """A crease through the symbol: the coating is broken along it."""
    height, width = ink.shape
    x, y = width * chance.uniform(0.3, 0.7), height * chance.uniform(0.35, 0.65)
    turn = chance.choice([0.0, np.pi / 2]) + chance.normal(0, 0.04)
    step = 2 * width * np.array([np.cos(turn), np.sin(turn)])
    ends = np.rint(np.array([x, y]) + np.array([-step, step])).astype(int)
    crease = np.zeros(ink.shape, np.float32)
    cv2.line(crease, ends[0].tolist(), ends[1].tolist(), 1.0, int(chance.integers(2, 5)), cv2.LINE_AA)
    ink *= 1 - crease * chance.uniform(0.5, 1.0, ink.shape).astype(np.float32)


def _blobs(chance: Random, side: int, share: float) -> Floats:
    """Where blots lie, 1 on them: ragged ones, about one for each hundredth of ``share``, of a square of ``side``."""
    if not share:
        return np.zeros((side, side), np.float32)
    height = np.full((side, side), -1e3, np.float32)
    rough = chance.normal(0, 1, (side, side)).astype(np.float32)
    ragged = np.asarray(cv2.GaussianBlur(rough, (0, 0), side / 40), np.float32)
    ragged = ragged * np.float32(0.15 / ragged.std())
    y, x = np.mgrid[:side, :side].astype(np.float32) / side
    for _ in range(max(1, round(100 * share))):
        middle, stretch = chance.uniform(0.03, 0.97, 2), chance.uniform(0.6, 1.6)
        away = np.hypot((x - middle[0]) * stretch, (y - middle[1]) / stretch) / chance.uniform(0.6, 1.2)
        np.maximum(height, (ragged - 8 * away).astype(np.float32), out=height)
    return (height >= np.quantile(height, 1 - share)).astype(np.float32)
