"""The machine that was measured, in words that carry no date and no place."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path

import PySide6


def machine() -> list[str]:
    """Processor, memory, and the versions that figures hang on."""
    qt = f"PySide6 {PySide6.__version__} (offscreen)"
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{cores} core{'s' if cores != 1 else ''} of {_processor()}, {memory:.0f} GiB of memory",
        f"{_system()}, Linux {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {qt}",
    ]


def load() -> float:
    """Processes that ran or waited to run, on average over the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
