"""The kiosk as it ships beside the same one from its sources: how soon its first page is there, and what it weighs."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import tomli_w

from tests.bench.row import Row, beside, within
from tests.stand.frozen import IMAGE, installed
from tests.stand.kiosk import ROOT
from tests.stand.root import forget_files
from tests.stand.supervisor import SHIPPED
from tests.stand.unit import read

STARTS: Final = 7
COLD: Final = 3
WHOLE_MB: Final = 499.0
"""What PyInstaller's hooks found to take along, before anything was left out."""

_LOADER: Final = "PyInstaller's loader begins itself anew for its libraries, and its importer is written in Python."
_READY_S: Final = 60.0
_SOURCES: Final = {"PYTHONPATH": str(ROOT)}


def rows(starts: int = STARTS) -> list[Row]:
    """Both in turns, without hall and devices: until the first page is painted, as a supervisor hears it.

    The frozen one runs from its mounted image. Cold: nothing of either is in the kernel's memory any more.
    """
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as name, installed(Path(name, "opt")) as program:
        both = partial(_both, Path(name), program)
        both()
        warm = [both() for _ in range(starts)]
        cold = [both(cold=True) for _ in range(COLD)]
    sources = "the kiosk from its sources"
    return [
        beside("frozen: start to the first page", "s", *_medians(warm), sources, 1.0, why=_LOADER),
        beside("frozen: cold start to the first page", "s", *_medians(cold), sources, 1.0, why=_LOADER),
        within("frozen: size as it ships", "MB", IMAGE.stat().st_size / 1e6, WHOLE_MB / 2, "half of a first build"),
    ]


def _both(folder: Path, program: Path, *, cold: bool = False) -> tuple[float, float]:
    """Seconds, of the frozen one and of the one from its sources."""
    began = []
    for command, more in (([str(program)], {}), ([sys.executable, "-m", "kiosk"], _SOURCES)):
        if cold:
            forget_files()
        began.append(_seconds(folder, command, more))
    return began[0], began[1]


def _medians(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    ours, peer = (statistics.median(side) for side in zip(*times, strict=True))
    return ours, peer


def _seconds(folder: Path, program: Sequence[str], more: Mapping[str, str]) -> float:
    """From the start of the process, with the unit's environment, to READY, which comes with the first page."""
    toml, address = folder / "kiosk.toml", folder / "notify"
    printer = {"driver": "network", "host": "127.0.0.1", "port": 9}
    toml.write_text(tomli_w.dumps({"data": str(folder / "data"), "printer": printer, "screen": {"fullscreen": False}}))
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(address))
        heard.settimeout(_READY_S)
        here = {"NOTIFY_SOCKET": str(address), "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}
        environment = {**os.environ, **read(SHIPPED).environment, **more, **here}
        began = time.monotonic()
        process = subprocess.Popen(
            [*program, "--config", str(toml), "run"],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while b"READY=1" not in heard.recv(4_096).split(b"\n"):
                pass
            return time.monotonic() - began
        finally:
            process.terminate()
            process.wait(20)
