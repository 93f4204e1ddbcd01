"""The journal is read beside a kiosk that writes it, and from the data of one that does not run."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from offline_cache import journal_proof
from offline_cache.journal_proof import Altered, Unreadable, Why
from offline_cache.store import Store
from tests.offline_cache.diary import Diary
from tests.offline_cache.far_hall import DAY


def test_a_line_that_is_being_written_and_files_that_turn_are_no_alteration(diary: Diary) -> None:
    ended = threading.Event()

    def written_on() -> None:
        while not ended.is_set():
            diary.write(7)
            diary.ticks.advance(13 * 3_600)

    writer = threading.Thread(target=written_on)
    writer.start()
    try:
        for _ in range(60):
            newest = diary.cache.sealer.kept()
            proof = journal_proof.verified(diary.folder, diary.cache.key.public(), newest, kept=3)
            assert proof.altered is None
    finally:
        ended.set()
        writer.join()


def test_half_a_line_at_the_end_is_no_alteration(diary: Diary) -> None:
    diary.write(3)
    with diary.newest.open("ab") as file:
        file.write(b'{"at":17952336')
    proof = diary.proof()
    assert (proof.altered, proof.lines) == (None, 3)


def test_a_kiosk_s_data_is_enough_whether_it_runs_or_not_and_nothing_is_written_there(diary: Diary) -> None:
    diary.write(3)
    diary.restart()
    seen = [journal_proof.of_kiosk(diary.data)]
    diary.close()
    before = {path: path.stat().st_mtime_ns for path in diary.data.rglob("*")}
    seen.append(journal_proof.of_kiosk(diary.data))
    assert {path: path.stat().st_mtime_ns for path in diary.data.rglob("*")} == before
    assert [(proof.altered, proof.sealed_until) for proof in seen] == [(None, DAY)] * 2
    diary.newest.write_bytes(b"".join(diary.newest.read_bytes().splitlines(keepends=True)[:3]))
    assert journal_proof.of_kiosk(diary.data).altered == Altered("journal.0", 4, Why.CUT)
    Store(diary.data / "keting.db").close()


def test_what_cannot_be_read_is_said_and_is_no_verdict(diary: Diary) -> None:
    with pytest.raises(Unreadable, match="nothing was ever written"):
        journal_proof.verified(diary.data / "elsewhere", diary.cache.key.public())
    diary.write(3)
    diary.restart()
    diary.close()
    public, store = diary.data / "kiosk-key.pub.pem", diary.data / "keting.db"
    for path, nonsense in ((public, b"no key"), (store, b"no store" * 1_000)):
        whole = path.read_bytes()
        path.write_bytes(nonsense)
        with pytest.raises(Unreadable):
            journal_proof.of_kiosk(diary.data)
        path.write_bytes(whole)
    with sqlite3.connect(store) as database:
        database.execute("UPDATE facts SET value = x'00' WHERE name = 'journal sealed'")
    database.close()
    assert journal_proof.of_kiosk(diary.data).altered is None
