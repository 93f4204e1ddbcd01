"""Whose word the lists are: the root that is followed, and who may say what under it."""

from __future__ import annotations

import pytest

from certificates import holding
from certificates.cbor import Malformed
from certificates.cose import WrongSignature
from certificates.documents import OtherHost
from certificates.holding import Expired, load, refresh
from certificates.keys import FileKey
from certificates.lists import Lists, make_index
from certificates.root import first, made
from certificates.shards import make_entry
from tests.certificates.hall_stand import DAY, HOST, T0, Hall, MemoryShelf
from tests.certificates.held import KID, refused


def test_the_root_rolls_over_with_consent_and_the_lists_with_it(hall: Hall, shelf: MemoryShelf) -> None:
    hall.keys["lists"] = FileKey.fresh()
    hall.roll_over(FileKey.fresh())
    hall.publish(T0 + 60)
    hall.roll_over()
    hall.publish(T0 + 120)
    lists = refresh(shelf, hall.pinned, hall.fetch, T0)
    assert lists.root.version == 3
    held = load(shelf, hall.pinned)
    assert held is not None
    assert held.root.data == hall.root.data
    assert refresh(shelf, hall.pinned, hall.fetch, T0).index == lists.index
    assert hall.asked[-2:] == ["root/4", "index"]


def test_a_root_that_did_not_consent_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    new = FileKey.fresh()
    hall.served["root/2"] = made(2, HOST, T0, T0 + DAY, hall.public(), new)
    refused(shelf, hall, WrongSignature)


def test_a_kiosk_does_not_go_back_behind_a_root_it_has_seen(hall: Hall, shelf: MemoryShelf) -> None:
    before = dict(hall.served)
    hall.roll_over(FileKey.fresh())
    hall.publish()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    hall.served = before
    refused(shelf, hall, Malformed)


def test_an_index_of_the_root_before_is_refused(hall: Hall, shelf: MemoryShelf) -> None:
    hall.roll_over()
    refused(shelf, hall, Malformed)


def test_a_new_lists_key_ends_the_old_one(hall: Hall, shelf: MemoryShelf) -> None:
    stolen = hall.keys["lists"]
    hall.keys["lists"] = FileKey.fresh()
    hall.roll_over()
    hall.publish()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    hall.version += 1
    hall.served["index"] = make_index(hall.index(hall.served), stolen)
    refused(shelf, hall, WrongSignature)


def test_who_pins_a_later_root_starts_from_there(hall: Hall) -> None:
    hall.roll_over(FileKey.fresh())
    hall.publish()
    shelf = MemoryShelf()
    assert refresh(shelf, first(hall.served["root/2"]), hall.fetch, T0).root.version == 2
    assert load(shelf, first(hall.served["root/2"])) is not None
    assert load(shelf, hall.pinned) is None  # the way from version 1 was never fetched
    assert refresh(shelf, hall.pinned, hall.fetch, T0).root.version == 2
    assert load(shelf, hall.pinned) is not None


def test_past_its_end_a_root_certifies_nothing_more(hall: Hall, shelf: MemoryShelf) -> None:
    end = hall.root.exp
    held = load(shelf, hall.pinned)
    assert held is not None
    assert [held.expired(now) for now in (end - 1, end)] == [False, True]
    refused(shelf, hall, Expired, end)


def test_a_root_that_ended_is_followed_by_one_that_did_not(hall: Hall, shelf: MemoryShelf) -> None:
    end = hall.root.exp
    hall.roll_over()
    hall.publish()
    assert not refresh(shelf, hall.pinned, hall.fetch, end).expired(end)


def test_roots_without_end_are_not_followed(hall: Hall) -> None:
    for _ in range(holding.ROOTS + 1):
        hall.roll_over()
    hall.publish()
    with pytest.raises(Malformed, match="too many roots"):
        refresh(MemoryShelf(), hall.pinned, hall.fetch, T0)


# Who may say what


def test_lists_of_another_hall_are_refused(hall: Hall, shelf: MemoryShelf) -> None:
    other = Hall(host="other.example", root_key=hall.root_key, keys=hall.keys, version=9)
    hall.served = other.served
    refused(shelf, hall, OtherHost)


@pytest.mark.parametrize("kind", ["kiosks", "templates", "technicians", "updates"])
def test_an_index_by_another_kind_of_key_is_refused(hall: Hall, shelf: MemoryShelf, kind: str) -> None:
    hall.version += 1
    hall.served["index"] = make_index(hall.index(hall.served), hall.keys[kind])
    refused(shelf, hall, WrongSignature)


@pytest.mark.parametrize("signer", ["lists", "templates", "technicians", "updates"])
def test_whoever_holds_the_lists_key_cannot_make_a_kiosk(hall: Hall, shelf: MemoryShelf, signer: str) -> None:
    kid = bytes.fromhex("17ffffff")
    thief = FileKey.fresh()
    hall.entries[kid] = make_entry(HOST, kid, thief.public(), "K-0203", T0, T0 + DAY, hall.keys[signer])
    hall.publish()
    refused(shelf, hall, WrongSignature)
    lists = Lists.read(hall.root, hall.served)
    assert lists.key(kid) is None
    assert lists.key(KID) is not None


def test_templates_by_the_lists_key_are_refused(hall: Hall, shelf: MemoryShelf) -> None:
    hall.keys["templates"] = hall.keys["lists"]
    hall.publish()
    refused(shelf, hall, WrongSignature)
