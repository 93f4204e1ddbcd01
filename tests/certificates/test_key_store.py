"""What every place for keys promises, files and token alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest

from certificates.key_store import FileKeys, KeyStore
from certificates.keys import FileKey, KeysGone, point, signed
from tests.certificates.soft_token import soft_token

Open = Callable[[], KeyStore]
"""Opens the same place, as after a start."""


@pytest.fixture(params=["files", "pkcs11"])
def again(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    stores: list[KeyStore] = []
    token = soft_token(tmp_path / "token", monkeypatch) if request.param == "pkcs11" else None

    def look() -> KeyStore:
        stores.append(token.keys() if token else FileKeys(tmp_path / "keys"))
        stores[-1].look()
        return stores[-1]

    yield look
    for store in stores:
        store.close()


def test_a_new_place_holds_nothing(again: Open) -> None:
    assert again().held() == {}


def test_a_key_is_found_again_under_the_name_it_had_last(again: Open) -> None:
    store = again()
    made = store.make("asked")
    store.rename("asked", "17616263")
    store.close()
    held = again().held()
    assert list(held) == ["17616263"]
    assert point(held["17616263"].public()) == point(made.public())
    assert signed(held["17616263"], b"kid1", "GC1", b"said")


def test_a_key_signs_on_under_its_new_name(again: Open) -> None:
    store = again()
    made = store.make("asked")
    store.rename("asked", "17616263")
    assert signed(made, b"kid1", "GC1", b"said")
    assert list(store.held()) == ["17616263"]


def test_every_key_is_another_one(again: Open) -> None:
    store = again()
    assert len({point(store.make(name).public()) for name in ("asked", "17616263", "17616264")}) == 3
    assert sorted(store.held()) == ["17616263", "17616264", "asked"]


def test_a_forgotten_key_stays_forgotten(again: Open) -> None:
    store = again()
    store.make("asked")
    store.make("17616263")
    store.forget("asked")
    assert list(store.held()) == ["17616263"]
    store.close()
    assert list(again().held()) == ["17616263"]


def test_what_was_held_does_not_change_in_the_reader_s_hands(again: Open) -> None:
    store = again()
    held = store.held()
    store.make("asked")
    assert held == {}


def test_what_is_not_a_key_of_ours_by_its_name_is_passed_over(tmp_path: Path) -> None:
    FileKey.fresh().save(tmp_path / "17616263.pem")
    for name in ("Asked.pem", "a-key.pem", "asked.pem.new", "notes.txt", ".pem", f"{'a' * 33}.pem"):
        (tmp_path / name).write_text("not a key")
    store = FileKeys(tmp_path)
    store.look()
    assert list(store.held()) == ["17616263"]


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.chmod(0o640), "asked.pem can't be read (it is open to others)"),
        (lambda path: path.write_bytes(b"not a key"), "asked.pem holds no P-256 key"),
        (lambda path: (path.unlink(), path.mkdir(0o700)), "asked.pem can't be read (Is a directory)"),
    ],
    ids=["open to others", "damaged", "a folder"],
)
def test_a_key_that_cannot_be_read_is_keys_gone_and_no_other_takes_its_place(
    tmp_path: Path, spoil: Spoil, why: str
) -> None:
    FileKey.fresh().save(tmp_path / "17616263.pem")
    FileKey.fresh().save(tmp_path / "asked.pem")
    spoil(tmp_path / "asked.pem")
    before = (tmp_path / "asked.pem").stat()
    store = FileKeys(tmp_path)
    assert list(store.held()) == ["17616263"]
    with pytest.raises(KeysGone, match=re.escape(why)):
        store.look()
    assert store.held() == {}
    with pytest.raises(KeysGone, match="is there already"):
        store.make("asked")
    assert (tmp_path / "asked.pem").stat() == before


def test_a_key_is_held_again_when_it_can_be_read_again(tmp_path: Path) -> None:
    FileKey.fresh().save(tmp_path / "asked.pem")
    (tmp_path / "asked.pem").chmod(0o644)
    store = FileKeys(tmp_path)
    with pytest.raises(KeysGone):
        store.look()
    (tmp_path / "asked.pem").chmod(0o600)
    store.look()
    assert list(store.held()) == ["asked"]


def test_a_folder_that_went_away_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    FileKey.fresh().save(tmp_path / "asked.pem")
    store = FileKeys(tmp_path)
    tmp_path.rename(tmp_path.with_name("away"))
    with pytest.raises(KeysGone):
        store.look()
    tmp_path.with_name("away").rename(tmp_path)
    store.look()
    assert list(store.held()) == ["asked"]


def test_a_key_made_while_another_looks_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FileKey.fresh().save(tmp_path / "17616263.pem")
    store = FileKeys(tmp_path)
    load, looking, go_on = FileKey.load, Event(), Event()

    def slow(path: Path) -> FileKey:
        looking.set()
        assert go_on.wait(10)
        return load(path)

    monkeypatch.setattr(FileKey, "load", slow)
    with ThreadPoolExecutor(2) as lanes:
        look = lanes.submit(store.look)
        assert looking.wait(10)
        make = lanes.submit(store.make, "asked")
        wait([make], timeout=0.2)
        go_on.set()
        look.result(10)
        make.result(10)
    assert sorted(store.held()) == ["17616263", "asked"]


def test_a_key_that_is_not_held_is_keys_gone(again: Open) -> None:
    store = again()
    with pytest.raises(KeysGone, match="no key asked is held"):
        store.rename("asked", "17616263")
    with pytest.raises(KeysGone, match="no key asked is held"):
        store.forget("asked")


def test_a_folder_that_cannot_be_written_is_keys_gone(tmp_path: Path) -> None:
    store = FileKeys(tmp_path / "keys")
    store.make("17616263")
    for path in (tmp_path / "keys").iterdir():
        path.unlink()
    (tmp_path / "keys").rmdir()
    with pytest.raises(KeysGone):
        store.make("asked")
    with pytest.raises(KeysGone):
        store.rename("17616263", "17616264")
    assert list(store.held()) == ["17616263"]
