"""A journal that says what happened and of nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from offline_cache.journal import Altered, Journal, NotDeclared, declared
from offline_cache.store import StoreInUse
from tests.offline_cache.far_hall import NOON


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    one = Journal(tmp_path / "journal", lambda: NOON, largest=2_000, kept=3)
    yield one
    one.close()


def write(journal: Journal, lines: int) -> None:
    for number in range(lines):
        journal.note("visit.ended", how="done", seconds=number)


def newest(tmp_path: Path, number: int = 0) -> Path:
    return tmp_path / "journal" / f"journal.{number}"


def test_every_declared_event_can_be_written(journal: Journal) -> None:
    samples: dict[str, Any] = {
        "count": 3,
        "flag": True,
        "code": "P102",
        "version": "0.1.2",
        "place": "kiosk.app.main:42",
    }
    for event, fields in declared().items():
        journal.note(
            event,
            **{name: kind[0] if isinstance(kind, list) else samples[kind] for name, kind in fields.items()},
        )
    assert journal.verify() is None


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("visit.dreamt", {}),
        ("visit.ended", {"name": "王小明"}),
        ("visit.ended", {"how": "王小明"}),
        ("visit.ended", {"seconds": "12"}),
        ("visit.ended", {"seconds": 990101199001011234}),
        ("visit.ended", {"seconds": True}),
        ("visit.ended", {"seconds": -1}),
        ("device.lost", {"device": "card", "fault": "P102\n{}"}),
        ("device.lost", {"device": "card", "fault": "990101199001011234"}),
        ("kiosk.started", {"version": "王"}),
        ("kiosk.started", {"version": "990101199001011234"}),
        ("ticket.recorded", {"online": 1}),
        ("kiosk.error", {"place": "A王小明"}),
        ("kiosk.error", {"place": "N990101199001011234"}),
        ("kiosk.error", {"kind": "ValueError: 990101"}),
    ],
)
def test_nothing_of_a_person_can_be_written(journal: Journal, tmp_path: Path, event: str, fields: Any) -> None:
    with pytest.raises(NotDeclared) as refused:
        journal.note(event, **fields)
    assert "990101" not in str(refused.value)
    assert newest(tmp_path).read_bytes() == b""


def test_the_journal_is_bounded_and_its_chain_goes_over_the_files(journal: Journal, tmp_path: Path) -> None:
    write(journal, 200)
    files = sorted((tmp_path / "journal").glob("journal.[0-9]"))
    assert [file.name for file in files] == ["journal.0", "journal.1", "journal.2"]
    assert sum(file.stat().st_size for file in files) < 3 * 2_300
    assert journal.verify() is None


@pytest.mark.parametrize("file", [0, 1, 2])
@pytest.mark.parametrize(
    "alter",
    [
        lambda lines: [lines[0], lines[1].replace(b'"done"', b'"gone"'), *lines[2:]],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0], lines[0], *lines[1:]],
        lambda lines: [lines[0], b"\xff\xfe\n", *lines[1:]],
    ],
)
def test_the_first_altered_line_is_named(journal: Journal, tmp_path: Path, file: int, alter: Any) -> None:
    write(journal, 200)
    path = newest(tmp_path, file)
    path.write_bytes(b"".join(alter(path.read_bytes().splitlines(keepends=True))))
    assert journal.verify() == Altered(f"journal.{file}", 2)


def test_a_cut_off_end_is_found_while_the_kiosk_runs(journal: Journal, tmp_path: Path) -> None:
    write(journal, 4)
    path = newest(tmp_path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    assert journal.verify() == Altered("journal.0", 0)


def test_a_line_torn_by_a_power_cut_is_cut_off_and_said(tmp_path: Path) -> None:
    one = Journal(tmp_path / "journal", lambda: NOON)
    write(one, 3)
    one.close()
    with newest(tmp_path).open("ab") as file:
        file.write(b'{"at":17952336')
    again = Journal(tmp_path / "journal", lambda: NOON)
    assert again.verify() is None
    assert b'"journal.torn"' in newest(tmp_path).read_bytes().splitlines()[-1]
    write(again, 1)
    assert again.verify() is None
    again.close()


def test_two_do_not_write_one_journal(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(StoreInUse):
        Journal(tmp_path / "journal", lambda: NOON)


def test_a_full_disk_stops_no_visit_and_the_gap_is_said(small_disk: Path) -> None:
    one = Journal(small_disk / "journal", lambda: NOON)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4_096))
    write(one, 200)
    ballast.unlink()
    write(one, 1)
    lines = (small_disk / "journal" / "journal.0").read_bytes().splitlines()
    assert b'"journal.lost"' in lines[-2]
    assert len(lines) < 150
    assert one.verify() is None
    one.close()
