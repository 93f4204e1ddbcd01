"""What a citizen waits for: the name after the card, the paper after the key; with the hall and without it."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench import certify
from tests.bench.hand import Marks, matter_key, play
from tests.bench.row import Row, percentile, spread, within
from tests.day.people import somebody
from tests.day.world import Fittings, Place, World
from tests.stand.kiosk import until

VISITS: Final = 30
"""With the hall, and as many without it."""

PACE: Final = 0.03
"""Pages wait that much of their time, so that the good-byes do not make the bench long."""


@dataclass
class Times:
    """Milliseconds of each visit."""

    name: list[float] = field(default_factory=list)
    hand: list[float] = field(default_factory=list)
    byte: list[float] = field(default_factory=list)
    dot: list[float] = field(default_factory=list)


def rows(visits: int = VISITS) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="keting-bench-") as folder:
        world = World(Path(folder), Fittings(pace=PACE))
        try:
            place = world.place()
            _times(place, 1)  # the first slip imports what the printer's driver needs
            online = _times(place, visits)
            papers = certify.rows(place)
            world.cable.cut()
            place.kiosk.see("离线可办", seconds=20)
            offline = _times(place, visits)
        finally:
            world.close()
    named, by_hand = online.name + offline.name, online.hand + offline.hand
    return [
        within(
            "card event to masked name on the screen, p95",
            "ms",
            percentile(named, 0.95),
            200.0,
            f"{spread(named)}; from the hand, with the 400 ms at which pcscd looks for cards: {spread(by_hand)}",
        ),
        _confirm("online", online),
        _confirm("offline", offline),
        *papers,
    ]


def _confirm(how: str, times: Times) -> Row:
    name = f"confirm to first byte at the printer, {how}, p95"
    note = f"{spread(times.byte)}; the first dot on paper: {spread(times.dot)}"
    return within(name, "ms", percentile(times.byte, 0.95), 120.0, note)


def _times(place: Place, visits: int) -> Times:
    times, matter = Times(), matter_key(place)
    for _ in range(visits):
        _visit(place, matter, times)
    return times


def _visit(place: Place, matter: str, times: Times) -> None:
    """One visit as a person makes it: each key is pressed when its page stands there."""
    kiosk, printer, person, marks = place.kiosk, place.printer, somebody(), Marks(place)
    heard: list[tuple[float, float]] = []
    printer.before_cut(lambda: heard.append((printer.first_byte_at, printer.first_dot_at)))
    laid = time.monotonic()
    place.slot.insert(person.social_card)
    shown = marks.at("page:Home")
    assert f"{person.name[0]}*" in kiosk.text(), "the name is not on the screen"
    play(place, "Home/choice:services", f"Services/{matter}", "Services/primary", "Review/primary", "Notify/")
    marks.at("page:Notify")
    kiosk.press("decline")
    ((byte, dot),) = until("the slip", lambda: heard)
    pressed = marks.at("press:decline")
    play(place, "TakeTicket/")
    place.slot.remove()
    play(place, "Attract/")
    times.name.append((shown - marks.at("told:CardArrived")) * 1e3)
    times.hand.append((shown - laid) * 1e3)
    times.byte.append((byte - pressed) * 1e3)
    times.dot.append((dot - pressed) * 1e3)
