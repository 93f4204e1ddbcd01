"""What was seen once is not forgotten for one flipped bit: whatever is damaged, nobody is led back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from certificates.cbor import Malformed, Refused
from certificates.holding import RolledBack, load, refresh
from certificates.index import digest
from certificates.keys import FileKey
from certificates.mark import Mark
from certificates.shelf import FolderShelf
from tests.certificates.hall_stand import T0, Hall, MemoryShelf

KID = bytes.fromhex("17616263")
OLD, NEW = 5, 7


@dataclass
class Past:
    """A hall that was seen at its seventh index; ``before`` is what it served at its fifth."""

    hall: Hall
    before: dict[str, bytes]

    def back(self, address: str) -> bytes | None:
        """Whoever replays the fifth."""
        return self.before.get(address.removeprefix("/lists/"))


@pytest.fixture
def past(hall: Hall) -> Past:
    hall.kiosk_key(KID)
    while hall.version < OLD:
        hall.publish(hall.iat + 60)
    before = dict(hall.served)
    hall.revoked[0].add(7)
    hall.publish(hall.iat + 60)
    hall.publish(hall.iat + 60)
    assert hall.version == NEW
    return Past(hall, before)


@pytest.fixture
def shelf(past: Past) -> MemoryShelf:
    return seen_by(past)


def seen_by(past: Past) -> MemoryShelf:
    shelf = MemoryShelf()
    refresh(shelf, past.hall.pinned, past.hall.fetch, T0)
    return shelf


def rolled_over(past: Past) -> None:
    """Its seventh index goes with a second root, by another key."""
    past.hall.version -= 1
    past.hall.roll_over(FileKey.fresh())
    past.hall.publish(past.hall.iat + 60)


def flipped(data: bytes) -> Iterator[bytes]:
    """``data`` with one bit of each byte flipped, another one of each."""
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]


def never_led_back(past: Past, shelf: MemoryShelf, name: str) -> None:
    whole = dict(shelf.items)
    for damaged in (*flipped(whole[name]), b""):
        shelf.items = whole | {name: damaged}
        with pytest.raises(RolledBack):
            refresh(shelf, past.hall.pinned, past.back, T0)
    refresh(shelf, past.hall.pinned, past.hall.fetch, T0)
    assert shelf.items == whole


@pytest.mark.parametrize("name", ["index", "mark"])
def test_one_flipped_bit_leads_nobody_back_and_is_mended(past: Past, shelf: MemoryShelf, name: str) -> None:
    never_led_back(past, shelf, name)


def test_one_flipped_bit_in_a_root_leads_nobody_back_behind_it(past: Past) -> None:
    rolled_over(past)
    never_led_back(past, seen_by(past), "root/2")


def test_where_mark_and_index_are_both_damaged_nothing_is_taken(past: Past, shelf: MemoryShelf) -> None:
    shelf.items |= {"index": b"damaged", "mark": b"damaged"}
    for fetch in (past.back, past.hall.fetch):
        with pytest.raises(RolledBack, match="can't be read"):
            refresh(shelf, past.hall.pinned, fetch, T0)
    shelf.items.clear()
    assert refresh(shelf, past.hall.pinned, past.hall.fetch, T0).index.version == NEW


def test_whatever_file_of_a_folder_is_damaged_nobody_is_led_back(past: Past, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    refresh(FolderShelf(folder), past.hall.pinned, past.hall.fetch, T0)
    for path in folder.iterdir():
        whole = path.read_bytes()
        bits = flipped(whole) if path.name == "contents" else [*flipped(whole)][:: 1 + len(whole) // 40]
        for damaged in bits:
            path.write_bytes(damaged)
            with pytest.raises(Refused):
                refresh(FolderShelf(folder), past.hall.pinned, past.back, T0)
        path.write_bytes(whole)
    assert load(FolderShelf(folder), past.hall.pinned) is not None


def test_a_shelf_from_before_there_were_marks_is_held_to_its_index(past: Past, shelf: MemoryShelf) -> None:
    mark = shelf.items.pop("mark")
    with pytest.raises(RolledBack):
        refresh(shelf, past.hall.pinned, past.back, T0)
    refresh(shelf, past.hall.pinned, past.hall.fetch, T0)
    assert shelf.items["mark"] == mark


def test_who_is_handed_the_root_of_a_hall_made_anew_starts_anew(past: Past, shelf: MemoryShelf) -> None:
    anew = Hall()
    assert refresh(shelf, anew.pinned, anew.fetch, T0).index.version == 1
    assert load(shelf, anew.pinned) is not None


def test_who_is_handed_a_later_root_of_the_same_hall_is_not_led_back(past: Past, shelf: MemoryShelf) -> None:
    rolled_over(past)
    past.hall.served = {**past.before, "root/2": past.hall.served["root/2"]}
    with pytest.raises(Refused):
        refresh(shelf, past.hall.root, past.hall.fetch, T0)


@pytest.fixture
def mark() -> Mark:
    return Mark(pinned=digest(b"root"), root=2, version=7, iat=T0, index=digest(b"index"))


def test_a_mark_is_read_as_it_was_written_and_not_with_one_bit_changed(mark: Mark) -> None:
    assert Mark.read(mark.encode()) == mark
    for damaged in (*flipped(mark.encode()), mark.encode()[:-1], mark.encode() + b"\0", b""):
        with pytest.raises(Malformed):
            Mark.read(damaged)


@pytest.mark.parametrize(
    "change",
    [
        {"root": 1, "version": 8},
        {"version": 6},
        {"index": digest(b"another")},
        {"version": 8, "index": digest(b"another"), "iat": T0 - 1},
    ],
)
def test_every_step_back_is_refused(mark: Mark, change: dict[str, object]) -> None:
    mark.never_back(mark)
    mark.never_back(mark.model_copy(update={"root": 3, "version": 8, "index": digest(b"another")}))
    with pytest.raises(RolledBack):
        mark.never_back(mark.model_copy(update=change))
