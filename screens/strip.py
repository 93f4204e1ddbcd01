"""A strip of slip paper while it is drawn: text, rules, QR codes, from top to bottom, in one bit.

Lengths are dots of an eighth of a millimetre. Strokes are put down in order
and painted at the end, when the length of the strip is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import qrcode
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from qrcode.util import QRData

from screens import typeset
from screens.fonts import Ink, advance, font, glyphs_missing

QUIET: Final = 4
"""White modules around a QR code (ISO/IEC 18004)."""

_ABOVE_BASE: Final = 0.88  # of a Chinese character's height
_MASK: Final = 3  # one of the eight masks; trying all takes 6 times as long and no reader needs the best one
_ALPHANUMERIC: Final = 2
_RULE: Final = 3

Run = tuple[str, Ink]


def written(text: str) -> str:
    """``text`` as it can be printed: no control characters, one line, 〓 where the face has no glyph."""
    line = " ".join(typeset.plain(text).split())
    missing = glyphs_missing(line)
    return "".join("〓" if char in missing else char for char in line) if missing else line


class Strip:
    """``y`` is where the next thing begins."""

    def __init__(self, width: int, margin: int) -> None:
        self.width = width
        self.left, self.right = margin, width - margin
        self.y = 0
        self._strokes: list[Callable[[QPainter], None]] = []

    def line(self, runs: Sequence[Run], left: int, right: int, at: float, y: int | None = None) -> None:
        """One line of ``runs`` on a common base, from ``left`` to ``right``; ``at`` 0 is left, 0.5 the middle, 1 right.

        Its top is ``y``, or the strip's ``y``; the strip's ``y`` does not move.
        """
        top = self.y if y is None else y
        base = top + round(max(ink.px for _, ink in runs) * _ABOVE_BASE)
        x = left + round(at * (right - left - width_of(runs)))
        for text, ink in runs:
            self._strokes.append(_text(x, base, text, ink))
            x += round(advance(text, ink))

    def paragraph(self, text: str, ink: Ink, at: float = 0.0, most: int = 4, lead: float = 1.25) -> None:
        """``text`` over at most ``most`` lines, between the margins."""
        self.column(text, ink, self.left, self.right, at, most, lead)

    def column(
        self, text: str, ink: Ink, left: int, right: int, at: float = 0.0, most: int = 4, lead: float = 1.25
    ) -> None:
        for part in broken(written(text), ink, right - left, most):
            self.line([(part, ink)], left, right, at)
            self.y += round(ink.px * lead)

    def rule(self, before: int = 0, after: int = 0, dashed: bool = False) -> None:
        self.y += before
        step, ink = (9, 6) if dashed else (self.right - self.left, self.right - self.left)
        for x in range(self.left, self.right, step):
            self.block(x, self.y, min(ink, self.right - x), _RULE)
        self.y += _RULE + after

    def frame(self, left: int, top: int, right: int, bottom: int) -> None:
        for x, y, wide, high in (
            (left, top, right - left, _RULE),
            (left, bottom - _RULE, right - left, _RULE),
            (left, top, _RULE, bottom - top),
            (right - _RULE, top, _RULE, bottom - top),
        ):
            self.block(x, y, wide, high)

    def block(self, x: int, y: int, wide: int, high: int) -> None:
        box = QRect(x, y, wide, high)
        self._strokes.append(lambda painter: painter.fillRect(box, Qt.GlobalColor.black))

    def qr(self, code: list[list[bool]], x: int, y: int, module: int) -> int:
        """The modules of a QR code, ``module`` dots each, without its quiet zone; returns the side in dots."""
        side = len(code)
        image = QImage(_packed(code), side, side, (side + 7) // 8, QImage.Format.Format_Mono).copy()
        image.setColorTable([0xFFFFFFFF, 0xFF000000])
        box = QRect(x, y, side * module, side * module)
        self._strokes.append(lambda painter: painter.drawImage(box, image))
        return side * module

    def dots(self, tail: int) -> tuple[int, bytes]:
        """Height and dots of the strip, ``tail`` white rows below the last thing."""
        height = self.y + tail
        image = QImage(self.width, height, QImage.Format.Format_Mono)
        image.setColorTable([0xFFFFFFFF, 0xFF000000])
        image.fill(0)
        painter = QPainter(image)
        try:
            painter.setPen(Qt.GlobalColor.black)
            for stroke in self._strokes:
                stroke(painter)
        finally:
            painter.end()
        stride, padded = (self.width + 7) // 8, image.bytesPerLine()
        bits = bytes(image.constBits())
        if stride == padded:
            return height, bits
        return height, b"".join(bits[at : at + stride] for at in range(0, len(bits), padded))


def width_of(runs: Sequence[Run]) -> int:
    return sum(round(advance(text, ink)) for text, ink in runs)


def broken(text: str, ink: Ink, width: int, most: int) -> list[str]:
    """``text`` in lines no wider than ``width``, broken where a reader would; no more than ``most`` of them."""
    if advance(text, ink) <= width:
        return [text] if text else []
    return [line.rstrip() for line, _ in typeset.broken(text, font(ink), width)[:most]]


def fitting(text: str, ink: Ink, width: int) -> Ink:
    """``ink``, smaller where ``text`` would be wider than ``width``."""
    wide = advance(text, ink)
    return ink if wide <= width else Ink(max(1, int(ink.px * width / wide)), ink.bold)


def matrix(address: str) -> list[list[bool]]:
    """The modules of a QR code for ``address``: alphanumeric, error correction M.

    Raises ``ValueError`` for an address outside the alphanumeric set
    (ISO/IEC 18004, table 5) or longer than 100 characters.
    """
    if len(address) > 100:
        raise ValueError("the address is too long for a slip")
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(QRData(address.encode(), mode=_ALPHANUMERIC), optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def _packed(code: list[list[bool]]) -> bytes:
    side = len(code)
    stride = (side + 7) // 8
    return b"".join(
        (int("".join("1" if module else "0" for module in row), 2) << (stride * 8 - side)).to_bytes(stride, "big")
        for row in code
    )


def _text(x: int, base: int, text: str, ink: Ink) -> Callable[[QPainter], None]:
    face = font(ink)

    def stroke(painter: QPainter) -> None:
        painter.setFont(face)
        painter.drawText(QPointF(x, base), text)

    return stroke
