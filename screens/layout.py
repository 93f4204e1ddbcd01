"""Putting blocks under and beside each other: the height follows from the width, nothing scrolls.

Qt's own layouts negotiate; a kiosk screen has fixed widths and only needs
heights, which must be right before the first frame is shown. So each block
answers ``heightForWidth`` and the container sets geometry, once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from screens.theme import Theme


def height_in(block: QWidget, width: int) -> int:
    """How tall ``block`` is when it is ``width`` pixels wide."""
    return block.heightForWidth(width)


class Gap(QWidget):
    """Empty height, in design units."""

    def __init__(self, theme: Theme, units: int) -> None:
        super().__init__()
        self._px = theme.px(units)

    def heightForWidth(self, width: int) -> int:
        return self._px


class Rule(QWidget):
    """A dividing line across."""

    def __init__(self, theme: Theme, role: str = "line") -> None:
        super().__init__()
        self._theme, self._role = theme, role

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(self._theme.roles.stroke)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._role))
        painter.end()


class Down(QWidget):
    """Blocks under each other."""

    def __init__(self, theme: Theme, blocks: Sequence[QWidget], gap: int = 16) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self._gap = theme.px(gap)
        for block in self._blocks:
            block.setParent(self)

    def heightForWidth(self, width: int) -> int:
        gaps = self._gap * max(0, len(self._blocks) - 1)
        return sum(height_in(block, width) for block in self._blocks) + gaps

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.rect())

    def _place(self, room: QRect) -> None:
        y = room.top()
        for block in self._blocks:
            height = height_in(block, room.width())
            block.setGeometry(room.left(), y, room.width(), height)
            y += height + self._gap


class Panel(Down):
    """A quiet surface that holds blocks. ``edge``: "" or the role of a thick edge."""

    def __init__(
        self,
        theme: Theme,
        blocks: Sequence[QWidget],
        gap: int = 16,
        padding: int = 32,
        ground: str = "surface",
        edge: str = "",
    ) -> None:
        super().__init__(theme, blocks, gap)
        self._theme, self._ground, self._edge = theme, ground, edge
        self._padding = theme.px(padding)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - 2 * self._padding) + 2 * self._padding

    def resizeEvent(self, event: QResizeEvent) -> None:
        pad = self._padding
        self._place(self.rect().adjusted(pad, pad, -pad, -pad))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = self._edge or ("edge" if self._theme.roles.outlined else "")
        ground(painter, self._theme, self.rect(), self._ground, edge)
        painter.end()


def panels(theme: Theme, rows: Sequence[QWidget], most: int, gap: int = 20, padding: int = 32) -> list[Panel]:
    """Rows with lines between them, on panels of at most ``most`` rows, so that a long list can go over pages."""
    made: list[Panel] = []
    for start in range(0, len(rows), most):
        parted: list[QWidget] = []
        for row in rows[start : start + most]:
            parted += [Rule(theme), row] if parted else [row]
        made.append(Panel(theme, parted, gap, padding))
    return made


def packed(
    theme: Theme, rows: Sequence[QWidget], width: int, most: int = 100_000, gap: int = 16, padding: int = 32
) -> list[Panel]:
    """Rows with lines between them, on as few panels as are each at most ``most`` pixels tall."""
    inner, between = width - 2 * theme.px(padding), 2 * theme.px(gap) + theme.px(theme.roles.stroke)
    groups: list[list[QWidget]] = []
    left = 0
    for row in rows:
        tall = height_in(row, inner) + between
        if not groups or tall > left:
            groups.append([])
            left = most - 2 * theme.px(padding) + between
        groups[-1].append(row)
        left -= tall
    return [panels(theme, group, len(group), gap, padding)[0] for group in groups]


def ground(painter: QPainter, theme: Theme, rect: QRect, role: str, edge: str = "", radius: int = 12) -> None:
    """A rounded flat ground, with an edge of 4 units where it has one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(role))
    painter.setPen(Qt.PenStyle.NoPen)
    if edge:
        stroke = theme.px(4)
        painter.setPen(QPen(theme.colour(edge), stroke))
        half = stroke // 2
        rect = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(rect, theme.px(radius), theme.px(radius))


class Across(QWidget):
    """Blocks beside each other.

    ``shares``: the part of the width each gets; 0 means its own natural width.
    ``stretch``: all get the height of the tallest, else each is centred.
    """

    def __init__(
        self,
        theme: Theme,
        blocks: Sequence[QWidget],
        shares: Sequence[int] = (),
        gap: int = 20,
        stretch: bool = True,
    ) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self._shares = tuple(shares) or (1,) * len(self._blocks)
        self._gap = theme.px(gap)
        self._stretch = stretch
        for block in self._blocks:
            block.setParent(self)

    def _widths(self, width: int) -> list[int]:
        own = [
            0 if share else block.sizeHint().width() for block, share in zip(self._blocks, self._shares, strict=True)
        ]
        spare = width - sum(own) - self._gap * (len(self._blocks) - 1)
        total = sum(self._shares) or 1
        return [spare * share // total if share else mine for mine, share in zip(own, self._shares, strict=True)]

    def sizeHint(self) -> QSize:
        width = sum(block.sizeHint().width() for block in self._blocks) + self._gap * (len(self._blocks) - 1)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        pairs = zip(self._blocks, self._widths(width), strict=True)
        return max((height_in(block, each) for block, each in pairs), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        x = 0
        for block, width in zip(self._blocks, self._widths(self.width()), strict=True):
            height = self.height() if self._stretch else height_in(block, width)
            block.setGeometry(x, (self.height() - height) // 2, width, height)
            x += width + self._gap


class Empty(QWidget):
    """A place left empty in a row of equal places."""

    def heightForWidth(self, width: int) -> int:
        return 0


def rows_of(theme: Theme, blocks: Sequence[QWidget], columns: int, gap: int = 20) -> list[QWidget]:
    """Blocks in rows of equal columns, one ``Across`` a row; the last row is filled up with empty places."""
    rows: list[QWidget] = []
    for start in range(0, len(blocks), columns):
        row = list(blocks[start : start + columns])
        row += [Empty() for _ in range(columns - len(row))]
        rows.append(Across(theme, row, gap=gap))
    return rows
