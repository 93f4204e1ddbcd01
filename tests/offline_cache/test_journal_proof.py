"""Whoever alters the journal is found, at the line; and it is said how far the proof reaches."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from offline_cache import journal_proof
from offline_cache.journal_lines import LONGEST, START, read
from offline_cache.journal_proof import Altered, Why
from offline_cache.kiosk_key import FileKey
from tests.offline_cache.diary import Diary, chained_anew, events, forged
from tests.offline_cache.far_hall import DAY

Lines = list[bytes]


def lines_of(path: Path) -> Lines:
    return path.read_bytes().splitlines(keepends=True)


def alter(path: Path, how: Callable[[Lines], Lines]) -> None:
    path.write_bytes(b"".join(how(lines_of(path))))


def hash_of(line: bytes) -> str:
    return read(line.rstrip(b"\n")).hash


@pytest.mark.parametrize("file", [0, 1, 2])
@pytest.mark.parametrize(
    ("how", "why"),
    [
        (lambda lines: [lines[0], lines[1].replace(b'"done"', b'"gone"'), *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], lines[1][:-2] + b"#\n", *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], b"\xff\xfe" * 40 + b"\n", *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], b"[" * (LONGEST - 2) + b"\n", *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], b"0" * 3 * LONGEST + b"\n", *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], lines[1].replace(b"\n", b" \n"), *lines[2:]], Why.CHANGED),
        (lambda lines: [lines[0], *lines[2:]], Why.MISSING),
        (lambda lines: [lines[0], *lines[4:]], Why.MISSING),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], Why.ADDED),
        (lambda lines: [lines[0], lines[0], *lines[1:]], Why.ADDED),
        (lambda lines: [lines[0], b"\xff\xfe\n", *lines[1:]], Why.ADDED),
        (lambda lines: [lines[0], b"\n", *lines[1:]], Why.ADDED),
        (lambda lines: [lines[0], forged(lines[1], hash_of(lines[0]), seconds=7_777), *lines[1:]], Why.ADDED),
        (lambda lines: [lines[0], forged(lines[1], START), *lines[1:]], Why.ADDED),
    ],
)
def test_the_first_altered_line_is_named(diary: Diary, file: int, how: Callable[[Lines], Lines], why: Why) -> None:
    diary.write(300)
    while len(events(diary.newest)) < 6:
        diary.write(1)
    alter(diary.folder / f"journal.{file}", how)
    assert diary.proof().altered == Altered(f"journal.{file}", 2, why)


def test_a_line_that_is_put_in_another_s_place_with_a_right_hash_does_not_fit_the_next(diary: Diary) -> None:
    diary.write(5)
    alter(diary.newest, lambda lines: [*lines[:2], forged(lines[2], hash_of(lines[1]), how="fault"), *lines[3:]])
    assert diary.proof().altered == Altered("journal.0", 4, Why.MISSING)


def test_all_hashes_made_anew_are_found_by_the_next_seal(diary: Diary) -> None:
    diary.write(5)
    diary.restart()
    diary.write(2)
    alter(diary.newest, lambda lines: chained_anew(lines, 1, how="fault"))
    assert diary.proof().altered == Altered("journal.0", 6, Why.SEAL)


@pytest.mark.parametrize("field", ["day", "kiosk", "epoch", "lines", "signature"])
def test_no_word_of_a_seal_can_be_another(diary: Diary, field: str) -> None:
    diary.write(2)
    diary.restart()
    diary.write(1)
    other = {"day": "2026-11-22", "kiosk": "K-0204", "epoch": 2, "lines": 4, "signature": "MEUC" * 24}
    alter(diary.newest, lambda lines: chained_anew(lines, 2, **{field: other[field]}))
    proof = journal_proof.verified(diary.folder, diary.cache.key.public())  # whatever the store keeps
    assert proof.altered == Altered("journal.0", 3, Why.SEAL)


def test_a_seal_of_another_place_in_the_chain_is_none_here(diary: Diary) -> None:
    diary.write(2)
    diary.restart()
    diary.write(2)
    diary.restart()
    seal = lines_of(diary.newest)[2]
    alter(diary.newest, lambda lines: [*lines[:-1], forged(seal, hash_of(lines[-2]))])
    assert diary.proof().altered == Altered("journal.0", 6, Why.SEAL)


def test_somebody_else_s_key_seals_nothing(diary: Diary, tmp_path: Path) -> None:
    diary.write(2)
    diary.restart()
    other = FileKey(tmp_path / "other.pem")
    proof = journal_proof.verified(diary.folder, other.public())
    assert proof.altered == Altered("journal.0", 3, Why.SEAL)
    assert proof.sealed_until is None


def test_without_its_seals_a_journal_made_anew_does_not_fit_what_the_store_keeps(diary: Diary) -> None:
    diary.write(4)
    diary.restart()
    diary.write(3)
    alter(diary.newest, lambda lines: chained_anew([*lines[:4], *lines[5:]], 4))
    assert diary.proof().altered == Altered("journal.0", 5, Why.SEAL)


@pytest.mark.parametrize("left", [0, 1, 4])
def test_an_end_that_is_cut_off_at_a_seal_or_before_is_found(diary: Diary, left: int) -> None:
    diary.write(4)
    diary.restart()
    alter(diary.newest, lambda lines: lines[:left])
    assert diary.proof().altered == Altered("journal.0", left + 1, Why.CUT)


def test_a_journal_that_is_gone_is_found(diary: Diary) -> None:
    diary.write(30)
    diary.restart()
    for path in diary.folder.glob("journal.[0-9]"):
        path.unlink()
    assert diary.proof().altered == Altered("journal.0", 1, Why.CUT)


def test_an_end_that_is_cut_off_is_still_found_when_the_kiosk_has_gone_on_and_sealed_again(diary: Diary) -> None:
    diary.write(4)
    diary.journal.close()
    alter(diary.newest, lambda lines: lines[:3])
    diary.crash()
    diary.write(2)
    diary.restart()
    assert events(diary.newest)[3:5] == ["journal.cut", "journal.sealed"]
    assert diary.proof().altered == Altered("journal.0", 4, Why.CUT)


def test_lines_that_are_cut_off_while_the_kiosk_runs_are_missed_by_the_next(diary: Diary) -> None:
    diary.write(4)
    alter(diary.newest, lambda lines: lines[:-1])
    diary.write(1)
    assert diary.proof().altered == Altered("journal.0", 4, Why.MISSING)


def test_a_beginning_that_is_cut_off_is_found(diary: Diary) -> None:
    diary.write(4)
    alter(diary.newest, lambda lines: lines[1:])
    assert diary.proof().altered == Altered("journal.0", 1, Why.MISSING)


def test_a_further_file_that_lost_its_beginning_or_the_oldest_is_found(diary: Diary) -> None:
    diary.write(300)
    oldest = diary.folder / "journal.2"
    whole = oldest.read_bytes()
    alter(oldest, lambda lines: lines[1:])
    assert diary.proof().altered == Altered("journal.2", 1, Why.MISSING)
    oldest.write_bytes(whole)
    assert diary.proof().altered is None
    oldest.unlink()
    assert diary.proof().altered == Altered("journal.1", 1, Why.MISSING)


def test_every_change_of_one_byte_before_the_last_seal_is_found_at_its_line(diary: Diary) -> None:
    diary.write(6)
    diary.restart()
    whole = diary.newest.read_bytes()
    chance = random.Random(5)
    for _ in range(300):
        at = chance.randrange(len(whole))
        hurt = bytearray(whole)
        hurt[at] ^= 1 << chance.randrange(8)
        diary.newest.write_bytes(hurt)
        altered = diary.proof().altered
        assert altered is not None
        assert altered.line in (whole.count(b"\n", 0, at) + 1, whole.count(b"\n", 0, at) + 2)
    diary.newest.write_bytes(whole)


def test_what_is_before_an_altered_line_is_still_proven(diary: Diary) -> None:
    diary.write(3)
    diary.ticks.advance(13 * 3_600)
    diary.write(3)
    alter(diary.newest, lambda lines: [*lines[:5], *lines[6:], lines[5]])
    proof = diary.proof()
    assert proof.altered is not None
    assert (proof.sealed_until, proof.open_since, proof.lines) == (DAY, "2026-11-22", 5)
