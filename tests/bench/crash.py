"""From the crash of a kiosk to the waiting screen of the next, beside the emptiest window under the same supervisor."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.bench.hand import Marks
from tests.bench.row import Row, beside, within
from tests.bench.start import EMPTY
from tests.day.world import Fittings, Place, World
from tests.stand.kiosk import ROOT, until
from tests.stand.supervisor import SHIPPED, Supervised
from tests.stand.unit import Unit, read

CRASHES: Final = 7
LONGEST_S: Final = 5.0
"""What the design allows."""


def rows(crashes: int = CRASHES) -> list[Row]:
    """Ours is a kiosk with all its devices, a hall, a catalogue and tickets on record, killed while nobody is there."""
    unit = replace(read(SHIPPED), starts=1_000)
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        world = World(Path(folder), Fittings())
        try:
            place = world.place()
            place.kiosk.stop()
            place.kiosk.start(unit)
            place.attract(30)
            times = [(_ours(place, lives), _peer(unit, Path(folder))) for lives in range(1, crashes + 1)]
            place.kiosk.stop()
        finally:
            world.close()
    ours, peer = (statistics.median(side) for side in zip(*times, strict=True))
    name, note = "crash to the waiting screen", f"medians of {crashes} crashes each, the supervisor's pause included"
    return [
        within(name, "s", ours, LONGEST_S, note),
        beside(f"{name}, beside a window", "s", ours, peer, "an empty PySide6 window, started anew", 1 / 6, note),
    ]


def _ours(place: Place, lives: int) -> float:
    """Seconds from the end of one life until the whole waiting screen of the next was painted."""
    place.kiosk.kill_now()
    place.kiosk.again(lives)
    shown = Marks(place, anew=False).at("page:Attract", 30)
    place.attract(30)
    return shown - place.kiosk.supervisor.runs[-1].ended


def _peer(unit: Unit, folder: Path) -> float:
    """The window ends by itself when it was painted, and is started anew for that."""
    log = folder / "window.log"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    window = Supervised(unit, [sys.executable, str(EMPTY)], environment, folder, log, ROOT)
    try:
        until("a window after the first", lambda: len(log.read_text("ascii").splitlines()) >= 2, 60)
        return float(log.read_text("ascii").splitlines()[1]) - window.runs[0].ended
    finally:
        window.kill()
        window.wait(10)
