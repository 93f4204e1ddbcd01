"""Spreading blocks over pages, so that nothing is ever cut off or scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from screens.layout import height_in


@dataclass(frozen=True, slots=True)
class Block:
    """A widget and the gap above it, in pixels. ``with_next``: a heading, never the last on a page."""

    widget: QWidget
    gap: int
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    widget: QWidget
    y: int
    height: int


Sheet = tuple[Place, ...]


def spread(blocks: Sequence[Block], width: int, height: int) -> list[Sheet]:
    """Place blocks under each other on as few pages of ``height`` as hold them, in order."""
    sheets: list[Sheet] = []
    at = 0
    while at < len(blocks):
        sheet, at = _fill(blocks, at, width, height)
        sheets.append(sheet)
    return sheets or [()]


def _fill(blocks: Sequence[Block], first: int, width: int, height: int) -> tuple[Sheet, int]:
    places: list[Place] = []
    y = 0
    at = first
    while at < len(blocks):
        top = y + (blocks[at].gap if places else 0)
        tall = height_in(blocks[at].widget, width)
        if top + tall > height and places:
            break
        places.append(Place(blocks[at].widget, top, tall))
        y = top + tall
        at += 1
    while len(places) > 1 and at < len(blocks) and blocks[at - 1].with_next:
        places.pop()
        at -= 1
    return tuple(places), at
