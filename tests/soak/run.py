"""The run itself: turn after turn, counted from outside every so many visits, and the books at the end."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.machine import load
from tests.day.visits import PENSION
from tests.day.world import Fittings, World
from tests.soak.books import Books, closed
from tests.soak.counter import open_counter, serve_all
from tests.soak.counts import Count, count
from tests.soak.faults import FAULTS
from tests.soak.plan import Turn
from tests.soak.stage import Otherwise, Stage
from tests.soak.visits import KINDS

PACE: Final = 0.008
"""Citizens who do not linger: pages wait 0.6 s, and 0.16 s for a slip to be taken."""

BACKUP: Final = 2_500
"""Visits between two backups of the hall, as other halls make them at night."""

_MENDED: Final = 60.0
"""Seconds in which the kiosk must be whole again after a visit that did not end as it should."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Odd:
    """A visit that did not end as it should, what was to come of it, and what was on the screen."""

    visit: int
    what: str
    why: str
    words: str = field(repr=False)


@dataclass
class Run:
    """What came of it so far. ``ended``: why it could not go on, "" where it came to its end."""

    turns: Sequence[Turn]
    counts: list[Count] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    """Visits that ended as they should, by what somebody came for."""
    put_in: Counter[str] = field(default_factory=Counter)
    seen: dict[str, Counter[str]] = field(default_factory=dict)
    """How visits with a fault ended, by fault."""
    survived: Counter[str] = field(default_factory=Counter)
    """Faults whose visit ended honestly, and after which the next one was as always."""
    odd: list[Odd] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    """Milliseconds by which each beat of the GUI thread was late."""
    books: Books | None = None
    seconds: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)
    """How busy the machine was at the beginning and at the end."""
    said: list[str] = field(default_factory=list)
    """What the kiosk's process wrote that looks like an error."""
    ended: str = ""

    @property
    def done(self) -> int:
        """Visits that ended as they should, those with a fault included."""
        return self.kinds.total() + sum(each.total() for each in self.seen.values())


def soak(folder: Path, turns: Sequence[Turn], block: int, tell: Tell) -> Run:
    """Play all turns; what breaks the run is told in ``ended``."""
    run, began, busy = Run(turns), time.monotonic(), load()
    world = World(folder, Fittings(pace=PACE))
    try:
        stage = Stage(world)
        try:
            _prepare(stage, turns)
            _play(run, stage, block, tell)
            run.books = closed(stage)
        except (Otherwise, OSError, AssertionError) as error:
            run.ended = f"{type(error).__name__}: {error}"
        finally:
            stage.close()
        run.said = [line for line in _log(stage).splitlines() if "Traceback" in line or "QObject" in line]
        with suppress(OSError, AssertionError):
            stage.place.kiosk.keep_lags()
        run.lags = list(stage.place.kiosk.lags)
    finally:
        world.close()
    run.seconds, run.load = time.monotonic() - began, (busy, load())
    return run


def _log(stage: Stage) -> str:
    return (stage.place.kiosk.folder / "kiosk.log").read_text("utf-8", "replace")


def _prepare(stage: Stage, turns: Sequence[Turn]) -> None:
    """Lay Python's names anew, find out what anybody can take a ticket for, have booked whatever will be scanned."""
    stage.ready(40)
    stage.place.kiosk.ask("lay_names_anew")
    stage.whole("Attract/choice:no-card", "Menu/choice:none", "Services/")
    shown = stage.place.kiosk.ask("keys")
    stage.play("Services/nav:leave", "Attract/")
    stage.matters = [key for key in shown if key.removeprefix("matter:") in _offline(stage.world)]
    assert stage.matters, f"none of {shown} can be had without the hall"
    codes = sum(turn.kind == "ticket, booking code" or turn.fault == "camera worker killed" for turn in turns)
    for _ in range(codes):
        stage.bookings.append(stage.world.hall.booking("A", [PENSION]))
    stage.world.news_arrives(stage.place)
    open_counter(stage.world.hall)


def _offline(world: World) -> set[str]:
    """The services that need no hall."""
    files = (world.folder / "hall" / "catalogue").glob("*.toml")
    services = (each for file in files for each in tomllib.loads(file.read_text("utf-8")).get("services", ()))
    return {service["id"] for service in services if service.get("offline")}


def _play(run: Run, stage: Stage, block: int, tell: Tell) -> None:
    began, mended = time.monotonic(), ""
    for turn in run.turns:
        try:
            if turn.fault:
                run.put_in[turn.fault] += 1
                seen = survive(stage, turn)
                run.seen.setdefault(turn.fault, Counter())[seen] += 1
            else:
                KINDS[turn.kind].visit(stage, turn.chance)
                run.kinds[turn.kind] += 1
                run.survived.update([mended] if mended else ())
            mended = turn.fault
        except Otherwise as error:
            mended = ""
            run.odd.append(Odd(turn.number, turn.fault or turn.kind, error.why, error.words))
            tell(f"visit {turn.number}, {turn.fault or turn.kind}: {error.why} | {error.words[:300]!r}")
            _in_order(stage)
        if turn.number % block == 0:
            serve_all(stage.world.hall)
            run.counts.append(count(stage, turn.number))
            each = (time.monotonic() - began) / turn.number
            tell(f"{turn.number} visits, {each:.2f} s each, {len(run.odd)} odd: {run.counts[-1].of}")
        if turn.number % BACKUP == 0:
            stage.world.hall.backup()


def survive(stage: Stage, turn: Turn) -> str:
    """Put the fault in, see how the visit ends, mend it, and wait until the kiosk is whole; raises ``Otherwise``."""
    fault = FAULTS[turn.fault]
    try:
        seen = fault.visit(stage, turn.chance)
    finally:
        fault.mend(stage)
    stage.ready()
    return seen


def _in_order(stage: Stage) -> None:
    """Whatever is amiss, everything is mended. Raises ``Otherwise`` where that is not enough."""
    for fault in FAULTS.values():
        fault.mend(stage)
    stage.ready(_MENDED)
