"""What a kiosk keeps is forged, and its store is killed in the middle of an upgrade: both are found on disk."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import tomli_w

from offline_cache.cache import Cache
from offline_cache.envelope import GENESIS, decode, link
from offline_cache.schema import MIGRATIONS
from tests.day.check import Seen, check
from tests.day.people import somebody
from tests.day.visits import PENSION, go, take_ticket
from tests.offline_cache.diary import chained_anew, forged
from tests.stand.hall import RunningHall
from tests.stand.kiosk import ROOT, KioskProcess, until
from tests.stand.upgrade import MATTER

Lines = list[bytes]

EVENTS = 10_000
FRAME = 24 + 4_096
"""Bytes of a page in SQLite's log. Source: sqlite.org/fileformat2.html, section 4."""


def verified(seen: Seen, config: Path, label: str) -> tuple[int, str]:
    """``kiosk journal verify``, as a technician types it: how it ends, and what it says."""
    command = [sys.executable, "-m", "kiosk", "journal", "verify", "--config", str(config)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    seen.text(done.stdout + done.stderr, label)
    return done.returncode, done.stdout + done.stderr


@check("journal-tamper-found")
def journal_tampered(seen: Seen) -> str:
    place = seen.world.place()
    for _ in range(2):
        take_ticket(place, somebody(), PENSION)
        go(place)
    assert verified(seen, place.kiosk.toml, "-running")[0] == 0, "a journal that is whole, of a kiosk that runs"
    place.kiosk.stop()
    copy = seen.world.made(seen.world.folder / "forged")
    shutil.rmtree(copy)
    shutil.copytree(place.data, copy / "data", ignore=shutil.ignore_patterns("lists", "keys"))
    place.kiosk.start()
    place.attract(30)
    config = copy / "kiosk.toml"
    config.write_text(tomli_w.dumps({"data": str(copy / "data"), "printer": {"driver": "file", "path": "/dev/null"}}))
    ended, said = verified(seen, config, "-whole")
    assert (ended, "journal is whole" in said, "nothing is sealed yet" in said) == (0, True, False), said
    journal = copy / "data" / "journal" / "journal.0"
    whole = journal.read_bytes().splitlines(keepends=True)
    assert b'"journal.sealed"' in whole[-1], "a clean end did not seal the journal"
    visit = next(at for at, line in enumerate(whole) if b'"how":"done"' in line)
    seal = next(at for at, line in enumerate(whole) if at > visit and b'"journal.sealed"' in line)
    for name, how, named in _forgeries(visit, seal, len(whole)):
        journal.write_bytes(b"".join(how(whole)))
        ended, said = verified(seen, config, f"-{name}")
        assert (ended, "K118" in said) == (1, True), f"{name}: {said}"
        assert f"journal.0, line {named}," in said, f"{name} is at line {named}: {said}"
    return f"of {len(whole)} lines, one changed, one removed, one added, all made anew, and an end cut off: each named"


def _forgeries(visit: int, seal: int, count: int) -> Iterator[tuple[str, Callable[[Lines], Lines], int]]:
    """What is done to the lines, and the line that must be named, counted from 1."""

    def changed(lines: Lines) -> Lines:
        return [*lines[:visit], lines[visit].replace(b'"done"', b'"dome"'), *lines[visit + 1 :]]

    def added(lines: Lines) -> Lines:
        more = forged(lines[visit], lines[visit].split()[-1].decode(), how="fault")
        return [*lines[: visit + 1], more, *lines[visit + 1 :]]

    yield "byte-changed", changed, visit + 1
    yield "line-removed", lambda lines: [*lines[:visit], *lines[visit + 1 :]], visit + 1
    yield "line-added", added, visit + 2
    yield "made-anew", lambda lines: chained_anew(lines, visit, how="fault"), seal + 1
    yield "tail-cut", lambda lines: lines[:-1], count
    yield "more-cut", lambda lines: lines[:visit], visit + 1


@check("migration-killed-midway")
def migration_killed(seen: Seen) -> str:
    folder = seen.world.made(seen.world.folder / "upgrade")
    with RunningHall(folder / "hall") as hall:
        older = folder / "older"
        code, address = hall.code(), f"https://localhost:{hall.port}"
        _run(signal.SIGKILL, "older", older, "record", code, address, str(EVENTS))
        events, step = _outbox(older), len(MIGRATIONS)
        assert (len(events), _version(older)) == (EVENTS, step - 1)
        heads = [GENESIS, *(link(data) for _, data in events)]
        assert [decode(data).prev for _, data in events] == heads[:-1], "the chain is not whole"
        told = [_killed_until(statement, older, folder, events) for statement in _statements()]
        told += [_killed_within(length, older, folder, events) for length in _lengths(older, folder)]
        seen.text("\n".join(told))
        newer = folder / "killed"
        _rolled_back_and_brought_again(newer, folder / "back", events)
        _arrives(newer, hall, events)
    return (
        f"killed {len(told)} times, {sum('in the log' in line for line in told)} of them in the middle of a write, the "
        f"store opened each time with all {EVENTS:,} events; each is at the hall once"
    )


def _run(ends: int, release: str, store: Path, *what: str) -> None:
    """A release at work on ``store``; ``ends``: by which signal it must end, 0 for by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stand.upgrade", release, str(store), *what],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -ends, f"{release} {what[0]} ended with {done.returncode}: {done.stderr.decode()[-500:]}"


def _statements() -> list[str]:
    """How each statement of the newest step begins, and what stands behind them."""
    own = [statement.partition("(")[0] for statement in MIGRATIONS[-1].statements]
    return [*own, "PRAGMA application_id =", "PRAGMA user_version =", "COMMIT", "SELECT value FROM facts"]


def _lengths(older: Path, folder: Path) -> list[int]:
    """Lengths of the log in which not all pages of the upgrade fit: whole ones, a header's beginning, half a page."""
    store = _copied(older, folder)
    begin = (store / "keting.db-wal").stat().st_size
    _run(signal.SIGKILL, "newer", store, "within", str(1 << 30))
    pages = ((store / "keting.db-wal").stat().st_size - begin) // FRAME
    assert pages >= 4, f"the upgrade wrote {pages} pages"
    return [begin + at * FRAME + (0, 11, 2_000)[at % 3] for at in range(pages)]


def _killed_until(statement: str, older: Path, folder: Path, events: list[tuple[int, bytes]]) -> str:
    store = _copied(older, folder)
    _run(signal.SIGKILL, "newer", store, "until", statement)
    return f"killed before {statement}: {_opens(store, events)}"


def _killed_within(length: int, older: Path, folder: Path, events: list[tuple[int, bytes]]) -> str:
    store = _copied(older, folder)
    _run(signal.SIGXFSZ, "newer", store, "within", str(length))
    assert (store / "keting.db-wal").stat().st_size == length, "it was not killed in the middle of a write"
    return f"killed in the log at byte {length}: {_opens(store, events)}"


def _opens(store: Path, events: list[tuple[int, bytes]]) -> str:
    """The newer release opens it once more; what stood in it after the kill."""
    found = _version(store)
    Cache(store).close()
    assert not list(store.glob("*.damaged.*")), "the store was put aside, and all events with it"
    assert (_version(store), _outbox(store) == events) == (len(MIGRATIONS), True), f"{len(_outbox(store))} events"
    assert _acked(store) == 0
    return f"version {found}, then {len(MIGRATIONS)} with all events"


def _rolled_back_and_brought_again(newer: Path, back: Path, events: list[tuple[int, bytes]]) -> None:
    """The older release works on what the newer made, and the newer goes on after it."""
    shutil.copytree(newer, back)
    _run(0, "older", back, "go-on")
    assert _version(back) == len(MIGRATIONS)
    assert (_outbox(back)[:-2], len(_outbox(back))) == (events, EVENTS + 2)
    Cache(back).close()
    assert not list(back.glob("*.damaged.*")), "the older release spoilt the store for the newer"


def _arrives(store: Path, hall: RunningHall, events: list[tuple[int, bytes]]) -> None:
    """The kiosk itself, on a store that was killed, sends what is in it."""
    printer = {"driver": "file", "path": "/dev/null"}
    settings = {"data": str(store), "printer": printer, "screen": {"fullscreen": False}, "heartbeat": 1.0}
    kiosk = KioskProcess(store.parent / "kiosk", settings, {})
    kiosk.start()
    try:
        until("all events at the hall", lambda: _applied(hall) >= EVENTS, 60)
    finally:
        kiosk.stop()
    seqs = [seq for (seq,) in hall.rows("SELECT seq FROM applied_event ORDER BY seq")]
    assert seqs == [seq for seq, _ in events], "a gap or a double in the chain"
    issued = [decode(data).body["number"] for _, data in events[::2]]
    numbers = hall.rows("SELECT number, matters FROM ticket ORDER BY seq")
    assert numbers == [(number, f'["{MATTER}"]') for number in issued], "not each ticket once"


def _applied(hall: RunningHall) -> int:
    return int(hall.rows("SELECT count(*) FROM applied_event")[0][0])


def _copied(store: Path, folder: Path) -> Path:
    """A copy of what a kill left, to be killed again."""
    copy = folder / "killed"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(store, copy)
    return copy


def _outbox(store: Path) -> list[tuple[int, bytes]]:
    return _asked(store, "SELECT seq, data FROM outbox ORDER BY seq")


def _version(store: Path) -> int:
    return int(_asked(store, "PRAGMA user_version")[0][0])


def _acked(store: Path) -> int:
    return int(_asked(store, "SELECT acked FROM chain")[0][0])


def _asked(store: Path, sql: str) -> list[tuple[int, bytes]]:
    """What stands in the file, read from outside."""
    with closing(sqlite3.connect(f"file:{store}/keting.db?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()
