"""How a process of the kiosk is born: what it frees is overwritten at once, no stray signal ends it, and when it dies
it leaves no core.

Python takes every object from the C library (``PYTHONMALLOC``), which overwrites what is given back
(``MALLOC_PERTURB_``). It does not where a thread keeps a small block in a cache of its own, so there is no such cache
(``tcache_count``). All three are read when a program begins, and the workers inherit them: docs/decisions/0011.
Source: glibc manual, "Memory Allocation Tunables"; mallopt(3); the cache's exception is in glibc 2.36, ``_int_free``.
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_BYTE: Final = 165
"""What is freed is filled with it. As a pointer it is no address: whoever uses such memory is stopped, not misled."""

_OVERWRITE: Final = {"MALLOC_PERTURB_": str(_BYTE)}
_ALLOCATE: Final = {"PYTHONMALLOC": "malloc"}
_TUNABLES: Final = "GLIBC_TUNABLES"
_NO_CACHE: Final = "glibc.malloc.tcache_count=0"
_M_PERTURB: Final = -6
"""In malloc.h."""

_STRAY: Final = (
    *("SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGIO", "SIGPWR"),
    *("SIGTSTP", "SIGTTIN", "SIGTTOU"),
)
"""Signals that mean nothing here, and would end a program or halt it."""

_TURN_S: Final = 0.0005
"""How long a thread may compute while another one waits for its turn. Qt gives its turn away many times for each page:
with Python's own 5 ms a page that takes 19 ms alone took 700 beside a thread that computes, and takes 70 so."""


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """``given`` with what makes a program overwrite what it frees."""
    return {**_allocating(given), **_OVERWRITE}


def begin() -> None:
    """Be such a process; one that is none is begun anew, once. Call it before anything else is imported.

    Nobody is here yet: until ``begun`` nothing is overwritten, nor are cycles of garbage looked for, which makes the
    start a quarter shorter.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(FileNotFoundError):  # a kernel that writes no cores
        Path("/proc/self/coredump_filter").write_text("0", "ascii")  # no limit holds for a core that goes to a pipe
    for stray in _STRAY:
        signal.signal(signal.Signals[stray], signal.SIG_IGN)  # also for the workers, and for what is begun anew
    wanted = _allocating(os.environ)
    if wanted != dict(os.environ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], wanted)
    os.environ.update(_OVERWRITE)  # for the workers
    gc.disable()


def with_qt() -> type[QApplication]:
    """Import PySide6 as ``import`` does, without the ``import`` of its own that it puts in place.

    That one reads the source of every module that imports anything, and keeps it, for ways of writing Qt that nobody
    asks for here: a sixth of the start.
    """
    os.environ |= {"QT_IM_MODULE": "none", "QT_IM_MODULES": "none"}  # nothing is typed, so nobody helps with it
    usual = builtins.__import__
    from PySide6.QtWidgets import QApplication

    builtins.__import__ = usual
    return QApplication


def begun() -> None:
    """All is imported and made, and a citizen may come. What a start made stays: no sweep looks through it again."""
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(_TURN_S)
    ctypes.CDLL(None).mallopt(_M_PERTURB, _BYTE)


def _allocating(given: Mapping[str, str]) -> dict[str, str]:
    tunables = [each for each in given.get(_TUNABLES, "").split(":") if each and each != _NO_CACHE]
    return {**given, **_ALLOCATE, _TUNABLES: ":".join((*tunables, _NO_CACHE))}
