"""Lists are kept up to date, and never go back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from certificates import holding
from certificates.cbor import Malformed, Refused
from certificates.cose import WrongSignature
from certificates.documents import OtherHost
from certificates.holding import Expired, Fetch, RolledBack, load, refresh
from certificates.keys import FileKey, point
from certificates.lists import Lists, Missing, OtherDocument, make_index, make_shard
from certificates.root import first, made
from certificates.shards import make_entry
from certificates.shelf import FolderShelf
from tests.certificates.hall_stand import DAY, HOST, T0, TEMPLATE, Hall, MemoryShelf

KID = bytes.fromhex("17616263")
OTHER_KID = bytes.fromhex("18616263")


@pytest.fixture
def shelf(hall: Hall) -> MemoryShelf:
    """What a kiosk holds after its first refresh."""
    hall.kiosk_key(KID)
    hall.kiosk_key(OTHER_KID)
    hall.cut(KID, b"a message")
    hall.publish()
    shelf = MemoryShelf()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    hall.asked.clear()
    return shelf


def refused(shelf: MemoryShelf, hall: Hall, why: type[Exception], now: int = T0) -> None:
    """A refresh that fails so and leaves everything as it was."""
    before = dict(shelf.items)
    with pytest.raises(why):
        refresh(shelf, hall.pinned, hall.fetch, now)
    assert shelf.items == before
    assert load(shelf, hall.pinned) is not None


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


# Roots


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


# A hall that fails, a shelf that fails


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
