"""Somebody who can only read: finds words on a display's glass by tesseract, and touches them in their middle."""

from __future__ import annotations

import csv
import os
import subprocess
import time
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from tests.stand.display import Display
from tests.stand.kiosk import Timeout

_SURE: Final = 30.0
"""Per cent below which tesseract only guesses."""

_READINGS: Final = ((0.7, 3), (1.0, 11))
"""Scales and layouts (tesseract's ``--psm``): what stands in a frame is read smaller, as a page; the rest as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print without its blanks, and where each of its characters is: left, top, right, bottom."""

    text: str
    places: tuple[tuple[int, int, int, int], ...]

    def middle(self, words: str) -> tuple[int, int] | None:
        """The middle of ``words`` in pixels, where the line has them."""
        wanted = _even(words)
        at = _even(self.text).find(wanted)
        if at < 0:
            return None
        boxes = self.places[at : at + len(wanted)]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
        return (left + right) // 2, (top + bottom) // 2


class GlassReader:
    """``language`` is one of tesseract's."""

    def __init__(self, display: Display, language: str = "eng") -> None:
        self.display = display
        self._language = language

    def lines(self) -> list[Line]:
        """All that can be read now, some of it twice."""
        glass = self.display.see()
        return [line for scale, layout in _READINGS for line in lines_on(glass, self._language, scale, layout)]

    def see(self, *words: str, seconds: float = 20.0) -> str:
        """Wait until all ``words`` can be read, each within one line; gives all that can be."""
        read: list[Line] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            read = self.lines()
            if all(any(line.middle(each) for line in read) for each in words):
                return "\n".join(line.text for line in read)
        raise Timeout(f"not within {seconds} s: {words}; one reads {' | '.join(line.text for line in read)[:700]}")

    def touch(self, words: str, seconds: float = 20.0) -> None:
        """Touch ``words``, when they can be read, where they stand lowest: keys are below what is said of them."""
        self.see(words, seconds=seconds)
        x, y = max((at for line in self.lines() if (at := line.middle(words))), key=lambda at: at[1])
        self.display.do("mousemove", x, y, "click", 1)


def lines_on(glass: np.ndarray[Any, Any], language: str, scale: float, layout: int) -> list[Line]:
    """What tesseract reads in a picture when it sees it so; the places are the picture's own."""
    good, picture = cv2.imencode(".png", cv2.resize(glass, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    assert good
    read = subprocess.run(
        ["tesseract", "-", "-", "-l", language, "--psm", str(layout), "tsv"],
        input=picture.tobytes(),
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    rows = csv.DictReader(read.stdout.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[tuple[str, ...], list[tuple[str, tuple[int, int, int, int]]]] = {}
    for row in rows:
        if (text := "".join(row["text"].split())) and float(row["conf"]) >= _SURE:
            line = row["block_num"], row["par_num"], row["line_num"]
            found.setdefault(line, []).extend(_characters(text, *(round(int(row[edge]) / scale) for edge in _EDGES)))
    return [Line("".join(each for each, _ in line), tuple(box for _, box in line)) for line in found.values()]


_EDGES: Final = ("left", "top", "width", "height")


def _characters(text: str, left: int, top: int, width: int, height: int) -> list[tuple[str, tuple[int, int, int, int]]]:
    """A word's characters, each with an even share of its width."""
    steps = [left + width * at // len(text) for at in range(len(text) + 1)]
    return [(each, (steps[at], top, steps[at + 1], top + height)) for at, each in enumerate(text)]


def _even(text: str) -> str:
    """Without blanks and capitals, one for one."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text if not each.isspace())
