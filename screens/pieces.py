"""Pieces that slips have in common: the house mark, the frame of a reprint, the pairs of the foot."""

from __future__ import annotations

from typing import Final

from screens.fonts import Ink
from screens.strip import Run, Strip, width_of

FOOT: Final = Ink(24)


def mark(strip: Strip, left: int, top: int, side: int) -> None:
    """The house mark on its 48 unit grid: dot, roof, door; the lamp stays white."""
    unit = side / 48
    for x, y, to_x, to_y in (
        (21.5, 1, 26.5, 12),
        (4, 10.5, 44, 15.5),
        (4, 10.5, 9, 25),
        (39, 10.5, 44, 25),
        (11.5, 20, 36.5, 25),
        (11.5, 42, 36.5, 47),
        (11.5, 20, 16.5, 47),
        (31.5, 20, 36.5, 47),
    ):
        from_x, from_y = round(x * unit), round(y * unit)
        strip.block(left + from_x, top + from_y, round(to_x * unit) - from_x, round(to_y * unit) - from_y)


def reprint(strip: Strip, copy: int) -> None:
    """The frame that tells a copy from the original, in the middle of the paper."""
    runs: list[Run] = [("补打", Ink(30, bold=True)), (f" / REPRINT {copy}", Ink(28, bold=True))]
    half, middle = width_of(runs) // 2 + 20, strip.width // 2
    strip.frame(middle - half, strip.y, middle + half, strip.y + 52)
    strip.line(runs, strip.left, strip.right, 0.5, strip.y + 11)
    strip.y += 68


def pair(strip: Strip, lines: list[str], right: str) -> None:
    """``lines`` at the left; ``right`` beside the last of them, or below it where it does not fit."""
    step = round(FOOT.px * 1.33)
    for line in lines:
        strip.line([(line, FOOT)], strip.left, strip.right, 0.0)
        strip.y += step
    if not right:
        return
    last: list[Run] = [(line, FOOT) for line in lines[-1:]] + [(" " + right, FOOT)]
    if lines and width_of(last) <= strip.right - strip.left:
        strip.y -= step
    strip.line([(right, FOOT)], strip.left, strip.right, 1.0)
    strip.y += step
