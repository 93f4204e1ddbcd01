"""The tray as it is seen: the newest slip and the newest sheet, or a phone held over one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from devices.printer.sim_paper import Piece
from screens.layout import ground
from screens.text import LEFT
from screens.theme import CAPTION, Theme
from screens.typeset import draw, typeset
from tests.dock.seen import Phone, Seen, Sheet


class Tray(QWidget):
    """Slip and sheet as large as both can be; an address under what lies there alone or is on the phone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._slip: Piece | None = None
        self._sheet: Sheet | None = None
        self._phone: Phone | None = None
        self._lying: list[QImage] = []
        self._address = ""

    def follow(self, seen: Seen) -> None:
        """Show what lies there now."""
        address = _address(seen)
        if (seen.slip, seen.sheet, seen.phone, address) == (self._slip, self._sheet, self._phone, self._address):
            return
        self._slip, self._sheet, self._phone, self._address = seen.slip, seen.sheet, seen.phone, address
        if seen.phone is not None:
            self._lying = [QImage.fromData(seen.phone.picture)]
        else:
            self._lying = [picture(seen.slip)] if seen.slip is not None else []
            self._lying += [page(seen.sheet)] if seen.sheet is not None else []
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground(painter, self._theme, self.rect(), "sunk")
        pad = self._theme.px(20)
        room = self.rect().adjusted(pad, pad, -pad, -pad)
        if self._address:
            made = typeset(self._address, CAPTION, self._theme, room.width())
            room.setBottom(room.bottom() - made.height - pad // 2)
            foot = QRect(room.left(), room.bottom() + pad // 2, room.width(), made.height)
            draw(painter, made, foot, self._theme.colour("ink2"), LEFT)
        if self._lying:
            self._paint(painter, room, pad)
        else:
            nothing = typeset("The tray is empty.", CAPTION, self._theme, room.width())
            draw(painter, nothing, room, self._theme.colour("ink2"), Qt.AlignmentFlag.AlignHCenter)
        painter.end()

    def _paint(self, painter: QPainter, room: QRect, gap: int) -> None:
        for drawn, place in zip(self._lying, laid([each.size() for each in self._lying], room, gap), strict=True):
            small = drawn.scaled(place.size(), mode=Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(place, small)


def laid(papers: Sequence[QSize], room: QRect, gap: int) -> list[QRect]:
    """Places for ``papers``, whole and as large as can be: under each other equally wide, or side by side."""
    gaps = gap * (len(papers) - 1)
    wide = min(room.width(), int((room.height() - gaps) / sum(each.height() / each.width() for each in papers)))
    high = min(room.height(), int((room.width() - gaps) / sum(each.width() / each.height() for each in papers)))
    under = [QSize(wide, wide * each.height() // each.width()) for each in papers]
    beside = [QSize(high * each.width() // each.height(), high) for each in papers]
    stacked = _area(under) >= _area(beside)
    sizes = under if stacked else beside
    x = room.left() + (room.width() - (wide if stacked else sum(each.width() for each in sizes) + gaps)) // 2
    y = room.top()
    places = []
    for size in sizes:
        places.append(QRect(x, y, size.width(), size.height()))
        x, y = (x, y + size.height() + gap) if stacked else (x + size.width() + gap, y)
    return places


def _area(sizes: Sequence[QSize]) -> int:
    return sum(each.width() * each.height() for each in sizes)


def picture(piece: Piece) -> QImage:
    """A piece of paper, one pixel a dot; the row where it was torn off is not straight."""
    drawn = QImage(piece.dots, piece.width, piece.height, piece.width // 8, QImage.Format.Format_Mono)
    drawn.setColorTable([0xFFFFFFFF, 0xFF182026])
    return drawn.convertToFormat(QImage.Format.Format_RGB32)


def page(sheet: Sheet) -> QImage:
    """A sheet in its colours."""
    height, width, _ = sheet.picture.shape
    drawn = QImage(sheet.picture.tobytes(), width, height, 3 * width, QImage.Format.Format_BGR888)
    return drawn.convertToFormat(QImage.Format.Format_RGB32)


def _address(seen: Seen) -> str:
    """Of the page on the phone, else of the one paper; what a certificate's address carries is left out."""
    if seen.phone is not None:
        address = seen.code_on(seen.phone.paper)
    else:
        address = "" if seen.slip and seen.sheet else seen.address or seen.code_on("sheet")
    path, hash_, _ = address.partition("#")
    return f"{path}{hash_}{'…' if hash_ else ''}"
