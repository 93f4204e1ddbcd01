"""How long a name stays locked after wrong passwords."""

from __future__ import annotations

from typing import Final

FREE: Final = 4
"""Wrong passwords in a row that cost nothing but the try."""

FIRST_S: Final = 15
LONGEST_S: Final = 3_600


def locked_for(failures: int) -> int:
    """Seconds for which the next try is refused, after ``failures`` wrong passwords in a row.

    0 up to ``FREE``, then 15, 30, 60 … doubling to an hour. Only the right
    password sets the count back, so a restart of the hall gives no new tries.
    """
    if failures <= FREE:
        return 0
    return int(min(FIRST_S * 2 ** min(failures - FREE - 1, 20), LONGEST_S))
