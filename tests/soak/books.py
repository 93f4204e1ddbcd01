"""At the end everything must add up: kiosk, hall, and the paper that came out. Read from the files, past the kiosk."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from tests.day.certificates import page_of, paper_of
from tests.day.world import Place
from tests.soak.stage import Stage
from tests.soak.visits import no_card
from tests.stand.kiosk import ROOT, until

SETTLES: Final = 90.0
"""Seconds in which the last events must be at the hall, and covered by its backup."""

_Copies = dict[tuple[str, int], str]
"""What became of each copy of a paper, by the paper's name."""


@dataclass
class Books:
    """``wrong``: every sentence of it is a thing that does not add up."""

    tickets: dict[str, int] = field(default_factory=dict)
    """How many copies, by what became of them."""
    certificates: dict[str, int] = field(default_factory=dict)
    slips: int = 0
    sheets: int = 0
    events: int = 0
    journal: str = ""
    wrong: list[str] = field(default_factory=list)

    def must(self, true: bool, otherwise: str) -> None:
        if not true:
            self.wrong.append(otherwise)


def closed(stage: Stage) -> Books:
    """Wait for the last events, then compare."""
    books, place, world = Books(), stage.place, stage.world
    _drained(books, stage)
    tickets, recorded = _copies(place, "ticket", "copies")
    papers, certified = _copies(place, "certificate", "certificate_copies")
    books.tickets, books.certificates = dict(Counter(tickets.values())), dict(Counter(papers.values()))
    for what, copies, on_record in (("tickets", tickets, recorded), ("certificates", papers, certified)):
        books.must(on_record == len(copies), f"{on_record} copies of {what} on record, and word of {len(copies)}")
        left = [name for (name, _), state in copies.items() if state == "in hand"]
        books.must(not left, f"still in hand of {what}: {left[:5]}")
    told = world.hall.rows("SELECT ticket, copy, coalesce(outcome, '') FROM copy")
    _same(books, "ticket", tickets, {(name, copy): outcome for name, copy, outcome in told})
    rows = world.hall.rows("SELECT certificate, copy, coalesce(outcome, ''), paper FROM certificate_copy")
    _same(books, "certificate", papers, {(name, copy): outcome for name, copy, outcome, _ in rows})
    _numbers(books, stage)
    sheets = {(name, copy) for name, copy, _, paper in rows if paper == "a4"}
    on_slips = tickets | {which: state for which, state in papers.items() if which not in sheets}
    _printed(books, "slip", stage.slips, on_slips)
    came = Counter(_on_sheet(pdf) for pdf in place.feeder.papers())
    _printed(books, "sheet", came, {which: papers[which] for which in sheets if which in papers})
    books.slips, books.sheets = stage.slips.total(), came.total()
    _journal(books, place)
    return books


def recorded(data: Path) -> int:
    """How many events are on record at a kiosk, sent or not; the newest keeps its place when all are erased."""
    ((seq,),) = _rows(data, "SELECT coalesce(max(seq), 0) FROM outbox")
    return int(seq)


def unsent(data: Path) -> int:
    """How many of them the hall has not acknowledged."""
    ((acked,),) = _rows(data, "SELECT acked FROM chain")
    return recorded(data) - int(acked)


def _rows(data: Path, asked: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{data}/keting.db?mode=ro", uri=True)) as database:
        return database.execute(asked).fetchall()


def _drained(books: Books, stage: Stage) -> None:
    """Every event is at the hall, and what its backup covers is gone here; with the next ticket it says so."""
    place = stage.place
    try:
        until("all events at the hall", lambda: not unsent(place.data), SETTLES)
        stage.world.hall.backup()
        covered = recorded(place.data)
        no_card(stage, Random())
        asked = f"SELECT count(*) FROM outbox WHERE seq <= {covered}"
        until("an empty outbox", lambda: _rows(place.data, asked) == [(0,)] and not unsent(place.data), SETTLES)
    except AssertionError as late:
        books.wrong.append(str(late))
    books.events = recorded(place.data)
    there = stage.world.hall.rows("SELECT count(*), max(seq) FROM applied_event WHERE kiosk = ?", place.id)
    books.must(there == [(books.events, books.events)], f"{books.events} events at the kiosk, {there} at the hall")
    parked = stage.world.hall.rows("SELECT count(*) FROM applied_event WHERE parked IS NOT NULL")
    books.must(parked == [(0,)], f"{parked} events were set aside")


def _copies(place: Place, kind: str, table: str) -> tuple[_Copies, int]:
    """What the kiosk's file says became of each copy, and how many copies are on record."""
    rows = _rows(place.data, f"SELECT id, copy, state FROM {table} JOIN {kind}s USING ({kind})")
    ((on_record,),) = _rows(place.data, f"SELECT coalesce(sum(copies), 0) FROM {kind}s")
    return {(name, copy): state for name, copy, state in rows}, on_record


def _same(books: Books, what: str, here: _Copies, there: _Copies) -> None:
    for which in sorted(here.keys() | there.keys()):
        ours, theirs = here.get(which, "none"), there.get(which, "none")
        books.must(ours == theirs, f"copy {which[1]} of {what} {which[0]}: {ours} at the kiosk, {theirs} at the hall")


def _numbers(books: Books, stage: Stage) -> None:
    """The same number, queue and day under the same name, and none twice."""
    here = set(_rows(stage.place.data, "SELECT id, day, number, queue FROM tickets"))
    there = stage.world.hall.rows("SELECT id, day, number, queue FROM ticket")
    books.must(here == set(there), f"{len(here ^ set(there))} tickets have other numbers at the hall")
    numbers = Counter((day, number) for _, day, number, _ in there)
    books.must(not numbers or max(numbers.values()) == 1, "a number was given twice")


def _printed(books: Books, what: str, came: Counter[str], copies: _Copies) -> None:
    """Each copy that is called printed came out, once; a void one never; one in doubt at most once."""
    least, most = Counter[str](), Counter[str]()
    for (name, _), state in copies.items():
        least[name.upper()] += state == "printed"
        most[name.upper()] += state in ("printed", "uncertain")
    for name in sorted(came.keys() | most.keys()):
        fits = least[name] <= came[name] <= most[name]
        books.must(fits, f"{came[name]} times a {what} with {name}, which was printed {least[name]} times")


def _on_sheet(pdf: Any) -> str:
    return urlsplit(paper_of(page_of(pdf), pdf).text).path.rpartition("/")[2].upper()


def _journal(books: Books, place: Place) -> None:
    """``kiosk journal verify``, as a technician runs it; and nothing in it that the software did wrong."""
    command = [sys.executable, "-m", "kiosk", "--config", str(place.kiosk.toml), "journal", "verify"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    books.journal = done.stdout.splitlines()[0] if done.stdout else ""
    books.must(done.returncode == 0, f"journal verify ended with {done.returncode}: {done.stdout} {done.stderr[-500:]}")
    for file in sorted((place.data / "journal").glob("journal.[0-9]*")):
        for line in file.read_text("utf-8").splitlines():
            noted = json.loads(line.rpartition(" ")[0])
            books.must(noted["event"] != "kiosk.error", f"the journal has {noted}")
