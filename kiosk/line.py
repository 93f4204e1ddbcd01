"""How long the line is, said only as far as it is known.

The hall's board is a snapshot; tickets taken here since then stand in line
too. A board that is not fresh, or that the hall can't renew now, gives its time with the figure, one from another
day or too old gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from screens.pages import Wait

FRESH = timedelta(seconds=90)
STALE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """One queue on the board: people waiting and minutes for someone who comes now."""

    waiting: int
    minutes: int
    as_of: datetime


def wait(standing: Standing | None, since: int, each: int, now: datetime, online: bool) -> Wait | None:
    """What to tell who joins now; ``since`` tickets were taken here after the board, ``each`` minutes long."""
    if standing is None or standing.as_of.date() != now.date() or now - standing.as_of > STALE:
        return None
    fresh = online and now - standing.as_of <= FRESH
    return Wait(
        ahead=standing.waiting + since,
        minutes=standing.minutes + since * each,
        as_of=None if fresh else standing.as_of.strftime("%H:%M"),
    )
