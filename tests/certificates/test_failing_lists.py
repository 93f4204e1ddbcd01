"""A hall that fails and a shelf that fails leave the lists whole, or there are none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pytest

from certificates import holding
from certificates.cbor import Malformed, Refused
from certificates.holding import Fetch, load, refresh
from certificates.lists import Missing, make_index, make_shard
from tests.certificates.hall_stand import HOST, T0, Hall, MemoryShelf
from tests.certificates.held import refused


@pytest.mark.parametrize("name", ["index", "keys/24", "status/0", "templates"])
def test_what_the_hall_does_not_have_is_missing(hall: Hall, shelf: MemoryShelf, name: str) -> None:
    hall.kiosk_key(bytes.fromhex("18ffffff"))
    hall.revoked[0].add(3)
    hall.publish()
    shelf.items.pop("templates")
    del hall.served[name]
    before = dict(shelf.items)
    with pytest.raises(Missing):
        refresh(shelf, hall.pinned, hall.fetch, T0)
    assert shelf.items == before


def cut_after(answers: int, hall: Hall) -> Fetch:
    left = iter(range(answers))

    def fetch(address: str) -> bytes | None:
        if next(left, None) is None:
            raise ConnectionError
        return hall.fetch(address)

    return fetch


def test_a_line_cut_at_any_question_changes_nothing(hall: Hall, shelf: MemoryShelf) -> None:
    hall.kiosk_key(bytes.fromhex("18ffffff"))
    hall.revoked[0].add(3)
    hall.roll_over()
    hall.publish()
    for answers in range(5):
        before = dict(shelf.items)
        with pytest.raises(ConnectionError):
            refresh(shelf, hall.pinned, cut_after(answers, hall), T0)
        assert shelf.items == before
    assert refresh(shelf, hall.pinned, hall.fetch, T0).root.version == 2


@pytest.mark.parametrize("name", ["index", "keys/23", "status/0", "cut/17616263", "templates"])
@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: bytes(len(data))])
def test_damage_on_the_shelf_is_no_lists_and_is_mended(
    hall: Hall, shelf: MemoryShelf, name: str, damage: Callable[[bytes], bytes]
) -> None:
    whole = dict(shelf.items)
    shelf.items[name] = damage(shelf.items[name])
    assert load(shelf, hall.pinned) is None
    refresh(shelf, hall.pinned, hall.fetch, T0)
    assert hall.asked == ["root/2", "index"] + ([name] if name != "index" else [])
    assert shelf.items == whole


def test_a_missing_document_is_no_lists(hall: Hall, shelf: MemoryShelf) -> None:
    for name in shelf.items.keys() & hall.served:
        data = shelf.items.pop(name)
        assert load(shelf, hall.pinned) is None
        shelf.items[name] = data
    assert load(shelf, hall.pinned) is not None


def test_lists_that_change_while_they_are_read_are_read_again(hall: Hall, shelf: MemoryShelf) -> None:
    hall.revoked[0].add(3)
    hall.publish()

    class Changing(MemoryShelf):
        """Somebody else refreshes just after the index was read."""

        changed = False

        def get(self, name: str) -> bytes | None:
            data = super().get(name)
            if name == "index" and not self.changed:
                self.changed = True
                refresh(self, hall.pinned, hall.fetch, T0)
            return data

    changing = Changing()
    changing.items = dict(shelf.items)
    held = load(changing, hall.pinned)
    assert held is not None
    assert held.status(3) is True


def test_a_shelf_that_cannot_be_written_leaves_what_it_had(hall: Hall, shelf: MemoryShelf) -> None:
    class Full(MemoryShelf):
        def put(self, items: Mapping[str, bytes], drop: Collection[str]) -> None:
            raise OSError(28, "No space left on device")

    full = Full()
    full.items = dict(shelf.items)
    hall.publish(T0 + 60)
    with pytest.raises(OSError, match="No space"):
        refresh(full, hall.pinned, hall.fetch, T0)
    held = load(full, hall.pinned)
    assert held is not None
    assert held.iat == T0


def test_more_than_a_verifier_can_hold_is_refused(
    hall: Hall, shelf: MemoryShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "MOST", 2_000)
    hall.kiosk_key(bytes.fromhex("18ffffff"))
    hall.publish()
    refused(shelf, hall, Malformed)


@pytest.mark.parametrize("name", ["root/2", "index", "keys/24", "status/0"])
def test_whatever_the_hall_answers_nothing_but_a_refusal_comes_of_it(hall: Hall, shelf: MemoryShelf, name: str) -> None:
    hall.kiosk_key(bytes.fromhex("18ffffff"))
    hall.revoked[0].add(3)
    hall.publish()
    for answer in (b"", b"\0", b"<html>", bytes(3_000_000), b"\x9f" * 1_000, b"\xd2\x84", hall.served["templates"]):
        hall.served[name] = answer
        refused(shelf, hall, Refused)


def test_a_shard_out_of_order_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    kids = [bytes.fromhex("20000001"), bytes.fromhex("20000002")]
    for kid in kids:
        hall.kiosk_key(kid)
    first_entry, second_entry = (hall.entries.pop(kid) for kid in kids)
    for entries in ({kids[0]: second_entry, kids[1]: first_entry}, {kids[0]: first_entry, kids[1]: first_entry}):
        hall.served["keys/32"] = make_shard(HOST, 32, entries, hall.keys["lists"])
        hall.version += 1
        hall.served["index"] = make_index(hall.index(hall.served), hall.keys["lists"])
        refused(shelf, hall, Malformed)


def test_a_shard_of_another_number_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    hall.served["keys/32"] = hall.served["keys/24"]
    hall.version += 1
    hall.served["index"] = make_index(hall.index(hall.served), hall.keys["lists"])
    refused(shelf, hall, Malformed)
