"""The slip of a printer test: it shows a worn head, a lost font, a dull cutter. May be drawn on any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from screens.fonts import Ink
from screens.paper import Bitmap
from screens.strip import Strip, matrix
from screens.words import Words

RARE: Final = "永和国酬龘㐂锳龚"
"""From the plainest character to the fullest and to two of rare names: all must be there, and sharp."""

_TITLE: Final = Ink(34, bold=True)
_NUMBER: Final = Ink(96, bold=True)
_BODY: Final = Ink(26)
_ENGLISH: Final = Ink(22, bold=True)
_FIELDS: Final = 10
_ROWS: Final = 4
_MODULE: Final = 6
_BAR: Final = 18
_TAIL: Final = 32


@dataclass(frozen=True, slots=True)
class TrialSlip:
    """``code`` is what the QR code says, from its alphanumeric set."""

    code: str
    machine: Words
    printed_at: str


def trial(slip: TrialSlip, width: int) -> Bitmap:
    """Draw it ``width`` dots wide, 576 or 384. Raises ``ValueError`` for another width, or a code out of its set."""
    if width not in (576, 384):
        raise ValueError("slips are 576 or 384 dots wide")
    strip = Strip(width, 20 if width == 576 else 12)
    strip.y = 20
    strip.paragraph("客厅 测试票", _TITLE, 0.5)
    strip.paragraph("Test slip", _ENGLISH, 0.5)
    strip.y += 12
    _board(strip)
    strip.y += 16
    strip.line([("A000", _NUMBER)], strip.left, strip.right, 0.5)
    strip.y += round(_NUMBER.px * 1.15)
    strip.paragraph(RARE, Ink(36), 0.5)
    strip.y += 8
    _grey(strip)
    strip.y += 24
    code = matrix(slip.code)
    side = len(code) * _MODULE
    strip.qr(code, (strip.width - side) // 2, strip.y, _MODULE)
    strip.y += side + 28
    strip.block(strip.left, strip.y, strip.right - strip.left, _BAR)
    strip.y += _BAR + 14
    strip.paragraph(f"{slip.machine.zh} · {slip.printed_at}", _BODY, 0.5)
    return Bitmap(width, *strip.dots(_TAIL))


def _board(strip: Strip) -> None:
    """Black and white fields over the whole width: a dead dot of the head is a white line through them."""
    side = (strip.right - strip.left) // _FIELDS
    for row in range(_ROWS):
        for column in range(_FIELDS):
            if (row + column) % 2:
                strip.block(strip.left + column * side, strip.y + row * (side // 2), side, side // 2)
    strip.y += _ROWS * (side // 2)


def _grey(strip: Strip) -> None:
    """One line in every eight dots, then one in four, then one in two: a worn roller smears them."""
    third = (strip.right - strip.left) // 3
    for at, step in enumerate((8, 4, 2)):
        for x in range(0, third - 8, step):
            strip.block(strip.left + at * third + x, strip.y, 1, 40)
    strip.y += 40
