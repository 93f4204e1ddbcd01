"""What is different where the kiosk is one frozen program: who it is, and how it comes by memory that is overwritten.

Its workers are this program too, begun with words of ``multiprocessing``. Its Python is begun by PyInstaller, which
reads no ``PYTHONMALLOC``, so the allocator is taken over first thing: docs/decisions/0011, 0018.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Final

_OURS: Final = "LD_LIBRARY_PATH"
_THEIRS: Final = "LD_LIBRARY_PATH_ORIG"
"""What the other was before PyInstaller's loader set it. Source: PyInstaller manual, "Run-time Information"."""


def is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def begin() -> None:
    """Before anything else, in every process of the kiosk. A worker's does not return: it does its work and ends."""
    if not is_frozen():
        return
    ctypes.PyDLL(str(Path(sys.prefix, "liballocator.so"))).take_c_allocator()
    # our libraries are loaded; the programs that the kiosk starts (a player, a speaker) have their own
    if _THEIRS in os.environ:
        os.environ[_OURS] = os.environ[_THEIRS]
    else:
        os.environ.pop(_OURS, None)
    multiprocessing.freeze_support()


def called() -> str:
    """The name that this program was called by."""
    return Path(sys.argv[0]).name
