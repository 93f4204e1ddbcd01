"""What differs between printers: paper, buffers, what they can answer, how long to wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer at 203 dots an inch (8 dots a millimetre).

    ``process_id``: it knows GS ( H function 48 and says when dots are on paper.
    Where it does not answer that, ``GS r`` is used, which is weaker.
    ``clears``: it knows DLE DC4 function 8 and says when its buffers are empty.
    """

    dots: int
    """Widest printable row."""
    band_rows: int = 64
    """Rows between two fences. Two bands are under way at most, so a printer holds at most 16 mm unprinted."""
    feed_rows: int = 24
    """White rows between the last dot and the knife, beyond the way from head to knife, which the printer knows."""
    process_id: bool = True
    clears: bool = True
    longest: int = 4_000
    """Rows of the longest slip (0.5 m)."""
    connect_s: float = 0.6
    answer_s: float = 1.4
    """For the answers to one round of questions. ``status`` takes at most ``connect_s`` and 1.5 of this: below 3 s."""
    away_s: float = 1.5
    """Without progress and with no fault known. Shorter than any printer takes to start."""
    stall_s: float = 6.0
    """Without progress while it says that it is offline and not why."""
    refill_s: float = 120.0
    """Without progress while it says why: paper, cover, heat. It goes on by itself when that ends."""
    slip_s: float = 300.0
    """For one slip, whatever happens."""


WIDE: Final = Profile(dots=576)
"""80 mm paper, 72 mm printable."""

NARROW: Final = Profile(dots=384)
"""58 mm paper, 48 mm printable."""

WIDE_CLONE: Final = Profile(dots=576, process_id=False, clears=False)
NARROW_CLONE: Final = Profile(dots=384, process_id=False, clears=False)

PROFILES: Final = {
    "80mm": WIDE,
    "58mm": NARROW,
    "80mm-clone": WIDE_CLONE,
    "58mm-clone": NARROW_CLONE,
}
"""By the name that a kiosk's settings use."""
