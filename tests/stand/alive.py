"""How many objects there are in a process whose other threads go on with their work."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_UNDISTURBED_S: Final = 0.2
"""More than a count takes."""

_HANDED_OVER_S: Final = 0.01
"""In which a thread that waits for its turn has learned that turns are longer now."""


def alive(kind: type) -> tuple[int, int]:
    """All that Python's collector knows of, and how many of them are of ``kind``."""
    gc.collect()
    with _alone():
        objects = gc.get_objects()
        counted = len(objects), sum(issubclass(type(one), kind) for one in objects)
        del objects
    return counted


@contextmanager
def _alone() -> Iterator[None]:
    """No other thread runs Python meanwhile.

    One that is just making a tuple out of a generator fails with a ``SystemError`` where somebody else
    holds that tuple too, as the list of all objects does.
    """
    turns = sys.getswitchinterval()
    sys.setswitchinterval(_UNDISTURBED_S)
    try:
        time.sleep(_HANDED_OVER_S)
        yield
    finally:
        sys.setswitchinterval(turns)
