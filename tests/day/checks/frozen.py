"""The kiosk as it ships: a program that knows nothing of this checkout, on a panel of its own, used by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import psutil
import tomli_w

from tests.day.check import Seen, check
from tests.day.paper import code_on
from tests.day.people import Person, somebody
from tests.day.traces import traces
from tests.day.world import Place, World
from tests.stand.display import Display
from tests.stand.frozen import Frozen, installed
from tests.stand.kiosk import ROOT, until
from tests.stand.memory import in_memory
from tests.stand.reader import GlassReader

WORKERS = 2
"""Those of card and camera."""

FORGOTTEN = 8.0
"""Seconds from the end of a visit until nothing of it is left."""


@check("frozen-build-visit")
def frozen_build_visit(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    at = seen.world.folder / "opt"
    with installed(at) as program, on_a_panel(program, place, world) as (kiosk, reader):
        kiosk.start()
        reader.see("Place your ID card", "English", seconds=40)
        reader.touch("English")
        reader.see("No card?", "Check in", "Open now")
        seen.panel(reader.display, "-0-attract")
        _is_the_program(kiosk, program)
        person = somebody("慕容无痕")
        ticket = _take_ticket(seen, place, world, reader, person)
        _is_seen(kiosk, person)
        place.slot.remove()
        reader.see("Place your ID card", "English", seconds=40)
        _is_forgotten(kiosk, place, person)
        ended = kiosk.stop()
        assert ended == 0, f"told to end, it ended with {ended}"
    return (
        f"from one read-only file, enrolled by its own command, the kiosk gave a card {ticket} by touches on what its "
        "panel says: it is on paper and waits at the hall; nothing of the card's holder is left in memory or files"
    )


@contextmanager
def on_a_panel(program: Path, place: Place, world: World) -> Iterator[tuple[Frozen, GlassReader]]:
    """The devices of ``place`` in the hands of a frozen kiosk that enrolled itself. Then the usual one again."""
    place.kiosk.stop()
    folder = world.made(world.folder / "frozen")
    chosen = tomllib.loads(place.kiosk.toml.read_text("utf-8"))
    chosen |= {"data": str(folder / "data"), "screen": {"fullscreen": True}}
    chosen["limits"]["pace"] = 1.0
    (folder / "kiosk.toml").write_text(tomli_w.dumps(chosen), "utf-8")
    with closing(Display()) as display:
        machine = {"TMPDIR": str(world.made(folder / "tmp")), "HOME": str(folder)}
        kiosk = Frozen(program, folder / "kiosk.toml", {**machine, **place.ears.environment(), **display.environment()})
        told = kiosk.command("enrol", world.hall.code(), world.cable_url)
        assert re.fullmatch(r"K-\d+, number \d+, epoch \d+, at .+\n", told), told
        try:
            yield kiosk, GlassReader(display)
        finally:
            kiosk.stop()
            place.slot.remove()
    place.kiosk.start()
    place.attract(30)


def _is_the_program(kiosk: Frozen, program: Path) -> None:
    """It runs with its workers, and not a line of code comes from anywhere but its image and the machine."""
    itself = psutil.Process(kiosk.pid)
    assert Path(itself.exe()) == program
    until("the frozen kiosk's workers", lambda: len(_workers(kiosk)) >= WORKERS, 20)
    for process in (itself, *_workers(kiosk)):
        mapped = [each.path for each in process.memory_maps()]
        strange = [path for path in mapped if path.startswith(str(ROOT))]
        assert any(path.startswith(str(program.parent)) for path in mapped), "it has mapped nothing of its own"
        assert strange == [], f"it has mapped {strange[:3]}"


def _workers(kiosk: Frozen) -> list[psutil.Process]:
    found = psutil.Process(kiosk.pid).children(recursive=True)
    return [each for each in found if "--multiprocessing-fork" in each.cmdline()]


def _take_ticket(seen: Seen, place: Place, world: World, reader: GlassReader, person: Person) -> str:
    """A visit with a card, every touch where its words stand. The number."""
    papers = len(place.papers())
    place.slot.insert(person.social_card)
    reader.see("What would you like to do?", seconds=30)
    seen.panel(reader.display, "-1-home")
    reader.touch("Take a ticket")
    reader.touch("Replace a lost ID card")
    reader.touch("Next: check")
    reader.touch("Take the ticket")
    reader.touch("Go on without one")
    reader.see("Your ticket is ready", seconds=30)
    seen.panel(reader.display, "-2-ticket")
    paper = place.new_paper(papers)
    seen.slip(paper)
    address, _, name = code_on(paper).rpartition("/T/")
    assert address == world.cable_url.upper()
    (row,) = until("the ticket at the hall", lambda: world.tickets("id = ?", name), 15)
    assert (row["state"], row["via"]) == ("waiting", "card"), row
    assert row["kiosk"] not in {each.id for each in world.places()}, "another kiosk took the ticket"
    return str(row["number"])


def _is_seen(kiosk: Frozen, person: Person) -> None:
    """While they are there the scan finds them, or it would prove nothing afterwards."""
    found = {trace.canary for trace in in_memory(kiosk.pid, person.name, person.number)}
    assert found == {0, 1}, f"the scan sees only {found}"


def _is_forgotten(kiosk: Frozen, place: Place, person: Person) -> None:
    end = monotonic() + FORGOTTEN
    words = person.name, person.number
    folders = kiosk.folder, place.cups.socket.parent
    while found := [*map(str, in_memory(kiosk.pid, *words)), *traces(folders, *words)]:
        assert monotonic() < end, f"{FORGOTTEN:.0f} s after the visit there is left {found[:5]}"
