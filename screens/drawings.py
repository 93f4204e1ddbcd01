"""Drawings of what the hand does: the card, the reader's slot, the slip. Arrows point the way the hand moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from screens.theme import Theme, font


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a drawing."""

    ink: QColor
    ink2: QColor
    surface: QColor
    sunk: QColor
    action: QColor
    lamp: QColor
    soft: QColor
    line: QColor


def inks(theme: Theme) -> Inks:
    names = ("ink", "ink2", "surface", "sunk", "action", "lamp", "soft", "line")
    return Inks(*(theme.colour(name) for name in names))


Drawing = Callable[[QPainter, Inks, str], None]


def _pen(colour: QColor, width: float) -> QPen:
    line, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QBrush(colour), width, line, cap, join)


def _arrow(painter: QPainter, colour: QColor, x: float, y: float, length: float, width: float) -> None:
    """An arrow from (x, y) down by ``length``, or up where it is negative."""
    head = width * 2.7 * (1 if length > 0 else -1)
    painter.setPen(_pen(colour, width))
    painter.drawLine(QLineF(x, y, x, y + length))
    tip = y + length
    painter.drawPolyline([QPointF(x - abs(head), tip - head), QPointF(x, tip), QPointF(x + abs(head), tip - head)])


def _reader(painter: QPainter, use: Inks, box: QRectF) -> None:
    painter.setPen(_pen(use.ink, 6))
    painter.setBrush(use.sunk)
    painter.drawRoundedRect(box, 12, 12)
    painter.setPen(_pen(use.ink, 5))
    painter.setBrush(use.lamp)
    painter.drawEllipse(QPointF(box.right() - 56, box.top() + 42), 14, 14)


def _card(painter: QPainter, use: Inks, at: QPointF) -> None:
    painter.save()
    painter.translate(at)
    painter.setPen(_pen(use.ink, 6))
    painter.setBrush(use.surface)
    painter.drawRoundedRect(QRectF(0, 0, 250, 262), 16, 16)
    painter.setPen(_pen(use.ink2, 8))
    painter.drawLine(QLineF(28, 50, 166, 50))
    painter.drawLine(QLineF(28, 84, 130, 84))
    painter.setPen(_pen(use.action, 8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(194, 74), 23, 23)
    painter.setPen(_pen(use.ink, 5))
    painter.setBrush(use.lamp)
    painter.drawRoundedRect(QRectF(28, 158, 78, 62), 10, 10)
    painter.drawLine(QLineF(28, 189, 106, 189))
    painter.drawLine(QLineF(67, 158, 67, 220))
    painter.restore()


def card_in(painter: QPainter, use: Inks, word: str) -> None:
    """A card goes down into the reader; 640 by 480."""
    _card_at_reader(painter, use, down=True)


def card_out(painter: QPainter, use: Inks, word: str) -> None:
    """A card comes up out of the reader; 640 by 480."""
    _card_at_reader(painter, use, down=False)


def _card_at_reader(painter: QPainter, use: Inks, down: bool) -> None:
    _card(painter, use, QPointF(195, 8))
    for x in (100, 540):
        if down:
            _arrow(painter, use.action, x, 76, 128, 13)
        else:
            _arrow(painter, use.action, x, 216, -136, 13)
    _reader(painter, use, QRectF(72, 314, 496, 142))
    painter.setPen(_pen(use.ink, 18))
    painter.drawLine(QLineF(186, 356, 456, 356))
    painter.setPen(_pen(use.line, 4))
    painter.drawLine(QLineF(124, 416, 516, 416))


def slip_out(painter: QPainter, use: Inks, word: str) -> None:
    """A slip with ``word`` on it comes down out of the printer; 720 by 620."""
    _reader(painter, use, QRectF(28, 20, 664, 190))
    painter.setPen(_pen(use.ink, 26))
    painter.drawLine(QLineF(162, 148, 558, 148))
    teeth = [QPointF(184 + 29 * n, 594 - 20 * (n % 2)) for n in range(13)]
    paper = QPolygonF([QPointF(184, 148), *teeth, QPointF(532, 148)])
    painter.setPen(_pen(use.ink, 7))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawPolygon(paper)
    painter.setPen(_pen(QColor("#4A545C"), 12))
    for left, right, y in ((270, 450, 210), (240, 480, 420), (240, 406, 466)):
        painter.drawLine(QLineF(left, y, right, y))
    painter.setPen(QColor("#182026"))
    size = 132 if len(word) <= 4 else round(132 * 4.6 / len(word))
    painter.setFont(font(size, bold=True))
    painter.drawText(QRectF(184, 230, 348, 160), Qt.AlignmentFlag.AlignCenter, word)
    for x in (70, 650):
        _arrow(painter, use.action, x, 330, 166, 16)


def sheet_out(painter: QPainter, use: Inks, word: str) -> None:
    """A sheet of A4 with ``word`` on it comes down out of the printer; 720 by 620."""
    _reader(painter, use, QRectF(28, 20, 664, 150))
    painter.setPen(_pen(use.ink, 24))
    painter.drawLine(QLineF(124, 124, 596, 124))
    painter.setPen(_pen(use.ink, 7))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRect(QRectF(154, 124, 412, 472))
    painter.setPen(QColor("#182026"))
    painter.setFont(font(64 if len(word) <= 6 else min(38, round(38 * 17 / len(word))), bold=True))
    painter.drawText(QRectF(154, 160, 412, 80), Qt.AlignmentFlag.AlignCenter, word)
    painter.setPen(_pen(QColor("#4A545C"), 11))
    for left, right, y in ((200, 520, 284), (200, 520, 330), (200, 420, 376), (360, 520, 446)):
        painter.drawLine(QLineF(left, y, right, y))
    painter.setPen(_pen(QColor("#4A545C"), 8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(458, 512), 46, 46)
    for x, y in ((200, 446), (272, 446), (200, 518)):
        painter.drawRect(QRectF(x, y, 40, 40))
        painter.fillRect(QRectF(x + 14, y + 14, 12, 12), QColor("#4A545C"))
    for x, y in ((270, 520), (300, 546), (272, 548), (302, 516)):
        painter.fillRect(QRectF(x, y, 13, 13), QColor("#4A545C"))
    for x in (78, 642):
        _arrow(painter, use.action, x, 330, 166, 16)


def code_held(painter: QPainter, use: Inks, word: str) -> None:
    """A code on a telephone, held down to the scanner; 640 by 480."""
    painter.setPen(_pen(use.ink, 6))
    painter.setBrush(use.surface)
    painter.drawRoundedRect(QRectF(226, 4, 188, 300), 26, 26)
    painter.setPen(_pen(use.ink2, 8))
    painter.drawLine(QLineF(296, 278, 344, 278))
    for x, y in ((256, 60), (340, 60), (256, 144)):
        painter.setPen(_pen(use.ink, 8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(x, y, 44, 44))
        painter.fillRect(QRectF(x + 15, y + 15, 14, 14), use.ink)
    for x, y in ((340, 144), (372, 144), (340, 176), (356, 160), (372, 176), (256, 212), (288, 212), (324, 212)):
        painter.fillRect(QRectF(x, y, 14, 14), use.ink)
    for x in (110, 530):
        _arrow(painter, use.action, x, 96, 128, 13)
    _reader(painter, use, QRectF(72, 348, 496, 112))
    painter.setPen(_pen(use.ink, 5))
    painter.setBrush(use.soft)
    painter.drawRoundedRect(QRectF(210, 382, 220, 44), 10, 10)


def id_card(painter: QPainter, use: Inks, word: str) -> None:
    """A card with a picture and lines; 200 by 126."""
    painter.setPen(_pen(QColor("#07394A"), 5))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(QRectF(3, 3, 194, 120), 12, 12)
    painter.setPen(_pen(QColor("#0B5063"), 4))
    painter.setBrush(QColor("#D9EAEE"))
    painter.drawRect(QRectF(24, 28, 44, 54))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(46, 48), 9, 9)
    painter.drawArc(QRectF(31, 64, 30, 34), 0, 180 * 16)
    painter.setPen(_pen(QColor("#182026"), 5))
    for left, right, y in ((88, 172, 36), (88, 148, 56), (24, 66, 102), (88, 172, 98)):
        painter.drawLine(QLineF(left, y, right, y))


_SIZES: dict[Drawing, tuple[int, int]] = {
    card_in: (640, 480),
    card_out: (640, 480),
    slip_out: (720, 620),
    sheet_out: (720, 620),
    code_held: (640, 480),
    id_card: (200, 126),
}


class Picture(QWidget):
    """A drawing as a block, ``height`` design units tall, in the middle of its width."""

    def __init__(self, theme: Theme, drawing: Drawing, height: int, word: str = "") -> None:
        super().__init__()
        self._theme, self._drawing, self._word = theme, drawing, word
        self._height = theme.px(height)

    def heightForWidth(self, width: int) -> int:
        return self._height

    def sizeHint(self) -> QSize:
        wide, tall = _SIZES[self._drawing]
        return QSize(self._height * wide // tall, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        wide, tall = _SIZES[self._drawing]
        scale = min(self.width() / wide, self.height() / tall)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((self.width() - wide * scale) / 2, (self.height() - tall * scale) / 2)
        painter.scale(scale, scale)
        self._drawing(painter, inks(self._theme), self._word)
        painter.end()
