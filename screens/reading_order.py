"""The words of a window in the order of reading: what a voice says, and what tests look at."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


@runtime_checkable
class Says(Protocol):
    """A widget that shows words."""

    def said(self) -> str: ...


def words_of(widget: QWidget, aloud: bool = False) -> list[str]:
    """All words shown by ``widget`` and what is in it, from the top, line by line.

    ``aloud``: without those that are ``private``.
    """
    found: list[tuple[int, int, str]] = []
    every = widget.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    for each in every:
        if aloud and getattr(each, "private", False):
            continue
        if isinstance(each, Says) and each.isVisibleTo(widget):
            at = each.mapTo(widget, QPoint(0, 0))
            said = each.said().strip()
            if said:
                found.append((at.y(), at.x(), said))
    return [said for _, _, said in sorted(found)]
