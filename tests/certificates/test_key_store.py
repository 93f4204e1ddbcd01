"""What every place for keys promises, files and token alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

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


def test_a_file_that_is_no_key_or_is_open_to_others_is_not_held(tmp_path: Path) -> None:
    FileKey.fresh().save(tmp_path / "17616263.pem")
    FileKey.fresh().save(tmp_path / "17616264.pem")
    (tmp_path / "17616264.pem").chmod(0o644)
    (tmp_path / "asked.pem").write_text("not a key")
    assert list(FileKeys(tmp_path).held()) == ["17616263"]


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
