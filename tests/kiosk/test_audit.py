"""``kiosk journal verify``, as a technician types it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli_w

from kiosk.audit import ALTERED, UNREADABLE, WHOLE, lines
from offline_cache.journal_proof import Altered, Proof, Why
from tests.offline_cache.diary import Diary
from tests.offline_cache.far_hall import DAY
from tests.stand.kiosk import ROOT

Asked = subprocess.CompletedProcess[str]


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    one = Diary(tmp_path / "data", largest=1_000_000)
    one.write(5)
    one.restart()
    one.write(2)
    yield one
    one.close()


@pytest.fixture
def ask(tmp_path: Path) -> Callable[[], Asked]:
    config = tmp_path / "kiosk.toml"
    printer = {"driver": "file", "path": "/dev/null"}
    config.write_text(tomli_w.dumps({"data": str(tmp_path / "data"), "printer": printer}))

    def asked() -> Asked:
        command = [sys.executable, "-m", "kiosk", "journal", "verify", "--config", str(config)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    return asked


def test_beside_a_kiosk_that_runs_it_says_that_all_is_whole_and_where_the_open_end_begins(
    diary: Diary, ask: Callable[[], Asked]
) -> None:
    said = ask()
    assert (said.returncode, said.stderr) == (WHOLE, "")
    assert said.stdout.splitlines() == [
        "The journal is whole, 8 lines.",
        f"Sealed until {DAY}. From {DAY} on nothing is sealed yet (2 lines).",
    ]


def test_an_altered_line_is_named_with_the_failure_code(diary: Diary, ask: Callable[[], Asked]) -> None:
    diary.newest.write_bytes(diary.newest.read_bytes().replace(b'"seconds":3', b'"seconds":4', 1))
    said = ask()
    assert (said.returncode, said.stderr) == (ALTERED, "")
    assert "K118" in said.stdout
    assert "journal.0, line 4, was changed" in said.stdout


def test_what_cannot_be_read_is_no_verdict(ask: Callable[[], Asked]) -> None:
    said = ask()
    assert (said.returncode, said.stderr) == (UNREADABLE, "")
    assert said.stdout.startswith("The journal cannot be read: ")


@pytest.mark.parametrize("why", Why)
def test_each_way_of_being_altered_has_its_words(why: Why) -> None:
    first, second = lines(Proof(12, DAY, None, 0, Altered("journal.3", 7, why)))
    assert first.startswith("K118: the journal was altered. First altered line: journal.3, line 7, ")
    assert second == f"The lines before it are sealed until {DAY}."
    assert first.count(".") == 3
