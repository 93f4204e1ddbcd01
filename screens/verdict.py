"""The banner of a verified paper: its shape, its word in two languages, one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from screens.colours import BANNERS, ON_BANNER
from screens.pages import Verdict
from screens.theme import BUTTON, LEAD, RESULT, Face, Theme
from screens.typeset import Set, draw, typeset
from screens.words import Language, Words

_STROKE: Final = 14.0
_BOX: Final = QRectF(7, 7, 154, 154)
_SHAPE: Final = 168
_SMALLER: Final = Face(RESULT.mm * 0.8, RESULT.elder_mm * 0.75, True, 1.2)
_SECOND: Final = Face(BUTTON.mm, BUTTON.mm, False, 1.3)

Shape = Callable[[QPainter], None]


def _dashed(painter: QPainter) -> None:
    pen = painter.pen()
    whole = QPen(pen)
    whole.setCapStyle(Qt.PenCapStyle.FlatCap)
    turn = 77 * 2 * 3.14159265 / _STROKE / 12
    whole.setDashPattern([turn * 0.62, turn * 0.38])
    painter.setPen(whole)
    painter.drawEllipse(_BOX)
    painter.setPen(pen)


def _octagon(painter: QPainter) -> None:
    cut = 46.0
    left, top, right, bottom = _BOX.left(), _BOX.top(), _BOX.right(), _BOX.bottom()
    corners = (
        (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
        (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
    )  # fmt: skip
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _tick(painter: QPainter) -> None:
    painter.drawPolyline([QPointF(50, 86), QPointF(74, 110), QPointF(122, 60)])


def _question(painter: QPainter) -> None:
    path = QPainterPath(QPointF(62, 68))
    path.arcTo(QRectF(62, 44, 44, 44), 180, -230)
    path.quadTo(QPointF(84, 88), QPointF(84, 104))
    painter.drawPath(path)
    painter.drawPoint(QPointF(84, 128))


def _valid(painter: QPainter) -> None:
    painter.drawEllipse(_BOX)
    _tick(painter)


def _expired(painter: QPainter) -> None:
    painter.drawPolyline([QPointF(36, 12), QPointF(132, 12)])
    painter.drawPolyline([QPointF(36, 156), QPointF(132, 156)])
    glass = QPainterPath(QPointF(52, 12))
    for x, y in ((52, 46), (84, 84), (52, 122), (52, 156), (116, 156), (116, 122), (84, 84), (116, 46), (116, 12)):
        glass.lineTo(x, y)
    painter.drawPath(glass)


def _revoked(painter: QPainter) -> None:
    painter.drawEllipse(_BOX)
    painter.drawLine(QPointF(48, 120), QPointF(120, 48))


def _not_yet(painter: QPainter) -> None:
    _dashed(painter)
    _tick(painter)


def _unknown(painter: QPainter) -> None:
    _dashed(painter)
    _question(painter)


def _forged(painter: QPainter) -> None:
    _octagon(painter)
    painter.drawLine(QPointF(60, 60), QPointF(108, 108))
    painter.drawLine(QPointF(108, 60), QPointF(60, 108))


def _unknown_key(painter: QPainter) -> None:
    _octagon(painter)
    _question(painter)


def _not_ours(painter: QPainter) -> None:
    painter.drawEllipse(_BOX)


def _unreadable(painter: QPainter) -> None:
    for x, y, dx, dy in ((14, 14, 1, 1), (154, 14, -1, 1), (154, 154, -1, -1), (14, 154, 1, -1)):
        painter.drawPolyline([QPointF(x + 36 * dx, y), QPointF(x, y), QPointF(x, y + 36 * dy)])
    painter.drawLine(QPointF(40, 84), QPointF(128, 84))


def _clock(painter: QPainter) -> None:
    painter.drawEllipse(_BOX)
    painter.drawPolyline([QPointF(84, 42), QPointF(84, 84), QPointF(112, 100)])


DRAWN: Final[dict[Verdict, tuple[Shape, str]]] = {
    Verdict.VALID: (_valid, "ok"),
    Verdict.EXPIRED: (_expired, "warn"),
    Verdict.REVOKED: (_revoked, "warn"),
    Verdict.NOT_YET_REGISTERED: (_not_yet, "ink2"),
    Verdict.STATUS_UNKNOWN: (_unknown, "ink2"),
    Verdict.FORGED: (_forged, "bad"),
    Verdict.UNKNOWN_KEY: (_unknown_key, "warn"),
    Verdict.NOT_OURS: (_not_ours, "ink2"),
    Verdict.UNREADABLE: (_unreadable, "ink2"),
    Verdict.CHECK_CLOCK: (_clock, "ink2"),
}
"""Shape and colour role of each verdict: never told by colour alone."""


class Banner(QWidget):
    """Full width. The high contrasts put shape and edge in the colour, and the words in ink."""

    def __init__(self, theme: Theme, result: Verdict, word: Words, sentence: Words) -> None:
        super().__init__()
        self._theme = theme
        self._shape, self._role = DRAWN[result]
        language = theme.look.language
        other = Language.EN if language is Language.ZH else Language.ZH
        self._word, self._second, self._sentence = word.into(language), word.into(other), sentence.into(language)
        self.setAccessibleName(self._word)

    def said(self) -> str:
        return "\n".join((self._word, self._second, self._sentence))

    def _side(self) -> int:
        small = self._theme.landscape or (self._theme.elder and self._theme.reach)
        return self._theme.px(112 if small else _SHAPE)

    def _pad(self) -> tuple[int, int]:
        return self._theme.px(56), self._theme.px(28 if self._theme.landscape or self._theme.reach else 44)

    def _columns(self, width: int) -> tuple[int, int]:
        """The room beside the shape, and the room of the sentence: in the second column of a wide panel."""
        side, second = self._pad()[0], self._theme.px(568)
        beside = width - 2 * side - self._side() - self._theme.px(44)
        if self._theme.landscape:
            return beside - second - self._theme.px(40), second
        return beside, width - 2 * side

    def _set(self, width: int) -> tuple[Set, Set, Set]:
        """Word, second word and sentence; a word too long for one line is set smaller."""
        theme = self._theme
        beside, below = self._columns(width)
        word = typeset(self._word, RESULT, theme, beside, 1)
        if len(word.lines) > 1 or self._side() < theme.px(_SHAPE):
            word = typeset(self._word, _SMALLER, theme, beside, 1)
        return word, typeset(self._second, _SECOND, theme, beside), typeset(self._sentence, LEAD, theme, below)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(1080), self.heightForWidth(self._theme.px(1080)))

    def heightForWidth(self, width: int) -> int:
        word, second, sentence = self._set(width)
        top = max(self._side(), word.height + second.height)
        if self._theme.landscape:
            return max(top, sentence.height) + 2 * self._pad()[1]
        return top + self._theme.px(20) + sentence.height + 2 * self._pad()[1]

    def fits(self) -> bool:
        return self.heightForWidth(self.width()) <= self.height() and self._set(self.width())[2].whole

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, (x, y) = self._theme, self._pad()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = shape = QColor(ON_BANNER)
        if theme.roles.outlined:
            ink, shape = theme.colour("ink"), theme.colour(self._role)
            edge = theme.px(8)
            painter.fillRect(self.rect(), shape)
            painter.fillRect(self.rect().adjusted(edge, edge, -edge, -edge), theme.colour("bg"))
        else:
            painter.fillRect(self.rect(), QColor(BANNERS[self._role]))
        word, second, sentence = self._set(self.width())
        side = self._side()
        tall = max(side, word.height + second.height)
        at_sentence = QPoint(x, y + tall + theme.px(20))
        if theme.landscape:
            tall = self.height() - 2 * y
            at_sentence = QPoint(self.width() - x - self._columns(self.width())[1], y + (tall - sentence.height) // 2)
        self._draw_shape(painter, QRectF(x, y + (tall - side) / 2, side, side), shape)
        left = x + side + theme.px(44)
        top = y + (tall - word.height - second.height) // 2
        for made, at_x, at_y in (
            (word, left, top),
            (second, left, top + word.height),
            (sentence, at_sentence.x(), at_sentence.y()),
        ):
            draw(painter, made, QRect(at_x, at_y, self.width(), made.height), ink, Qt.AlignmentFlag.AlignLeft)
        painter.end()

    def _draw_shape(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(box.width() / _SHAPE, box.height() / _SHAPE)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(colour, _STROKE, Qt.PenStyle.SolidLine, cap, join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._shape(painter)
        painter.restore()
