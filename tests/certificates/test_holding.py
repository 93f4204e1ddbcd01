"""Lists are kept up to date, and never go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from certificates.holding import RolledBack, load, refresh
from certificates.keys import point
from certificates.lists import OtherDocument
from certificates.shelf import FolderShelf
from tests.certificates.hall_stand import DAY, T0, TEMPLATE, Hall, MemoryShelf
from tests.certificates.held import KID, OTHER_KID, refused


def test_what_was_fetched_is_held_the_next_day_without_a_network(hall: Hall) -> None:
    key = hall.kiosk_key(KID)
    hall.revoked = {0: {5}, 2: set()}
    hall.cut(KID, b"a message")
    hall.publish()
    shelf = MemoryShelf()
    fresh = refresh(shelf, hall.pinned, hall.fetch, T0)
    held = load(shelf, hall.pinned)
    for lists in (fresh, held):
        assert lists is not None
        found = lists.key(KID)
        assert found is not None
        assert point(found.key) == point(key.public())
        assert [lists.status(index) for index in (5, 6, 2**20, 2 * 2**20)] == [True, False, None, False]
        assert lists.template(1, 1) == TEMPLATE
        assert lists.template(1, 2) is None
        cut = lists.cut(KID)
        assert cut is not None
        assert len(cut.known) == 1
        assert lists.cut(OTHER_KID) is None
        assert (lists.host, lists.iat, lists.index.next, lists.expired(T0)) == (hall.host, T0, T0 + DAY, False)


def test_an_empty_shelf_holds_no_lists(hall: Hall, tmp_path: Path) -> None:
    assert load(MemoryShelf(), hall.pinned) is None
    assert load(FolderShelf(tmp_path), hall.pinned) is None


def test_a_folder_holds_what_memory_holds(hall: Hall, tmp_path: Path) -> None:
    hall.kiosk_key(KID)
    hall.publish()
    refresh(FolderShelf(tmp_path), hall.pinned, hall.fetch, T0)
    held = load(FolderShelf(tmp_path), hall.pinned)
    assert held is not None
    assert held.key(KID) is not None


def test_nothing_new_is_two_questions_and_no_writing(hall: Hall, shelf: MemoryShelf) -> None:
    refresh(shelf, hall.pinned, hall.fetch, T0)
    assert hall.asked == ["root/2", "index"]
    assert shelf.puts == 1


def test_only_what_changed_is_fetched_and_what_is_gone_is_dropped(hall: Hall, shelf: MemoryShelf) -> None:
    hall.kiosk_key(bytes.fromhex("18ffffff"))
    hall.cuts.clear()
    hall.publish(T0 + 60)
    lists = refresh(shelf, hall.pinned, hall.fetch, T0)
    assert hall.asked == ["root/2", "index", "keys/24"]
    assert lists.cut(KID) is None
    assert set(shelf.items) == {"index", "mark", "templates", "keys/23", "keys/24", "status/0"}


def test_a_revocation_arrives_with_the_next_list(hall: Hall, shelf: MemoryShelf) -> None:
    hall.revoked[0].add(77)
    hall.publish()
    assert refresh(shelf, hall.pinned, hall.fetch, T0).status(77) is True
    held = load(shelf, hall.pinned)
    assert held is not None
    assert held.status(77) is True


# Roll-back


def test_an_older_index_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    old = dict(hall.served)
    hall.publish()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    hall.served = old
    refused(shelf, hall, RolledBack)


def test_two_indices_of_one_version_are_refused(hall: Hall, shelf: MemoryShelf) -> None:
    hall.version -= 1
    hall.publish(T0 + 60)
    refused(shelf, hall, RolledBack)


def test_a_newer_index_with_an_earlier_time_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    hall.publish(T0 - 1)
    refused(shelf, hall, RolledBack)


def test_going_back_is_refused_also_when_something_held_is_damaged(hall: Hall, shelf: MemoryShelf) -> None:
    old = dict(hall.served)
    hall.publish(T0 + 60)
    refresh(shelf, hall.pinned, hall.fetch, T0)
    shelf.items["templates"] = b"damaged"
    assert load(shelf, hall.pinned) is None
    hall.served = old
    with pytest.raises(RolledBack):
        refresh(shelf, hall.pinned, hall.fetch, T0)


def test_an_old_shard_does_not_go_with_a_new_index(hall: Hall, shelf: MemoryShelf) -> None:
    old = hall.served["keys/23"]
    hall.kiosk_key(bytes.fromhex("17ffffff"))
    hall.publish()
    hall.served["keys/23"] = old
    refused(shelf, hall, OtherDocument)


def test_a_hall_that_publishes_while_it_is_asked_is_asked_once_more(hall: Hall, shelf: MemoryShelf) -> None:
    before = hall.version
    hall.kiosk_key(bytes.fromhex("17ffffff"))
    hall.publish()

    def fetch(address: str) -> bytes | None:
        data = hall.fetch(address)
        if address == "/lists/index" and hall.version == before + 1:
            hall.kiosk_key(bytes.fromhex("17fffffe"))
            hall.publish()
        return data

    assert refresh(shelf, hall.pinned, fetch, T0).index.version == before + 2


def test_an_old_status_list_does_not_go_with_a_new_index(hall: Hall, shelf: MemoryShelf) -> None:
    old = hall.served["status/0"]
    hall.revoked[0].add(1)
    hall.publish()
    hall.served["status/0"] = old
    refused(shelf, hall, OtherDocument)


def test_an_old_index_does_not_go_with_what_is_held_now(hall: Hall, shelf: MemoryShelf) -> None:
    old = shelf.items["index"]
    hall.revoked[0].add(1)
    hall.publish()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    shelf.items["index"] = old
    assert load(shelf, hall.pinned) is None
