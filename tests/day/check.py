"""A check of the day: a name, what is done, and what is seen from outside.

Checks may look at paper, at the hall's rows, at the screen and at what came
out of the loudspeaker; never at what the kiosk's code believes of itself.
"""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from playwright.sync_api import Page

from devices.printer.sim_paper import Piece
from tests.day.world import World
from tests.stand.display import Display

CHECKS: Final[dict[str, Callable[[Seen], str]]] = {}


@dataclass
class Seen:
    """What a check is given, and where it leaves its evidence."""

    name: str
    world: World
    out: Path
    evidence: list[str] = field(default_factory=list)

    def picture(self, place: str = "A", label: str = "") -> Path:
        """The screen of a kiosk, as it is now."""
        path = self.world.place(place).kiosk.picture(self._path("screens", f"{self.name}{label}.png"))
        self._keep(path)
        return path

    def panel(self, display: Display, label: str = "") -> None:
        """The glass of a display, whatever is on it."""
        self._keep(display.picture(self._path("screens", f"{self.name}{label}.png")))

    def slip(self, paper: Piece, label: str = "") -> Path:
        path = paper.png(self._path("slips", f"{self.name}{label}.png"))
        self._keep(path)
        return path

    def browser(self, page: Page, label: str = "") -> None:
        """A page of the hall, as the browser shows it."""
        path = self._path("pages", f"{self.name}{label}.png")
        page.screenshot(path=path)
        self._keep(path)

    def text(self, words: str, label: str = "") -> None:
        path = self._path("notes", f"{self.name}{label}.txt")
        path.write_text(words, "utf-8")
        self._keep(path)

    def paper(self, name: str) -> Path:
        """Where the picture of a certificate goes; a PDF beside it under the same name."""
        return self._path("certificates", f"{name}.png")

    def page(self, seen: np.ndarray[Any, Any], label: str = "") -> None:
        """A sheet of A4, as a person sees it."""
        path = self._path("slips", f"{self.name}{label}.png")
        cv2.imwrite(str(path), seen)
        self._keep(path)

    def expect(self, file: Path, text: str, result: str, says: Mapping[str, Any]) -> None:
        """Leave beside a certificate what any verifier must answer now, for whoever checks with tools of their own."""
        told = {"file": file.name, "text": text, "result": result, "content": dict(says)}
        path = file.with_suffix(".json")
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        self._keep(file)
        self._keep(path)

    def _path(self, kind: str, name: str) -> Path:
        folder = self.out / kind
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def _keep(self, path: Path) -> None:
        self.evidence.append(path.relative_to(self.out).as_posix())


def check(name: str) -> Callable[[Callable[[Seen], str]], Callable[[Seen], str]]:
    """Register a check; it returns one sentence of what was seen and raises where it was not."""

    def register(function: Callable[[Seen], str]) -> Callable[[Seen], str]:
        CHECKS[name] = function
        return function

    return register


def run(name: str, world: World, out: Path) -> dict[str, Any]:
    """Play one check and tell how it went, as a row of ``report.json``."""
    seen = Seen(name, world, out)
    start = time.monotonic()
    try:
        detail, ok = CHECKS[name](seen), True
    except Exception as error:  # noqa: BLE001 - a red check is a row of the report
        detail, ok = f"{type(error).__name__}: {error}"[:1_500], False
        _say_more(seen, traceback.format_exc())
    return {
        "name": name,
        "ok": ok,
        "detail": detail,
        "ms": round((time.monotonic() - start) * 1000),
        "evidence": seen.evidence,
    }


def _say_more(seen: Seen, trace: str) -> None:
    """Where a check is red: its trace, and every screen as it stood."""
    seen.text(trace, "-trace")
    for place in seen.world.places():
        try:
            seen.picture(place.name, f"-red-{place.name}")
        except Exception as error:  # noqa: BLE001 - the kiosk may be what died
            seen.text(str(error), f"-no-picture-{place.name}")
        for log in (place.kiosk.folder / "kiosk.log", place.data / "journal" / "journal.0"):
            seen.text(log.read_text("utf-8", "replace")[-20_000:], f"-{log.name}-{place.name}")
