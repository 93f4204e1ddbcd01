"""Dots to ESC/POS: raster rows, blank rows as feeds, and nothing that a printer could obey.

A printer looks for real-time commands in everything it receives, raster data
included: ``10 04``, ``10 05`` and ``10 14`` must not occur in a payload. The
byte 0x10 is one black dot with white on both sides. Where one of the three
would follow it, the dot is drawn two dots wide (0x18). That ends the pair and
cannot make another one; and it never touches a QR code, whose black runs are
one module, five dots or more.
Source: ESC/POS command reference, GS v 0, ESC J, and the notes on real-time commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from devices.printer import Bitmap
from devices.printer.profiles import Profile

_BLANK_RUN: Final = 4
"""White rows that are fed rather than printed; a shorter run is not worth a new command."""


@dataclass(frozen=True, slots=True)
class Dots:
    """The dots as they will be on paper."""

    width: int
    height: int
    dots: bytes


def on_paper(slip: Bitmap) -> Dots:
    """``slip`` as it will be printed: the same dots but for those made two wide (see above).

    Raises ``ValueError`` for a slip whose size and bytes disagree.
    """
    stride, unused = (slip.width + 7) // 8, -slip.width % 8
    if slip.width < 1 or slip.height < 1 or len(slip.dots) != stride * slip.height:
        raise ValueError("size and dots of the slip disagree")
    if unused and any(last & ((1 << unused) - 1) for last in slip.dots[stride - 1 :: stride]):
        raise ValueError("dots beyond the width of the slip")
    safe = (
        slip.dots.replace(b"\x10\x04", b"\x18\x04").replace(b"\x10\x05", b"\x18\x05").replace(b"\x10\x14", b"\x18\x14")
    )
    return Dots(slip.width, slip.height, safe)


def bands(slip: Bitmap, profile: Profile) -> list[bytes]:
    """The commands that print ``slip``, ``profile.band_rows`` rows in each item.

    Needs motion units of one dot (GS P 203 203). Raises ``ValueError`` for a
    slip that is broken, too wide or too long for the profile.
    """
    paper = on_paper(slip)
    if paper.width > profile.dots or paper.height > profile.longest:
        raise ValueError("the slip does not fit the paper")
    stride = (paper.width + 7) // 8
    rows = [paper.dots[at : at + stride] for at in range(0, len(paper.dots), stride)]
    step = profile.band_rows
    return [b"".join(_band(rows[at : at + step])) for at in range(0, len(rows), step)]


def _band(rows: list[bytes]) -> Iterator[bytes]:
    """Runs of ink and of white in turn; a white run shorter than ``_BLANK_RUN`` counts as ink."""
    ink: list[bytes] = []
    white = 0
    for row in rows:
        if not any(row):
            white += 1
            continue
        if white >= _BLANK_RUN:
            yield from _printed(ink)
            yield from _fed(white)
            ink = []
        else:
            ink.extend([bytes(len(row))] * white)
        white = 0
        ink.append(row)
    yield from _printed(ink)
    yield from _fed(white)


def _printed(rows: list[bytes]) -> Iterator[bytes]:
    """GS v 0, only as wide as the ink."""
    wide = max((len(row.rstrip(b"\0")) for row in rows), default=0)
    # a row cut short meets the next one in another byte than on paper: a white byte between them keeps them apart
    if any(before[wide - 1] == 0x10 and after[0] in (0x04, 0x05, 0x14) for before, after in pairwise(rows)):
        wide = min(wide + 1, len(rows[0]))
    for at in range(0, len(rows), 255):
        part = rows[at : at + 255]
        yield b"\x1dv0\0" + wide.to_bytes(2, "little") + len(part).to_bytes(2, "little")
        yield b"".join(row[:wide] for row in part)


def _fed(rows: int) -> Iterator[bytes]:
    """ESC J, at most 255 rows each."""
    while rows:
        yield b"\x1bJ" + bytes([min(rows, 255)])
        rows -= min(rows, 255)
