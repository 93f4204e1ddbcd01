"""From the start of the process to the waiting screen, beside the emptiest window PySide6 can show."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench.hand import Marks
from tests.bench.row import Row, beside
from tests.day.world import Fittings, Place, World

STARTS: Final = 9
EMPTY: Final = Path(__file__).with_name("empty_window.py")


def rows(starts: int = STARTS) -> list[Row]:
    """Both in turns. Ours is a kiosk with all its devices, a hall, a catalogue and tickets on record."""
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        world = World(Path(folder), Fittings())
        try:
            place = world.place()
            _ours(place), _peer()
            times = [(_ours(place), _peer()) for _ in range(starts)]
        finally:
            world.close()
    ours, peer = (statistics.median(side) for side in zip(*times, strict=True))
    name, note = "start to the waiting screen", f"medians of {starts} starts each"
    why = "Four fifths of it are imports: a thousand modules, where the window has 150."
    return [beside(name, "s", ours, peer, "an empty PySide6 window", 1 / 6, note, why)]


def _ours(place: Place) -> float:
    """Seconds from the start of the process until the whole waiting screen was painted."""
    place.kiosk.stop()
    place.kiosk.start()
    shown = Marks(place, anew=False).at("page:Attract", 30)
    place.attract(30)
    return shown - place.kiosk.started_at


def _peer() -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(EMPTY)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        timeout=30,
    )
    return float(done.stdout) - began
