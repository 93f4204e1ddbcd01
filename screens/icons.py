"""Icons by name, drawn once for each size and colour.

Lucide (ISC licence, ``icons/LICENSE``) on a 24 unit grid with a stroke of 1.75.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FALLBACK: Final = "file-text"
MIRRORED: Final = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out"})
"""Icons that point along the line of reading, and so turn round where it runs from right to left."""


def names() -> frozenset[str]:
    """Every icon that is shipped."""
    found = resources.files("screens").joinpath("icons").iterdir()
    return frozenset(each.name.removesuffix(".svg") for each in found if each.name.endswith(".svg"))


@lru_cache(maxsize=1)
def _shipped() -> frozenset[str]:
    return names()


@lru_cache(maxsize=512)
def icon(name: str, px: int, colour: str, mirrored: bool = False) -> QPixmap:
    """The icon as a pixmap ``px`` wide; an unknown name gives a plain sheet of paper."""
    name = name if name in _shipped() else FALLBACK
    source = resources.files("screens").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if mirrored and name in MIRRORED:
        painter.translate(px, 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap
