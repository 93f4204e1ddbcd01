"""What an operator types about certificates: the way to the root ceremony and back, and taking papers back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from certificates import __main__ as certificates
from hall.settings import load
from tests.hall.test_commands import Operator


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Operator:
    one = Operator(tmp_path, capsys, monkeypatch)
    one.settings.write_text('data = "data"\naddress = "https://Hall.example"\n'.lower())
    one.does("init")
    return one


def ceremony(operator: Operator, folder: Path, host: str = "hall.example", version: int = 1) -> Path:
    """The next root, made in ``folder`` by the other people's command."""
    folder.mkdir(exist_ok=True)
    request, out = folder / "request.json", folder / f"root-{version}.cbor"
    request.write_text(operator.does("root-request"))
    words = ["root", "--request", str(request), "--host", host, "--key", str(folder / "root.key"), "--out", str(out)]
    previous = ["--previous", str(folder / f"root-{version - 1}.cbor")] if version > 1 else []
    assert certificates.main([*words, *previous]) == 0
    operator._capsys.readouterr()  # what was read aloud
    return out


def test_a_root_goes_from_the_hall_to_the_ceremony_and_back(operator: Operator, tmp_path: Path) -> None:
    one = ceremony(operator, tmp_path / "ceremony")
    said = operator.does("root-install", str(one))
    assert "hall.example: root 1" in said
    assert operator.does("root-install", str(one)) == said  # once more is no harm
    operator.does("root-install", str(ceremony(operator, tmp_path / "ceremony", version=2)))
    roots = load(operator.settings).roots
    assert sorted(path.name for path in roots.iterdir()) == ["1.cbor", "2.cbor"]
    assert operator.rows("SELECT name FROM list_document WHERE name = 'index'") == []
    operator.tries("certificate", "show", "0000000000000000")  # any command publishes, as the running hall does
    assert operator.rows("SELECT name FROM list_document WHERE name = 'index'") == [("index",)]


def test_a_root_of_another_hall_of_other_keys_or_out_of_turn_is_refused(operator: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "ceremony"
    first = ceremony(operator, folder)
    second = ceremony(operator, folder, version=2)
    assert operator.tries("root-install", str(second)) == (1, "the first root has version 1\n")
    (tmp_path / "garbage").write_bytes(b"\x00" * 5_000)
    assert operator.tries("root-install", str(tmp_path / "garbage"))[0] == 1
    lists = load(operator.settings).keys / "lists.key"
    kept = lists.read_bytes()
    lists.unlink()
    operator.does("init")
    assert operator.tries("root-install", str(first)) == (1, "the root names another key for lists\n")
    lists.write_bytes(kept)
    operator.settings.write_text('data = "data"\naddress = "https://other.example"\n')
    assert operator.tries("root-install", str(first))[0] == 1
    operator.settings.write_text('data = "data"\naddress = "https://hall.example"\n')
    operator.does("root-install", str(first))
    assert operator.tries("root-install", str(tmp_path / "garbage"))[0] == 1
    assert not (load(operator.settings).roots / "2.cbor").exists()


def test_a_restore_without_the_published_lists_needs_a_word_of_its_own(operator: Operator, tmp_path: Path) -> None:
    operator.does("root-install", str(ceremony(operator, tmp_path / "ceremony")))
    operator.tries("certificate", "show", "0000000000000000")
    copy = operator.does("backup").strip()
    shutil.rmtree(load(operator.settings).published)
    status, why = operator.tries("restore", copy)
    assert (status, "lost or damaged" in why, "--forget-revocations" in why) == (1, True, True)
    operator.does("restore", copy, "--forget-revocations")
    assert operator.rows("SELECT verb FROM trail") == [("restore",), ("forget_revocations",)]


def test_a_hall_without_an_address_cannot_ask_for_a_root(operator: Operator) -> None:
    operator.settings.write_text('data = "data"\nport = 0\n')
    assert operator.tries("root-request") == (1, "the hall has no fixed address yet: set port or address\n")


@pytest.mark.parametrize("command", [["revoke", "{}", "--why", "mistaken"], ["show", "{}"]])
def test_what_is_not_registered_or_no_code_is_said(operator: Operator, command: list[str]) -> None:
    status, errors = operator.tries("certificate", *(word.format("0" * 16) for word in command))
    assert (status, errors.strip()[:14]) == (1, "no certificate")
    assert operator.tries("certificate", *(word.format("short") for word in command))[0] == 1


def test_a_kiosk_that_is_not_there_cannot_be_cut_off(operator: Operator) -> None:
    assert operator.tries("certificate", "cut", "K-0201") == (1, "no kiosk K-0201\n")
