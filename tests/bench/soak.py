"""Two thousand visits in a row: what grows does so for ever, on a machine that runs day and night."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench.hand import matter_key, play
from tests.bench.row import Row, within
from tests.day.people import somebody
from tests.day.world import Fittings, Place, World

WARM_UP: Final = 200
VISITS: Final = 2_000
BLOCK: Final = 100
"""Visits between two counts: with both kinds of card, taking a ticket and giving it up again; then without a card."""

PACE: Final = 0.004
"""Citizens who do not linger: pages wait 0.3 s, and 0.08 s for a slip to be taken."""

LOOKS: Final = 5
EDGE: Final = 5
"""Counts at each end whose medians are compared."""

FLAT: Final = (
    ("threads", "threads", 0.0, 1),
    ("descriptors", "file descriptors", 0.0, 1),
    ("workers_descriptors", "file descriptors of the device workers", 0.0, 1),
    ("qobjects", "Qt objects", 0.0, 1),
    ("objects", "Python objects", 100.0, 1),
    ("rss", "memory in KiB", 2_048.0, 1_024),
)
"""What is counted, its name, by how much it may grow in 1,000 visits, and its unit.

Python objects come and go by some dozens. Of memory, SQLite's page cache alone takes 2 MiB before it is full.
"""


def rows(visits: int = VISITS, warm_up: int = WARM_UP, block: int = BLOCK) -> list[Row]:
    """Counts after the warm-up, compared: the median at the end with that at the beginning."""
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        world = World(Path(folder), Fittings(pace=PACE))
        try:
            place = world.place()
            _block(place, warm_up)
            counts = [_counts(place)]
            lost = 0
            for _ in range(visits // block):
                lost += _block(place, block)
                counts.append(_counts(place))
            slips = len(place.papers())
        finally:
            world.close()
    note = f"{visits:,} visits after {warm_up}: {slips:,} slips, {lost} visits timed out"
    return [growth(counts, block, *what, note) for what in FLAT]


def growth(
    counts: list[dict[str, int]], apart: int, key: str, name: str, limit: float, unit: int = 1, note: str = ""
) -> Row:
    """What ``key`` grows by in 1,000 visits, from counts that are ``apart`` visits apart."""
    edge = min(EDGE, len(counts) // 2)
    before, after = (statistics.median(count[key] for count in part) / unit for part in (counts[:edge], counts[-edge:]))
    grown = (after - before) / ((len(counts) - edge) * apart) * 1_000
    said = f"{before:,.0f} at first, {after:,.0f} at last; {note}"
    return within(f"{name}, growth in 1,000 visits", "", round(grown, 1), limit, said)


def _block(place: Place, visits: int) -> int:
    """Make visits, nearly each with a slip; gives how many timed out instead."""
    key = matter_key(place)
    choose = (f"Services/{key}", "Services/primary", "Review/primary")
    cancel = ("HaveTicket/choice:cancel", "Confirm/primary", "Notice/nav:leave")
    person, other = somebody(), somebody()
    for begin, what in (("services", (*choose, "Notify/decline")), ("tickets", cancel)):
        place.slot.insert(person.social_card)
        play(place, f"Home/choice:{begin}", *what, "TakeCard/")
        place.slot.remove()
        play(place, "Attract/")
        place.sam.lay_down(other.id_card)
        play(place, f"Home/choice:{begin}", *what)
        place.sam.take_away()
        play(place, "Attract/")
    lost, left = 0, visits - 4
    while left:
        some = min(left, 16)
        lost += play(place, "Attract/choice:no-card", "Menu/choice:none", *choose, "Attract/", visits=some)["lost"]
        left -= some
    return lost


def _counts(place: Place) -> dict[str, int]:
    """The least of a few looks: a sound that plays or a request under way is no growth."""
    for sound in place.kiosk.folder.glob("sounds/heard-*"):
        sound.unlink()
    looks: list[dict[str, int]] = []
    for _ in range(LOOKS):
        time.sleep(0.2)
        place.kiosk.ask("diary")
        place.kiosk.ask("lags", forget=True)
        looks.append(place.kiosk.ask("counts"))
    return {key: min(look[key] for look in looks) for key in looks[0]}
