"""How long the GUI thread keeps anybody waiting, over the whole scripted day."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.row import Row, percentile, within

BEAT: Final = 10.0
"""Milliseconds between two beats of the GUI thread."""

_ROOT: Final = Path(__file__).resolve().parents[2]


def rows() -> list[Row]:
    """Play the day in a process of its own; every kiosk of it tells how late each beat of its GUI thread was."""
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        out = Path(folder, "day")
        done = subprocess.run(
            [sys.executable, "-m", "tests.day", "--out", str(out)], cwd=_ROOT, capture_output=True, text=True
        )
        if not (out / "lags.json").exists():
            raise RuntimeError(f"the day was not played: {done.stderr[-1_000:]}")
        beats: list[float] = json.loads((out / "lags.json").read_text("utf-8"))
    *played, told = done.stdout.splitlines()
    told = ": ".join([told, *(line.split()[1] for line in played if line.startswith("RED"))])
    met = waits(beats)
    note = (
        f"{len(beats) * BEAT / 60_000:.0f} minutes of GUI threads, each from its first page on ({told}); "
        f"of the beats alone {percentile(beats, 0.99):.0f} ms, worst {max(beats):.0f} ms"
    )
    why = "A page is built and painted in one go, on cores that the hall, the browser and the devices use too."
    return [within("GUI thread lag over the scripted day, p99", "ms", percentile(met, 0.99), 50.0, note, why)]


def waits(lags: Sequence[float], beat: float = BEAT) -> list[float]:
    """What somebody meets who comes at any moment: a late beat stands for all those that should have been meanwhile.

    Without this a thread that stands still for a second would count as one late beat in a hundred.
    """
    return [lag - missed * beat for lag in lags for missed in range(int(lag // beat) + 1)]
