"""The root is made outside the hall, by people who read fingerprints to each other."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import pytest

from certificates.__main__ import main
from certificates.documents import KINDS
from certificates.keys import FileKey, fingerprint, point
from certificates.root import Root, first, followed
from tests.certificates.hall_stand import HOST

HALL_KINDS = ("kiosks", "lists", "templates", "technicians")


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    return write_request(tmp_path / "request.json")


def write_request(path: Path, host: str = HOST, kinds: tuple[str, ...] = HALL_KINDS) -> Path:
    keys = {kind: base64.b64encode(point(FileKey.fresh().public())).decode() for kind in kinds}
    path.write_text(json.dumps({"host": host, "keys": keys}))
    return path


def ceremony(folder: Path, *more: str, host: str = HOST, out: str = "root-1.cbor") -> int:
    safe = folder / "safe"
    safe.mkdir(exist_ok=True)
    named = ("--request", str(folder / "request.json"), "--host", host, "--key", str(safe / "root.key"))
    return main(["root", *named, "--out", str(folder / out), *more])


def made(folder: Path, name: str) -> Root:
    return first((folder / name).read_bytes(), HOST)


def test_a_first_root_comes_with_keys_that_only_their_owner_reads(
    tmp_path: Path, request_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ceremony(tmp_path) == 0
    root = made(tmp_path, "root-1.cbor")
    asked = json.loads(request_file.read_text())["keys"]
    assert {kind: base64.b64encode(point(root.keys[kind])).decode() for kind in HALL_KINDS} == asked
    assert (root.version, root.host, root.exp - root.iat) == (1, HOST, 10 * 31_557_600)
    for name, key in (("root.key", root.root), ("updates.key", root.keys["updates"])):
        assert stat.S_IMODE((tmp_path / "safe" / name).stat().st_mode) == 0o600
        assert point(FileKey.load(tmp_path / "safe" / name).public()) == point(key)
    read_aloud = capsys.readouterr().out
    assert all(fingerprint(key) in read_aloud for key in (root.root, *root.keys.values()))


@pytest.mark.parametrize("kinds", [KINDS, (*HALL_KINDS[:-1], "updates"), HALL_KINDS[:-1], (*HALL_KINDS, "more")])
def test_a_request_that_brings_a_key_for_updates_or_names_other_kinds_stops_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kinds: tuple[str, ...]
) -> None:
    write_request(tmp_path / "request.json", kinds=kinds)
    assert ceremony(tmp_path) == 1
    assert "exactly the keys kiosks, lists, templates, technicians." in capsys.readouterr().err
    assert not list((tmp_path / "safe").iterdir())


def test_a_hall_cannot_replace_the_key_for_updates_at_a_roll_over(tmp_path: Path, request_file: Path) -> None:
    assert ceremony(tmp_path) == 0
    write_request(request_file, kinds=KINDS)
    assert ceremony(tmp_path, "--previous", str(tmp_path / "root-1.cbor"), out="root-2.cbor") == 1
    assert not (tmp_path / "root-2.cbor").exists()


def test_the_root_rolls_over_to_a_new_key_that_agrees(tmp_path: Path, request_file: Path) -> None:
    ceremony(tmp_path)
    old = made(tmp_path, "root-1.cbor")
    new_key = str(tmp_path / "safe" / "new-root.key")
    previous = str(tmp_path / "root-1.cbor")
    assert ceremony(tmp_path, "--previous", previous, "--new-key", new_key, out="root-2.cbor") == 0
    root = followed(old, (tmp_path / "root-2.cbor").read_bytes())
    assert root.version == 2
    assert point(root.root) == point(FileKey.load(Path(new_key)).public())
    assert point(root.keys["updates"]) == point(old.keys["updates"])


def test_the_same_key_signs_the_next_root_without_a_new_one(tmp_path: Path, request_file: Path) -> None:
    ceremony(tmp_path)
    assert ceremony(tmp_path, "--previous", str(tmp_path / "root-1.cbor"), "--years", "2", out="root-2.cbor") == 0
    root = followed(made(tmp_path, "root-1.cbor"), (tmp_path / "root-2.cbor").read_bytes())
    assert root.exp - root.iat == 2 * 31_557_600


def test_a_root_is_never_written_over(tmp_path: Path, request_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ceremony(tmp_path)
    before = (tmp_path / "root-1.cbor").read_bytes()
    assert ceremony(tmp_path) == 1
    assert (tmp_path / "root-1.cbor").read_bytes() == before
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("holds", ["hall.sqlite", "seal.key", "keys/seal.key"])
def test_the_roots_key_never_lies_with_a_halls_data(tmp_path: Path, request_file: Path, holds: str) -> None:
    (tmp_path / holds).parent.mkdir(exist_ok=True)
    (tmp_path / holds).touch()
    assert ceremony(tmp_path) == 1
    assert not (tmp_path / "safe" / "root.key").exists()
    assert not (tmp_path / "root-1.cbor").exists()


def test_a_link_into_a_halls_data_is_no_way_round(tmp_path: Path, request_file: Path) -> None:
    inside = tmp_path / "hall-data" / "backups"
    inside.mkdir(parents=True)
    (tmp_path / "hall-data" / "hall.sqlite").touch()
    (tmp_path / "safe").symlink_to(inside)
    assert ceremony(tmp_path) == 1
    assert not (inside / "root.key").exists()


def test_a_request_of_another_hall_stops_it(tmp_path: Path, request_file: Path) -> None:
    assert ceremony(tmp_path, host="other.example") == 1
    assert not (tmp_path / "safe" / "root.key").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"host": "hall.example:8443"}',
        '{"host": "hall.example:8443", "keys": {}}',
        '{"host": "hall.example:8443", "keys": {}, "more": 1}',
        '{"host": "hall.example:8443", "keys": {"kiosks": "AAAA"}}',
        json.dumps({"host": HOST, "keys": dict.fromkeys(HALL_KINDS, "A" * 86 + "==")}),
        "[" * 9_000,
        '{"host": "hall.example:8443", "keys": ' + " " * 20_000 + "{}}",
    ],
)
def test_a_request_that_is_none_stops_it(tmp_path: Path, request_file: Path, content: str) -> None:
    request_file.write_text(content)
    assert ceremony(tmp_path) == 1
    assert not (tmp_path / "safe" / "root.key").exists()


def test_one_key_for_two_purposes_stops_it(tmp_path: Path, request_file: Path) -> None:
    asked = json.loads(request_file.read_text())
    asked["keys"]["lists"] = asked["keys"]["kiosks"]
    request_file.write_text(json.dumps(asked))
    assert ceremony(tmp_path) == 1
    assert not (tmp_path / "root-1.cbor").exists()


def test_another_key_than_that_of_the_root_before_stops_it(tmp_path: Path, request_file: Path) -> None:
    ceremony(tmp_path)
    (tmp_path / "safe" / "root.key").unlink()
    previous = str(tmp_path / "root-1.cbor")
    assert ceremony(tmp_path, "--previous", previous, out="root-2.cbor") == 1
    FileKey.fresh().save(tmp_path / "safe" / "root.key")
    assert ceremony(tmp_path, "--previous", previous, out="root-2.cbor") == 1
    assert not (tmp_path / "root-2.cbor").exists()


def test_a_key_that_others_can_read_stops_it(tmp_path: Path, request_file: Path) -> None:
    (tmp_path / "safe").mkdir()
    FileKey.fresh().save(tmp_path / "safe" / "root.key")
    (tmp_path / "safe" / "root.key").chmod(0o640)
    assert ceremony(tmp_path) == 1


def test_what_makes_no_sense_stops_it(tmp_path: Path, request_file: Path) -> None:
    assert ceremony(tmp_path, "--years", "0") == 1
    assert ceremony(tmp_path, "--new-key", str(tmp_path / "safe" / "new.key")) == 1
    assert ceremony(tmp_path, "--previous", str(tmp_path / "nowhere.cbor")) == 1
    assert ceremony(tmp_path, "--previous", str(request_file)) == 1
    assert not (tmp_path / "safe" / "root.key").exists()
