"""The house mark: the roof radical over a lit doorway, on a 48 unit grid."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def draw_mark(painter: QPainter, box: QRectF, ink: QColor, lamp: QColor) -> None:
    """Draw the mark into ``box``, which should be square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 48, box.height() / 48)
    pen = QPen(ink, 5)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.fillRect(QRectF(16.5, 25, 15, 17), lamp)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QLineF(24, 3.5, 24, 9.5))
    painter.drawPolyline([QPointF(6.5, 22.5), QPointF(6.5, 13), QPointF(41.5, 13), QPointF(41.5, 22.5)])
    painter.drawRect(QRectF(14, 22.5, 20, 22))
    painter.restore()


def draw_house(painter: QPainter, box: QRectF, ink: QColor, lamp: QColor) -> QRectF:
    """The mark drawn large, its door open at the foot of ``box``; gives the lit doorway."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    scale = box.height() / 428
    painter.scale(scale, scale)
    door = QRectF(126, 164, 252, 264)
    painter.fillRect(door, lamp)
    pen = QPen(ink, 26)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QLineF(252, 0, 252, 52))
    painter.drawPolyline([QPointF(25, 166), QPointF(25, 79), QPointF(479, 79), QPointF(479, 166)])
    painter.drawPolyline([QPointF(113, 428), QPointF(113, 151), QPointF(391, 151), QPointF(391, 428)])
    painter.restore()
    return QRectF(box.left() + door.left() * scale, box.top() + door.top() * scale, 252 * scale, 264 * scale)
