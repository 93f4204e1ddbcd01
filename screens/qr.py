"""A QR code on the screen: black on white in every mode, each module a whole number of pixels."""

from __future__ import annotations

from typing import Final

import qrcode
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from screens.theme import Theme

QUIET: Final = 4
"""Modules that stay white around the code. Source: ISO/IEC 18004, 6.3.8."""
LEAST: Final = 4
"""Pixels a module at the least: 1 mm, which telephones read from 30 cm."""


def modules(text: str) -> list[list[bool]]:
    """The modules of a code for ``text``, row by row; error correction M, True is dark."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


class QrCode(QWidget):
    """``units``: the side of the white ground. ``name`` says what it is to those who do not see it."""

    def __init__(self, theme: Theme, text: str, units: int, name: str) -> None:
        super().__init__()
        self._theme, self._px = theme, theme.px(units)
        self._modules = modules(text)
        self.setAccessibleName(name)

    @property
    def dot(self) -> int:
        """Pixels a module."""
        return self._px // (len(self._modules) + 2 * QUIET)

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def heightForWidth(self, width: int) -> int:
        return self._px

    def fits(self) -> bool:
        return self.dot >= LEAST and self.width() >= self._px

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect()
        side = min(box.width(), self._px)
        left, top = (box.width() - side) // 2, (box.height() - side) // 2
        box.setRect(left, top, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 2))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), self._theme.px(8), self._theme.px(8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        dot = self.dot
        start = (side - dot * len(self._modules)) // 2
        black = QColor("#000000")
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(left + start + x * dot, top + start + y * dot, dot, dot, black)
        painter.end()
