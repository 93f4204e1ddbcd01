"""The command line: what an operator types, and what it says when something is wrong."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest

from hall.__main__ import main
from hall.settings import load
from hall.store import Store


class Operator:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = folder / "hall.toml"
        self.settings.write_text('data = "data"\n')
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def does(self, *words: str, typing: str = "") -> str:
        assert self.tries(*words, typing=typing) == (0, "")
        return self.said

    def tries(self, *words: str, typing: str = "") -> tuple[int, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typing))
        status = main(["--settings", str(self.settings), *words])
        self.said, errors = self._capsys.readouterr()
        return status, errors

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        store = Store(load(self.settings).database)
        try:
            with store.reading() as session:
                return [tuple(row) for row in session.connection().exec_driver_sql(sql)]
        finally:
            store.close()


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Operator:
    one = Operator(tmp_path, capsys, monkeypatch)
    one.does("init")
    return one


def test_init_can_be_run_again(operator: Operator) -> None:
    ca = (load(operator.settings).keys / "ca.pem").read_bytes()
    operator.does("init")
    assert (load(operator.settings).keys / "ca.pem").read_bytes() == ca


def test_a_code_is_printed_and_kept_as_a_hash_only(operator: Operator) -> None:
    code = operator.does("enrol-code", "--place-zh", "大厅东侧", "--place-en", "East").strip()
    assert re.fullmatch(r"KT1-[A-Z2-7]{26}-[A-Z2-7]{52}", code)
    assert operator.rows("SELECT kiosk, place_zh FROM enrolment_code") == [("K-0201", "大厅东侧")]


def test_a_booking_is_printed_as_its_qr_text(operator: Operator) -> None:
    slot = ("--day", "2026-03-09", "--start", "09:00", "--end", "09:30", "--queue", "A", "--matter", "x")
    text = operator.does("booking", *slot, "--citizen", typing="990101198001011234\n").strip()
    assert re.fullmatch(r"KETING-B:[A-Z2-7]{16}", text)
    digest = hashlib.sha256(text.removeprefix("KETING-B:").encode()).digest()
    ((kept, person),) = operator.rows("SELECT code_hash, person FROM booking")
    assert kept == digest
    assert isinstance(person, bytes)


def test_staff_are_added_with_a_password_that_is_not_stored(operator: Operator) -> None:
    operator.does("staff", "add", "chen", "--role", "supervisor", "--counter", "3", typing="long enough pass\n")
    ((role, counter, stored),) = operator.rows("SELECT role, counter, password_hash FROM clerk")
    assert (role, counter) == ("supervisor", "3")
    assert str(stored).startswith("$argon2id$")
    assert operator.tries("staff", "add", "li", typing="short\n")[0] == 1


def test_the_shipped_catalogue_is_clean(operator: Operator) -> None:
    assert "0 faults" in operator.does("catalog", "lint")


def test_a_demonstration_can_be_seeded_twice(operator: Operator) -> None:
    assert len(operator.does("demo-seed", "--password", "demo password").split()) == 3
    operator.does("demo-seed", "--password", "demo password")
    assert operator.rows("SELECT count(*) FROM clerk") == [(4,)]


def test_backup_and_restore(operator: Operator) -> None:
    copy = operator.does("backup").strip()
    operator.does("restore", copy)
    assert operator.rows("SELECT verb FROM trail") == [("restore",)]
    status, why = operator.tries("restore", "/no/such/copy")
    assert (status, "Traceback" in why) == (1, False)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("enrol-code", "--kiosk", "K-0299"), "no kiosk"),
        (("revoke", "K-0299"), "no kiosk"),
        (("booking", "--start", "09:00", "--end", "10:00", "--queue", "Z", "--matter", "x"), "no queue"),
        (("booking", "--start", "10:00", "--end", "09:00", "--queue", "A", "--matter", "x"), "ends after"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(operator: Operator, words: tuple[str, ...], why: str) -> None:
    status, said = operator.tries(*words)
    assert status == 1
    assert why in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("colour = 1", "colour"),
        ("port = 70000", "port"),
        ('port = "none"', "port"),
        ('hosts = ["a b"]', "hosts"),
        ("hosts = []", "hosts"),
        ("port = ", "line 1"),
    ],
)
def test_settings_that_are_wrong_are_named(operator: Operator, line: str, names: str) -> None:
    operator.settings.write_text(line + "\n")
    status, said = operator.tries("init")
    assert status == 1
    assert names in said
