"""What happened since the last look: in the kiosk's own journal, at the printer, at the hall."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from hall.catalogue.reading import load
from tests.day.world import Place, World
from tests.dock.seen import Waiting

_QUIET = {"at", "event", "prev"}


class News:
    """``tell`` hears each thing once. ``waiting``: the hall's tickets as of the last ``read``, oldest first."""

    def __init__(self, world: World, place: Place, tell: Callable[[str, str], None]) -> None:
        self._world, self._place, self._tell = world, place, tell
        self._names = {service.id: service.name.zh for service in load(world.folder / "hall" / "catalogue").services}
        self._journal = Journal(place.data / "journal" / "journal.0")
        self._papers = self._sheets = 0
        self._dead = False
        self.waiting: list[Waiting] = []

    def read(self) -> None:
        for line in self._journal.new():
            self._tell("kiosk", line)
        self._look_at_printers()
        self._look_at_hall()
        dead = self._place.kiosk.is_dead()
        if dead and not self._dead:
            self._tell("kiosk", "is dark")
        self._dead = dead

    def _look_at_printers(self) -> None:
        papers = self._place.papers()
        if len(papers) > self._papers and self._place.printer.idle:
            for piece in papers[self._papers :]:
                self._tell("printer", f"gives {'a torn piece' if piece.torn else 'a slip'}, {piece.height // 8} mm")
            self._papers = len(papers)
        sheets = len(self._place.feeder.papers())
        for _ in range(self._sheets, sheets):
            self._tell("printer", "gives a sheet of A4")
        self._sheets = sheets

    def _look_at_hall(self) -> None:
        before = {ticket.number: ticket.state for ticket in self.waiting}
        self.waiting = [
            Waiting(
                row["number"],
                row["state"],
                row["masked"] or row["via"],
                "、".join(self._names.get(matter, matter) for matter in json.loads(row["matters"])),
            )
            for row in self._world.tickets()
        ]
        for ticket in self.waiting:
            if before.get(ticket.number) != ticket.state:
                self._tell("hall", f"{ticket.number} is {ticket.state}")


class Journal:
    """The lines that are added to a kiosk's journal; each is read once."""

    def __init__(self, path: Path) -> None:
        self._path, self._at = path, 0

    def new(self) -> list[str]:
        """The events since the last time, by name and fields; a line still being written waits for the next time."""
        if not self._path.exists() or self._path.stat().st_size < self._at:
            self._at = 0
            return []
        with self._path.open("rb") as file:
            file.seek(self._at)
            whole, _, _ = file.read().rpartition(b"\n")
        if not whole:
            return []
        self._at += len(whole) + 1
        return [_words(json.loads(line.rpartition(b" ")[0])) for line in whole.split(b"\n")]


def _words(event: dict[str, object]) -> str:
    fields = " ".join(f"{name}={value}" for name, value in event.items() if name not in _QUIET)
    return f"{event['event']} {fields}".rstrip()
