"""A kiosk that looks after itself: under the very unit that ships, carried out by the small supervisor."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import tomli_w

from devices.scanner.sim import code, scene
from offline_cache.clock import HALL_ZONE
from tests.bench.hand import Marks
from tests.day.check import Seen, check
from tests.day.checks.paper import settled, to_the_review
from tests.day.journal import written
from tests.day.people import somebody
from tests.day.visits import PENSION, choose, confirm, go, lay_down, number_on_screen, print_it
from tests.day.world import Place, shown_to_camera
from tests.stand.kiosk import until
from tests.stand.supervisor import SHIPPED
from tests.stand.unit import read

LONGEST_START = 30.0
"""Seconds from the end of a kiosk to the waiting screen of the next one, on a machine that plays two worlds at once.

How long it takes alone is measured: docs/bench.md, "crash to the waiting screen"."""


@contextmanager
def under_the_unit(place: Place, **upkeep: Any) -> Iterator[None]:
    """The kiosk of ``place``, started anew by the unit that ships; without ``upkeep`` it has no night."""
    usual = place.kiosk.toml.read_text("utf-8")
    never = {"restart_from": datetime.min.time(), "restart_until": datetime.min.time()}
    place.kiosk.stop()
    place.kiosk.toml.write_text(tomli_w.dumps({**tomllib.loads(usual), "upkeep": upkeep or never}), "utf-8")
    place.kiosk.start(read(SHIPPED))
    try:
        place.attract(30)
        yield
        place.kiosk.stop()
    finally:
        place.kiosk.toml.write_text(usual, "utf-8")
    place.kiosk.start()
    place.attract(30)


def waiting_again(place: Place, lives: int) -> float:
    """Wait for the next life; seconds from the end of the one before to its waiting screen, painted whole."""
    place.kiosk.again(lives, 20)
    return Marks(place, anew=False).at("page:Attract", 20) - place.kiosk.supervisor.runs[-1].ended


def copies(place: Place, number: str) -> list[tuple[str, str]]:
    """What the kiosk's own file says became of each copy of a ticket, read from outside."""
    asked = "SELECT number, state FROM copies JOIN tickets USING (ticket) WHERE number = ? ORDER BY copy"
    with closing(sqlite3.connect(f"file:{place.data}/keting.db?mode=ro", uri=True)) as database:
        return database.execute(asked, (number,)).fetchall()


@check("gui-freeze-restarts")
def gui_freeze(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    with under_the_unit(place):
        before = to_the_review(place)
        known = {row["id"] for row in world.tickets()}
        place.printer.at_row(300, lambda: place.kiosk.harm("freeze"))
        confirm(place)
        assert place.printer.until(lambda printer: len(place.papers()) > before, 10), "no slip came out"
        place.slot.remove()
        took = waiting_again(place, 1)
        place.attract(20)
        run = place.kiosk.supervisor.runs[0]
        assert (run.result, run.status) == ("watchdog", "ABRT"), run
        assert took < LONGEST_START, f"{took:.1f} s from the end to the waiting screen"
        seen.picture()
        (fresh,) = until("the ticket", lambda: [row for row in world.tickets() if row["id"] not in known], 20)
        number = fresh["number"]
        settled(world, number, "uncertain")
        assert copies(place, number) == [(number, "uncertain")]
        assert len(place.papers()) == before + 1, "a second slip came out by itself"
        stacks = (place.data / "stacks.1").read_text("ascii")
        seen.text(stacks, "-stacks")
        assert "in freeze" in stacks, "the stacks do not say where it stood still"
        assert "990000" not in stacks, "a number is in the stacks"
        assert "K115" in written(place), "the journal does not say why"
    return f"stood still in the middle of {number}: ended with its stacks, waiting again {took:.1f} s later, uncertain"


def workers(place: Place, library: str) -> set[int]:
    """The kiosk's workers that have this library in memory."""
    return {child.pid for child in psutil.Process(place.kiosk.pid).children() if _has(child.pid, library)}


def _has(pid: int, library: str) -> bool:
    try:
        return library in Path(f"/proc/{pid}/maps").read_text("utf-8", "replace")
    except OSError:  # it is gone
        return False


def lose_worker(place: Place, library: str, how: signal.Signals) -> float:
    """Kill or stop a worker; seconds until there is another one."""
    (old,) = until(f"a worker with {library}", lambda: workers(place, library), 20)
    began = time.monotonic()
    os.kill(old, how)
    until("another worker", lambda: workers(place, library) - {old}, 20)
    return time.monotonic() - began


@check("worker-dead-restarts")
def worker_dead(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    with under_the_unit(place):
        for how in (signal.SIGKILL, signal.SIGSTOP):
            lose_worker(place, "libpcsclite", how)
            lay_down(place, somebody())
            go(place)
        lose_worker(place, "cv2", signal.SIGKILL)
        booked = world.hall.booking("A", [PENSION])
        world.news_arrives(place)
        place.kiosk.press("choice:booking")
        place.kiosk.see("请把预约码放到扫描口")
        take_away = shown_to_camera(place, scene(code(booked.encode())))
        place.kiosk.see("请核对", seconds=20)
        take_away()
        place.kiosk.press("nav:leave")
        place.attract(20)
        assert place.kiosk.supervisor.runs == [], "a dead worker cost the whole kiosk"
        place.kiosk.harm("end-sender")
        took = waiting_again(place, 1)
        place.attract(30)
        assert took < LONGEST_START, f"{took:.1f} s from the end to the waiting screen"
        assert "K116" in written(place), "the journal does not say why"
        lay_down(place, somebody())
        place.kiosk.press("choice:services")
        choose(place, PENSION)
        print_it(place)
        number = number_on_screen(place)
        settled(world, number, "printed")
        go(place)
    return (
        f"workers came back by themselves; without its sender the kiosk waited again in {took:.1f} s, and sent {number}"
    )


@check("nightly-restart-waits-for-visit")
def nightly_waits(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    begins = datetime.now(HALL_ZONE) + timedelta(seconds=25)
    ends = begins + timedelta(seconds=6)
    with under_the_unit(place, restart_from=begins.time(), restart_until=ends.time()):
        supervisor = place.kiosk.supervisor
        first = supervisor.pid
        lay_down(place, somebody())
        place.kiosk.press("choice:services")
        assert datetime.now(HALL_ZONE) < begins, "the visit began too late to prove anything"
        stay_until(place, ends + timedelta(seconds=3))
        assert (supervisor.runs, supervisor.pid) == ([], first), "started anew in the middle of a visit"
        seen.picture(label="-still-here")
        choose(place, PENSION)
        print_it(place)
        number = number_on_screen(place)
        left = time.monotonic()
        place.slot.remove()
        took = waiting_again(place, 1)
        waited = supervisor.runs[0].ended - left
        assert (supervisor.runs[0].result, supervisor.runs[0].stopping) == ("success", True), supervisor.runs
        place.attract(30)
        settled(world, number, "printed")
        until("a pulse of the new one", lambda: supervisor._pets >= 2, 20)
        assert len(supervisor.runs) == 1, "twice in one night"
    return (
        f"no new start until {number} was printed and taken; {waited:.1f} s after that, waiting again in {took:.1f} s"
    )


def stay_until(place: Place, end: datetime) -> None:
    """Stand at the kiosk and press a key every second."""
    while datetime.now(HALL_ZONE) < end:
        try:
            place.kiosk.press("tab:department")
        except OSError as gone:
            raise AssertionError("started anew in the middle of a visit") from gone
        next_press = time.monotonic() + 1
        until("a second is over", partial(_is_past, next_press), 5)


def _is_past(moment: float) -> bool:
    return time.monotonic() > moment
