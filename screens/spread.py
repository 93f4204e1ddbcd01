"""Where the blocks of a screen stand: under each other, in two columns, or with every key in the lower half.

What does not fit goes on further pages: nothing is ever cut off or scrolled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from screens.layout import height_in
from screens.theme import Theme

SECTION: Final = 32
LIST: Final = 16
COLUMN: Final = 568  # the second column of a wide panel
_TURNER: Final = 96
_ABOVE_TURNER: Final = 20


@dataclass(frozen=True, slots=True)
class Block:
    """A widget and the gap above it, in design units.

    ``heading``: never the last on a page. ``touch``: has keys in it.
    ``aside``: stands in the second column of a wide panel. ``spare``: may be left out.
    """

    widget: QWidget
    gap: int
    heading: bool = False
    touch: bool = False
    aside: bool = False
    spare: bool = False


@dataclass(slots=True)
class Parts:
    """What a screen is made of: ``head`` stays on top, ``foot`` at the bottom, ``fill`` takes what is left.

    ``band`` lies over the full width, above all.
    """

    head: list[QWidget] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    foot: list[QWidget] = field(default_factory=list)
    fill: QWidget | None = None
    band: QWidget | None = None


@dataclass(frozen=True, slots=True)
class Place:
    widget: QWidget
    at: QRect


Sheet = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """``fixed`` is on every page, each of ``sheets`` on one; ``turner`` is where the keys to turn pages stand."""

    fixed: Sheet
    sheets: tuple[Sheet, ...]
    turner: QRect
    split: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What is fixed on every page, and what is left for blocks: ``one``, and ``two`` where the body is ``split``."""

    fixed: Sheet
    one: QRect
    two: QRect
    split: bool


def ground_of(parts: Parts, theme: Theme, room: QSize, reach_line: int) -> Ground:
    """Place band, head and foot in a body of the size ``room``.

    ``reach_line``: the first y that a seated hand reaches.
    """
    side, top, bottom = theme.px(56), theme.px(32 if theme.landscape else 40), theme.px(24)
    whole = QRect(0, 0, room.width(), room.height()).adjusted(side, top, -side, -bottom)
    band: Sheet = ()
    if parts.band is not None:
        tall = height_in(parts.band, room.width())
        band = (Place(parts.band, QRect(0, 0, room.width(), tall)),)
        whole.setTop(tall + theme.px(SECTION))
    split = (theme.reach or theme.landscape) and bool(_second(parts, theme) or parts.foot)
    one, two = _zones(theme, whole, reach_line) if split else (whole, whole)
    head = _stack(parts.head, one, theme.px(LIST))
    foot = _stack(parts.foot, two, theme.px(LIST))
    foot = _moved(foot, two.bottom() - foot[-1].at.bottom()) if foot else ()
    gap = theme.px(SECTION - 8)
    if head:
        one.setTop(head[-1].at.bottom() + 1 + gap)
    if foot:
        two.setBottom(foot[0].at.top() - 1 - gap)
    if not split:
        one = two = one.intersected(two)
    return Ground((*band, *head, *foot), one, two, split)


def _second(parts: Parts, theme: Theme) -> list[Block]:
    """The blocks of the lower half, or of the second column."""
    return [block for block in parts.blocks if (block.touch if theme.reach else block.aside and theme.landscape)]


def arrange(parts: Parts, theme: Theme, room: QSize, reach_line: int) -> Plan:
    """Place all parts in a body of the size ``room``, over as many pages as they need.

    On more pages than one nothing is left that can be spared: it is taken from ``parts``, the last first.
    """
    plan = _arranged(parts, theme, room, reach_line)
    blocks = parts.blocks
    while len(plan.sheets) > 1 and (spare := next((each for each in reversed(blocks) if each.spare), None)):
        blocks.remove(spare)
        spare.widget.deleteLater()
        plan = _arranged(parts, theme, room, reach_line)
    return plan


def _arranged(parts: Parts, theme: Theme, room: QSize, reach_line: int) -> Plan:
    ground = ground_of(parts, theme, room, reach_line)
    fixed, one, two, split = ground.fixed, ground.one, ground.two, ground.split
    second = _second(parts, theme)
    first = [block for block in parts.blocks if not split or block not in second]
    if parts.fill is not None:
        (sheet,) = _sheets(first, one, theme)[:1]
        used = sheet[-1].at.bottom() + 1 + theme.px(LIST) if sheet else one.top()
        rest = Place(parts.fill, QRect(one.left(), used, one.width(), one.bottom() + 1 - used))
        beside = _sheets(second, two, theme)[0] if split else ()
        return Plan(fixed, ((*sheet, rest, *beside),), QRect(), split)
    return _paged(fixed, first, one, second if split else None, two, theme)


def _zones(theme: Theme, whole: QRect, reach_line: int) -> tuple[QRect, QRect]:
    px = theme.px
    if theme.landscape:
        right = px(COLUMN)
        left = whole.adjusted(0, 0, -(right + px(40)), 0)
        return left, QRect(whole.right() + 1 - right, whole.top(), right, whole.height())
    upper, lower = QRect(whole), QRect(whole)
    upper.setBottom(reach_line - px(24))
    lower.setTop(reach_line + px(28))
    return upper, lower


def _paged(fixed: Sheet, first: list[Block], one: QRect, second: list[Block] | None, two: QRect, theme: Theme) -> Plan:
    if second is None:
        sheets = _sheets(first, one, theme)
        if len(sheets) > 1:
            one = above_turner(one, theme)
            sheets = _sheets(first, one, theme)
        return Plan(fixed, tuple(sheets), _turner(one, theme), False)
    shown, keys = _sheets(first, one, theme), _sheets(second, two, theme)
    if len(shown) > 1 and theme.reach:
        rest = [*first[len(shown[0]) :], *second]
        below, at = _filled(rest, 0, two, theme, least=0)
        if at == len(rest):
            shown, keys = shown[:1], [below]
        elif not second:
            two = above_turner(two, theme)
            return Plan(fixed, _doubled(first, one, two, theme), _turner(two, theme), True)
    count = max(len(shown), len(keys))
    if len(shown) > 1 and not second and not above_turner(two, theme).isValid():
        one = above_turner(one, theme)
        return Plan(fixed, tuple(_sheets(first, one, theme)), _turner(one, theme), True)
    if count > 1:
        two = above_turner(two, theme)
        keys = _sheets(second, two, theme)
        count = max(len(shown), len(keys))
    sheets = [(*shown[min(at, len(shown) - 1)], *keys[min(at, len(keys) - 1)]) for at in range(count)]
    return Plan(fixed, tuple(sheets), _turner(two, theme), True)


def _doubled(blocks: Sequence[Block], one: QRect, two: QRect, theme: Theme) -> tuple[Sheet, ...]:
    """Blocks without keys on pages of both halves."""
    sheets: list[Sheet] = []
    at = 0
    while at < len(blocks):
        upper, at = _filled(blocks, at, one, theme)
        lower, at = _filled(blocks, at, two, theme, least=0)
        sheets.append((*upper, *lower))
    return tuple(sheets)


def tallest(ground: Ground, theme: Theme, below: int) -> int:
    """How tall a block may be to stand on any page of several, with ``below`` pixels above it where pages begin."""
    beside = ground.split and above_turner(ground.two, theme).isValid()
    page = ground.one if beside else above_turner(ground.one, theme)
    return page.height() - below


def above_turner(zone: QRect, theme: Theme) -> QRect:
    """``zone`` without the keys that turn pages, at its foot; not valid where those have no room."""
    return zone.adjusted(0, 0, 0, -theme.px(_TURNER + _ABOVE_TURNER))


def _turner(zone: QRect, theme: Theme) -> QRect:
    return QRect(zone.left(), zone.bottom() + 1 + theme.px(_ABOVE_TURNER), zone.width(), theme.px(_TURNER))


def _stack(widgets: Sequence[QWidget], zone: QRect, gap: int) -> Sheet:
    places: list[Place] = []
    y = zone.top()
    for widget in widgets:
        tall = height_in(widget, zone.width())
        places.append(Place(widget, QRect(zone.left(), y, zone.width(), tall)))
        y += tall + gap
    return tuple(places)


def _moved(sheet: Sheet, down: int) -> Sheet:
    return tuple(Place(place.widget, place.at.translated(0, down)) for place in sheet)


def _sheets(blocks: Sequence[Block], zone: QRect, theme: Theme) -> list[Sheet]:
    """The blocks on as few pages of the zone's height as hold them, in order."""
    sheets: list[Sheet] = []
    at = 0
    while at < len(blocks):
        sheet, at = _filled(blocks, at, zone, theme)
        sheets.append(sheet)
    return sheets or [()]


def _filled(blocks: Sequence[Block], at: int, zone: QRect, theme: Theme, least: int = 1) -> tuple[Sheet, int]:
    """The blocks from ``at`` that have room in the zone, ``least`` of them in any case, and the first that has none."""
    places: list[Place] = []
    y = zone.top()
    while at < len(blocks):
        top = y + (theme.px(blocks[at].gap) if places else 0)
        tall = height_in(blocks[at].widget, zone.width())
        if top + tall > zone.bottom() + 1 and len(places) >= least:
            break
        places.append(Place(blocks[at].widget, QRect(zone.left(), top, zone.width(), tall)))
        y = top + tall
        at += 1
    while len(places) > least and at < len(blocks) and blocks[at - 1].heading:
        places.pop()
        at -= 1
    return tuple(places), at
