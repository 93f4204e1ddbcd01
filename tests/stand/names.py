"""Python's own table of names, kept at one size while a process is counted.

CPython keeps every string that names something (``sys.intern``) in one table. It grows new whenever its room is used
up, names that are gone included, to the least power of two that takes three times those that live. A kiosk has some
21,800 names, and 3 x 21,846 is 2 to the 16: the table changes between 1.0 and 1.9 MB in one step, up or down, each
time its names were turned over, which takes ten thousand visits and more. No growth, but a slope through counts calls
it one.
"""

from __future__ import annotations

import sys
from typing import Final

HELD: Final = 10_000
"""With a kiosk's own names the middle between two sizes of the table."""

_PASSED: Final = 200_000
"""Names that come and go: the table is laid anew several times, until its places in memory are taken as well."""


def hold_names() -> list[str]:
    """Names to be kept as long as counts are compared; the table has found its size."""
    held = [sys.intern(f"held {each}") for each in range(HELD)]
    for each in range(_PASSED):
        sys.intern(f"passed {each}")
    return held
