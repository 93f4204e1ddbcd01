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
from pathlib import Path
from typing import Final

import tomli_w

from tests.bench.row import Row, beside, within
from tests.stand.frozen import FOLDER, PROGRAM, build
from tests.stand.kiosk import ROOT

STARTS: Final = 7
WHOLE_MB: Final = 499.0
"""What PyInstaller's hooks found to take along, before anything was left out."""

_READY_S: Final = 60.0
_SOURCES: Final = {"PYTHONPATH": str(ROOT)}


def rows(starts: int = STARTS) -> list[Row]:
    """Both in turns, without hall and devices: until the first page is painted, as a supervisor hears it."""
    build()
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as name:
        folder = Path(name)
        _seconds(folder, [str(PROGRAM)], {}), _seconds(folder, [sys.executable, "-m", "kiosk"], _SOURCES)
        times = [
            (_seconds(folder, [str(PROGRAM)], {}), _seconds(folder, [sys.executable, "-m", "kiosk"], _SOURCES))
            for _ in range(starts)
        ]
    ours, peer = (statistics.median(side) for side in zip(*times, strict=True))
    weighs = sum(file.lstat().st_size for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
    why = "OpenCV with its ffmpeg and Typst are each one library (decision 0018)"
    return [
        beside("frozen: start to the first page", "s", ours, peer, "the kiosk from its sources", 1.0),
        within("frozen: size on disk", "MB", weighs, WHOLE_MB / 2, "half of what a first build took along", why),
    ]


def _seconds(folder: Path, program: Sequence[str], more: Mapping[str, str]) -> float:
    """From the start of the process to READY, which comes with the first page."""
    toml, address = folder / "kiosk.toml", folder / "notify"
    printer = {"driver": "network", "host": "127.0.0.1", "port": 9}
    toml.write_text(tomli_w.dumps({"data": str(folder / "data"), "printer": printer, "screen": {"fullscreen": False}}))
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(address))
        heard.settimeout(_READY_S)
        environment = {**os.environ, **more, "NOTIFY_SOCKET": str(address), "QT_QPA_PLATFORM": "offscreen"}
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
