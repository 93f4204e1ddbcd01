"""Setting text in lines: plain text only, broken where a reader would, never cut short."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from screens.theme import SMALLEST_MM, Face, Theme, font

_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
_MARKS: Final = 3
_LONGEST: Final = 2_000
_JOINER: Final = "\u2060"
_IN_A_DATE: Final = re.compile(r"(?<=[0-9])(?=[年月日])|(?<=[年月])(?=[0-9])")
_SHRINK: Final = 4


def plain(text: str) -> str:
    """``text`` as it may be drawn: no control bytes, no direction overrides, no towers of marks."""
    kept: list[str] = []
    marks = 0
    for char in text[:_LONGEST]:
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if char == "\n" or (category[0] != "C" and char not in _OVERRIDES and marks <= _MARKS):
            kept.append(char)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Set:
    """Text broken into lines. ``whole`` is False where a word had to be broken or lines were too many."""

    lines: tuple[str, ...] = field(repr=False)
    px: int
    bold: bool
    line_height: int
    width: float
    whole: bool

    @property
    def height(self) -> int:
        return self.line_height * len(self.lines)


def typeset(text: str, face: Face, theme: Theme, width: float, most_lines: int = 99) -> Set:
    """Break ``text`` to ``width`` pixels; where it needs more lines, shrink once by 4 px.

    Text that still does not fit keeps all its lines: the caller grows, nothing is cut.
    """
    asked = text, face, width, most_lines
    if asked not in theme.known:
        theme.known[asked] = _typeset(plain(text), face, theme, width, most_lines)
    made: Set = theme.known[asked]
    return made


def _typeset(text: str, face: Face, theme: Theme, width: float, most_lines: int) -> Set:
    px = theme.size(face)
    made = _break(text, face, px, width, most_lines)
    smaller = max(px - theme.px(_SHRINK), theme.mm(SMALLEST_MM))
    if made.whole or smaller == px:
        return made
    again = _break(text, face, smaller, width, most_lines)
    return again if again.whole or len(again.lines) < len(made.lines) else made


def _break(text: str, face: Face, px: int, width: float, most_lines: int) -> Set:
    letters = font(px, face.bold)
    lines: list[str] = []
    widest = 0.0
    whole = True
    for paragraph in text.split("\n"):
        joined = broken(_IN_A_DATE.sub(_JOINER, paragraph), letters, width)
        set_lines = [(piece.replace(_JOINER, ""), wide) for piece, wide in joined]
        for (piece, _), (rest, _) in pairwise(set_lines):
            whole = whole and not (piece[-1:].isascii() and piece[-1:].isalnum() and rest[:1].isalnum())
        lines += [piece.rstrip() for piece, _ in set_lines]
        widest = max([widest, *(wide for _, wide in set_lines)])
    lines = lines or [""]
    return Set(tuple(lines), px, face.bold, round(px * face.leading), widest, whole and len(lines) <= most_lines)


def broken(paragraph: str, letters: QFont, width: float) -> list[tuple[str, float]]:
    """The lines of ``paragraph``, broken where a reader would, and how wide each is; together they are all of it."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(paragraph, letters)
    layout.setTextOption(option)
    utf16 = paragraph.encode("utf-16-le")  # Qt counts in UTF-16
    lines: list[tuple[str, float]] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        lines.append((utf16[start:end].decode("utf-16-le"), line.naturalTextWidth()))
    layout.endLayout()
    return lines


_BASELINE: Final = 0.38
"""Where the baseline lies below the middle of a line, in em: Chinese characters sit in the middle then."""


def draw(painter: QPainter, made: Set, box: QRect, colour: QColor, align: Qt.AlignmentFlag) -> None:
    """Draw the lines from the top of ``box``, aligned left, right or centred in it."""
    letters = font(made.px, made.bold)
    before = 0.5 if align & Qt.AlignmentFlag.AlignHCenter else 1.0 if align & Qt.AlignmentFlag.AlignRight else 0.0
    metrics = QFontMetricsF(letters)
    painter.setFont(letters)
    painter.setPen(colour)
    for row, line in enumerate(made.lines):
        x = box.left() + (before * (box.width() - metrics.horizontalAdvance(line)) if before else 0.0)
        middle = box.top() + made.line_height * (row + 0.5)
        painter.drawText(QPointF(round(x), round(middle + made.px * _BASELINE)), line)
