"""A journal that says what happened and of nobody."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from offline_cache.journal import Journal
from offline_cache.journal_lines import LONGEST, NotDeclared, declared, read
from offline_cache.store import StoreInUse
from tests.offline_cache.conftest import Kiosk
from tests.offline_cache.diary import Diary, events
from tests.offline_cache.far_hall import DAY, NOON

HOURS = 3_600


def test_every_declared_event_can_be_written(diary: Diary) -> None:
    samples: dict[str, Any] = {
        "count": 3,
        "flag": True,
        "code": "P102",
        "version": "0.1.2",
        "place": "kiosk.app.main:42",
        "staff": "T-014",
    }
    for event, fields in declared().items():
        if not event.startswith("journal."):
            diary.journal.note(
                event,
                **{name: kind[0] if isinstance(kind, list) else samples[kind] for name, kind in fields.items()},
            )
    assert diary.proof().altered is None
    assert all(len(line) < LONGEST / 4 for line in diary.newest.read_bytes().splitlines())


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
        ("maintenance.closed", {"by": "990101199001011234"}),
        ("journal.sealed", {"kiosk": "990101199001011234"}),
        ("journal.sealed", {"signature": "x" * 200}),
        ("journal.lost", {"lines": 3}),
    ],
)
def test_nothing_of_a_person_and_no_line_of_the_journal_s_own_can_be_written(
    diary: Diary, event: str, fields: Any
) -> None:
    with pytest.raises(NotDeclared) as refused:
        diary.journal.note(event, **fields)
    assert "990101" not in str(refused.value)
    assert diary.newest.read_bytes() == b""


def test_the_journal_is_bounded_and_its_chain_goes_over_the_files(diary: Diary) -> None:
    diary.write(300)
    files = sorted(diary.folder.glob("journal.[0-9]"))
    assert [file.name for file in files] == ["journal.0", "journal.1", "journal.2"]
    assert sum(file.stat().st_size for file in files) < 3 * 2_300
    assert [events(file)[0] for file in files] == ["journal.continued"] * 3
    counts = [read(file.read_bytes().splitlines()[0]).lines for file in files]
    assert [counts[0] - counts[1], counts[1] - counts[2]] == [len(events(file)) for file in files[1:]]
    assert diary.proof().altered is None


def test_a_day_is_sealed_when_the_next_one_turns_and_only_if_it_had_a_line(diary: Diary) -> None:
    diary.write(2)
    diary.journal.turn_day()
    assert events(diary.newest) == ["visit.ended"] * 2
    diary.ticks.advance(12 * HOURS)
    diary.journal.turn_day()
    assert events(diary.newest) == ["visit.ended", "visit.ended", "journal.sealed"]
    proof = diary.proof()
    assert (proof.sealed_until, proof.open_since, proof.open_lines) == (DAY, None, 0)
    diary.ticks.advance(72 * HOURS)
    diary.journal.turn_day()
    assert len(events(diary.newest)) == 3
    diary.write(1)
    assert events(diary.newest)[3:] == ["visit.ended"]
    assert diary.proof().open_since == "2026-11-25"


def test_the_first_line_of_a_new_day_comes_behind_the_seal_of_the_one_before(diary: Diary) -> None:
    diary.write(1)
    diary.ticks.advance(13 * HOURS)
    diary.write(1)
    assert events(diary.newest) == ["visit.ended", "journal.sealed", "visit.ended"]
    proof = diary.proof()
    assert (proof.sealed_until, proof.open_since, proof.open_lines) == (DAY, "2026-11-22", 1)


def test_a_clean_end_seals_and_a_start_behind_it_does_not(diary: Diary) -> None:
    diary.write(3)
    for _ in range(3):
        diary.restart()
    assert events(diary.newest) == ["visit.ended"] * 3 + ["journal.sealed"]
    diary.write(1)
    assert events(diary.newest)[4:] == ["visit.ended"]


def test_a_start_seals_once_what_an_unclean_end_left(diary: Diary) -> None:
    diary.write(2)
    diary.crash()
    assert diary.proof().open_lines == 2
    diary.write(2)
    assert events(diary.newest) == ["visit.ended", "visit.ended", "journal.sealed", "visit.ended", "visit.ended"]
    assert diary.proof().sealed_until == DAY
    for _ in range(2):
        diary.crash()
    diary.journal.turn_day()
    assert events(diary.newest)[5:] == ["journal.sealed"]


def test_a_seal_can_stand_at_the_end_of_a_full_file_or_at_the_start_of_the_next(tmp_path: Path) -> None:
    for lines in range(1, 16):
        diary = Diary(tmp_path / str(lines))
        diary.write(lines)
        diary.restart()
        diary.write(1)
        proof = diary.proof()
        assert (proof.altered, proof.sealed_until, proof.open_since) == (None, DAY, DAY), lines
        diary.close()


def test_a_kiosk_without_a_hall_seals_under_no_name_and_one_with_a_hall_under_its_own(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    alone = Diary(tmp_path / "alone")
    alone.write(1)
    alone.journal.close()
    enrolled = Diary(kiosk.folder, kiosk.cache)
    enrolled.write(1)
    enrolled.journal.close()
    said = [read(diary.newest.read_bytes().splitlines()[-1]).said for diary in (alone, enrolled)]
    assert [(one["kiosk"], one["epoch"]) for one in said] == [("", 0), ("K-0203", 1)]
    assert enrolled.proof().sealed_until == alone.proof().sealed_until == DAY
    alone.cache.close()


def test_a_line_torn_by_a_power_cut_is_cut_off_and_said(diary: Diary) -> None:
    diary.write(3)
    diary.crash()
    with diary.newest.open("ab") as file:
        file.write(b'{"at":17952336')
    diary.crash()
    diary.write(1)
    assert events(diary.newest)[3:] == ["journal.torn", "journal.sealed", "visit.ended"]
    assert diary.proof().altered is None


def test_two_do_not_write_one_journal(diary: Diary) -> None:
    with pytest.raises(StoreInUse):
        Journal(diary.folder, lambda: NOON, diary.cache.sealer)


def test_a_full_disk_stops_no_visit_and_the_gap_is_said(small_disk: Path) -> None:
    diary = Diary(small_disk, largest=1_000_000)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4_096))
    diary.write(200)
    diary.ticks.advance(13 * HOURS)
    diary.write(1)
    ballast.unlink()
    diary.write(1)
    found = events(diary.newest)
    assert found[-3:] == ["journal.sealed", "journal.lost", "visit.ended"]
    assert len(found) < 150
    assert diary.proof().altered is None
    diary.close()
