"""How the kiosk ended the last time, from the supervisor's word, and what it left: its stacks and its last words.

``last-end`` is written by the unit's ``ExecStopPost``: the result by the supervisor's name for it. ``last-words`` is
written by the kiosk itself when it lets its pulse stop for a part that gives no sign of life. ``stacks.0`` is where
Python writes the stacks of all threads when it is killed by a signal: file, line and function, never a value.
Source: systemd.exec(5), ``$SERVICE_RESULT``; the ``faulthandler`` module.
"""

from __future__ import annotations

import faulthandler
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.faults import Fault

END: Final = "last-end"
WORDS: Final = "last-words"
STACKS: Final = "stacks"

_KEPT: Final = 4
"""Files of stacks; the oldest makes room. Python writes no more than 100 stacks of 100 frames into one."""

_LONGEST: Final = 100
_SAID: Final = re.compile(r"([a-z-]{1,20}) ([a-z]{0,10}) ([A-Z0-9]{0,10})\n?")

_BY_RESULT: Final = {
    "watchdog": ("stood-still", Fault.STOOD_STILL),
    "oom-kill": ("out-of-memory", Fault.GREW),
    "timeout": ("too-late", None),
    "exit-code": ("broke-off", None),
    "signal": ("crashed", None),
    "core-dump": ("crashed", None),
}


@dataclass(frozen=True, slots=True)
class LastEnd:
    """``why`` is the journal's word; ``part`` gave no sign of life, "" where it was not that."""

    why: str
    fault: Fault | None = None
    part: str = ""


def taken(folder: Path) -> LastEnd | None:
    """How the last run ended, told once; None where it ended as it should, or nobody watched."""
    said, part = _take(folder / END), _take(folder / WORDS).strip()
    found = _SAID.fullmatch(said)
    known = _BY_RESULT.get(found[1]) if found else None
    if known is None:
        return None
    why, fault = known
    return LastEnd("part-silent", Fault.STALE, part) if part and why == "stood-still" else LastEnd(why, fault)


def leave_words(folder: Path, part: str) -> None:
    """For the next run: this part is why the pulse stops now. A full disk costs no more than the name of it."""
    with suppress(OSError):
        (folder / WORDS).write_text(part, "ascii")


def keep_stacks(folder: Path) -> BinaryIO:
    """Have the stacks of all threads written there when a signal kills this process, until ``close_stacks``."""
    newest = _stacks(folder, 0)
    if newest.exists() and newest.stat().st_size:
        for number in reversed(range(_KEPT - 1)):
            with suppress(FileNotFoundError):
                os.replace(_stacks(folder, number), _stacks(folder, number + 1))
    file = os.fdopen(os.open(newest, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb", buffering=0)
    faulthandler.enable(file, all_threads=True)
    return file


def close_stacks(file: BinaryIO) -> None:
    faulthandler.disable()
    file.close()


def _stacks(folder: Path, number: int) -> Path:
    return folder / f"{STACKS}.{number}"


def _take(path: Path) -> str:
    """A short note, read and removed; "" where there is none, or it is longer than any can be."""
    try:
        with path.open("rb") as file:
            said = file.read(_LONGEST + 1)
        path.unlink()
    except OSError:
        return ""
    return said.decode("ascii", "replace") if len(said) <= _LONGEST else ""
