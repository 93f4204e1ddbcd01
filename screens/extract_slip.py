"""The list of a person's own page on paper: masked, for them to take home. May be drawn on any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from screens.fonts import Ink
from screens.paper import Bitmap
from screens.pieces import FOOT, pair
from screens.strip import Strip, broken, written
from screens.words import Words

MOST_ROWS: Final = 60
"""Rows in all: a slip of half a metre at the most."""

_TITLE: Final = Ink(48, bold=True)
_HEAD: Final = Ink(30, bold=True)
_BODY: Final = Ink(28)
_ENGLISH: Final = Ink(22, bold=True)
_TAIL: Final = 32


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows, each what it is and a line about it."""

    title: Words
    rows: tuple[tuple[Words, Words], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExtractSlip:
    """All that stands on it. ``masked``: name and number, for bystanders; ``note``: that it proves nothing."""

    hall: Words
    title: Words
    masked: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    note: Words
    printed_at: str
    machine: Words
    reference: str
    hotline: str


def extract(slip: ExtractSlip, width: int) -> Bitmap:
    """Draw it ``width`` dots wide, 576 or 384. Raises ``ValueError`` for another width and for too many rows."""
    if width not in (576, 384):
        raise ValueError("slips are 576 or 384 dots wide")
    if sum(len(section.rows) for section in slip.sections) > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows")
    strip = Strip(width, 20 if width == 576 else 12)
    strip.y = 20
    strip.paragraph(slip.hall.zh, _HEAD)
    strip.paragraph(slip.hall.en, _ENGLISH)
    strip.rule(before=12, after=18)
    strip.paragraph(slip.title.zh, _TITLE)
    strip.paragraph(slip.title.en, _ENGLISH)
    strip.paragraph(slip.masked, _BODY)
    for section in slip.sections:
        _section(strip, section)
    strip.rule(before=14, after=16)
    strip.paragraph(slip.note.zh, _BODY)
    strip.paragraph(slip.note.en, _ENGLISH)
    strip.rule(before=10, after=14)
    room = strip.right - strip.left
    pair(strip, broken(written(slip.machine.zh), FOOT, room, 2), written(slip.printed_at))
    pair(strip, broken(written(f"凭据 {slip.reference}"), FOOT, room, 2), written(f"咨询 {slip.hotline}"))
    strip.paragraph(f"{slip.machine.en} · Help {slip.hotline}", _ENGLISH)
    return Bitmap(width, *strip.dots(_TAIL))


def _section(strip: Strip, section: Section) -> None:
    strip.rule(before=14, after=16, dashed=True)
    strip.paragraph(section.title.zh, _HEAD)
    strip.paragraph(section.title.en, _ENGLISH)
    strip.y += 6
    for what, line in section.rows:
        strip.paragraph(f"{what.zh}  {line.zh}", _BODY)
        strip.paragraph(f"{what.en}  {line.en}", _ENGLISH)
        strip.y += 6
