"""What is published reads back, and only what the format allows is published or read."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certificates.cbor import Malformed, Refused, encoded
from certificates.cose import WrongSignature
from certificates.documents import CUT, INDEX, KEY, KEYS
from certificates.keys import FileKey, key_id, point, signed
from certificates.lists import (
    Index,
    Lists,
    Missing,
    OtherDocument,
    digest,
    make_cut,
    make_entry,
    make_index,
    make_shard,
    make_templates,
    opened_index,
)
from certificates.shards import Shard
from tests.certificates.hall_stand import DAY, HOST, T0, TEMPLATE, Hall

KID = bytes.fromhex("17616263")
HASH = bytes(32)
EMPTY = (lambda hall: Lists.read(hall.root, hall.served))(Hall())


def by(key: FileKey, typ: str, payload: Any) -> bytes:
    """Signed without asking whether a verifier would take it."""
    return signed(key, key_id(key.public()), typ, encoded(payload))


def index_map(**changed: Any) -> dict[str, Any]:
    whole = {"version": 1, "host": HOST, "iat": T0, "next": T0 + DAY, "root": 1, "templates": HASH}
    return whole | {"shards": {23: HASH}, "status": {0: HASH}, "cuts": {KID: HASH}} | changed


# The index


def test_an_index_names_its_documents(hall: Hall) -> None:
    index = opened_index(hall.root, by(hall.keys["lists"], INDEX, index_map()))
    assert index.named() == {"templates": HASH, "keys/23": HASH, "status/0": HASH, "cut/17616263": HASH}
    assert opened_index(hall.root, make_index(index, hall.keys["lists"])) == index


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 0},
        {"version": True},
        {"version": "1"},
        {"version": 2**32},
        {"iat": 0},
        {"iat": None},
        {"next": T0},
        {"next": T0 - 1},
        {"root": 0},
        {"root": 2},
        {"templates": HASH[:31]},
        {"templates": HASH + b"\0"},
        {"templates": HASH.hex()},
        {"templates": None},
        {"shards": {256: HASH}},
        {"shards": {-1: HASH}},
        {"shards": {"23": HASH}},
        {"shards": {True: HASH}},
        {"shards": {23: b""}},
        {"shards": [HASH]},
        {"status": {128: HASH}},
        {"status": {-1: HASH}},
        {"status": {False: HASH}},
        {"status": {b"0": HASH}},
        {"cuts": {KID[:3]: HASH}},
        {"cuts": {KID + b"\0": HASH}},
        {"cuts": {KID.hex(): HASH}},
        {"cuts": {23: HASH}},
        {"cuts": {number.to_bytes(4): HASH for number in range(1_025)}},
        {"more": 1},
    ],
)
def test_an_index_out_of_form_is_refused(hall: Hall, changed: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        opened_index(hall.root, by(hall.keys["lists"], INDEX, index_map(**changed)))


@pytest.mark.parametrize("name", ["version", "iat", "next", "root", "shards", "status", "cuts", "templates"])
def test_an_index_says_everything(hall: Hall, name: str) -> None:
    without = {key: value for key, value in index_map().items() if key != name}
    with pytest.raises(Malformed):
        opened_index(hall.root, by(hall.keys["lists"], INDEX, without))


def test_the_largest_index_fits_its_limit(hall: Hall) -> None:
    full = index_map(
        host="h" * 253 + ":65535",
        version=2**32 - 1,
        shards=dict.fromkeys(range(256), HASH),
        status=dict.fromkeys(range(128), HASH),
        cuts={number.to_bytes(4): HASH for number in range(1_024)},
    )
    make_index(Index(**full), hall.keys["lists"])


def test_an_index_that_no_verifier_would_take_cannot_be_made() -> None:
    with pytest.raises(ValidationError):
        Index(**index_map(next=T0))


# Shards


def entry_map(**changed: Any) -> dict[str, Any]:
    key = point(FileKey.fresh().public())
    return {"host": HOST, "kid": KID, "key": key, "kiosk": "K-0203", "nbf": T0, "exp": T0 + DAY} | changed


def shard_of(hall: Hall, *entries: bytes, number: int = 23) -> Shard:
    data = by(hall.keys["lists"], KEYS, {"host": HOST, "shard": number, "keys": list(entries)})
    return Shard(hall.root, number, data)


def test_a_kiosks_key_is_found_by_its_kid(hall: Hall) -> None:
    key = FileKey.fresh().public()
    entries = {
        kid: make_entry(HOST, kid, key, "K-0203", T0, T0 + DAY, hall.keys["kiosks"])
        for kid in (b"\x17zzz", KID, b"\x17\0\0\0")
    }
    shard = Shard(hall.root, 23, make_shard(HOST, 23, entries, hall.keys["lists"]))
    shard.check()
    found = shard.key(KID)
    assert found is not None
    assert (found.kid, point(found.key), found.kiosk, found.nbf, found.exp) == (KID, point(key), "K-0203", T0, T0 + DAY)
    assert shard.key(b"\x17aaa") is None
    assert shard.key(b"") is None


def test_an_empty_shard_has_no_key(hall: Hall) -> None:
    shard = shard_of(hall)
    shard.check()
    assert shard.key(KID) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"kid": KID[:3]},
        {"kid": b"\x18abc"},
        {"key": bytes(64)},
        {"key": b"\x04" + bytes(64)},
        {"kiosk": ""},
        {"kiosk": "K" * 41},
        {"kiosk": b"K-0203"},
        {"nbf": T0 + DAY},
        {"nbf": T0 + DAY + 1},
        {"exp": T0},
        {"nbf": 0},
        {"nbf": True},
        {"exp": 2**32},
        {"host": "other.example"},
        {"alg": -7},
    ],
)
def test_an_entry_out_of_form_is_refused(hall: Hall, changed: dict[str, Any]) -> None:
    entry = by(hall.keys["kiosks"], KEY, entry_map(**changed))
    shard = shard_of(hall, entry)
    assert shard.key(KID) is None
    with pytest.raises(Refused):
        shard.check()


@pytest.mark.parametrize("changed", [{"host": "other.example"}, {"kiosk": ""}, {"nbf": T0 + DAY}])
def test_an_entry_out_of_form_leaves_its_neighbours_no_key(hall: Hall, changed: dict[str, Any]) -> None:
    own = by(hall.keys["kiosks"], KEY, entry_map())
    neighbour = entry_map(kid=b"\x17zzz")
    assert shard_of(hall, own, by(hall.keys["kiosks"], KEY, neighbour)).key(KID) is not None
    assert shard_of(hall, own, by(hall.keys["kiosks"], KEY, neighbour | changed)).key(KID) is None
    assert shard_of(hall, own, by(hall.keys["kiosks"], KEYS, neighbour)).key(KID) is None


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 100, bytes(512), b"\xd2\x84\x40\xa0\x40\x40"])
def test_a_shard_with_something_else_in_it_has_no_keys(hall: Hall, data: bytes) -> None:
    good = by(hall.keys["kiosks"], KEY, entry_map())
    shard = shard_of(hall, good, data)
    assert shard.key(KID) is None
    with pytest.raises(Refused):
        shard.check()


def test_the_same_kid_twice_is_refused(hall: Hall) -> None:
    entries = [by(hall.keys["kiosks"], KEY, entry_map()) for _ in range(2)]
    with pytest.raises(Malformed):
        shard_of(hall, *entries).check()


@pytest.mark.parametrize(
    "payload", [{"shard": 24}, {"shard": True}, {"shard": 256}, {"keys": {}}, {"keys": [b"x" * 513]}]
)
def test_a_shard_out_of_form_is_refused(hall: Hall, payload: dict[str, Any]) -> None:
    data = by(hall.keys["lists"], KEYS, {"host": HOST, "shard": 23, "keys": []} | payload)
    with pytest.raises(Malformed):
        Shard(hall.root, 23, data)


def test_what_no_verifier_would_take_is_never_signed(hall: Hall) -> None:
    lists, kiosks = hall.keys["lists"], hall.keys["kiosks"]
    key = FileKey.fresh().public()
    for arguments in (
        (HOST, b"abc", key, "K", T0, T0 + DAY),
        (HOST, KID, key, "", T0, T0 + DAY),
        (HOST, KID, key, "K", T0, T0),
        ("HALL", KID, key, "K", T0, T0 + DAY),
    ):
        with pytest.raises(Malformed):
            make_entry(*arguments, kiosks)
    entry = make_entry(HOST, KID, key, "K", T0, T0 + DAY, kiosks)
    with pytest.raises(Malformed):
        make_shard(HOST, 24, {KID: entry}, lists)
    with pytest.raises(Malformed):
        make_cut(HOST, KID, T0, [b"not a hash"], lists)
    with pytest.raises(Malformed):
        make_templates(HOST, [TEMPLATE, TEMPLATE], hall.keys["templates"])


def test_a_year_of_a_thousand_kiosks_is_100_kb_for_one_check(hall: Hall) -> None:
    """13,000 keys; the shard is the fullest of those that chance made of 1,000 kiosks."""
    chance = random.Random(3)
    fullest = max(Counter(chance.randrange(256) for _ in range(1_000)).values())
    assert fullest >= 10
    kids = [bytes([23]) + chance.randbytes(3) for _ in range(fullest * 13)]
    key = FileKey.fresh().public()
    entries = {kid: make_entry(HOST, kid, key, "K-0203", T0, T0 + 30 * DAY, hall.keys["kiosks"]) for kid in kids}
    shard = make_shard(HOST, 23, entries, hall.keys["lists"])
    everything = index_map(shards=dict.fromkeys(range(256), HASH))
    assert len(shard) + len(make_index(Index(**everything), hall.keys["lists"])) <= 100_000


# Cut lists


@pytest.mark.parametrize(
    "changed",
    [
        {"kid": b"\x17abd"},
        {"kid": KID.hex()},
        {"at": 0},
        {"known": sorted([digest(b"a"), digest(b"b")], reverse=True)},
        {"known": [digest(b"a"), digest(b"a")]},
        {"known": [digest(b"a")[:31]]},
        {"known": {}},
        {"known": [1]},
        {"more": 1},
    ],
)
def test_a_cut_list_out_of_form_is_refused(hall: Hall, changed: dict[str, Any]) -> None:
    served = dict(hall.served)
    served["cut/17616263"] = by(hall.keys["lists"], CUT, {"host": HOST, "kid": KID, "at": T0, "known": []} | changed)
    served["index"] = make_index(hall.index(served), hall.keys["lists"])
    with pytest.raises(Malformed):
        Lists.read(hall.root, served)


def test_a_cut_list_keeps_the_hashes_of_what_was_known(hall: Hall) -> None:
    hall.cut(KID, b"one", b"two", b"one")
    hall.publish()
    cut = Lists.read(hall.root, hall.served).cut(KID)
    assert cut is not None
    assert (cut.kid, cut.known) == (KID, frozenset((digest(b"one"), digest(b"two"))))


# All together


def test_a_document_left_out_or_exchanged_is_refused(hall: Hall) -> None:
    hall.kiosk_key(KID)
    hall.kiosk_key(b"\x18abc")
    hall.publish()
    for name in hall.served:
        with pytest.raises(Missing, match=name):
            Lists.read(hall.root, {other: data for other, data in hall.served.items() if other != name})
    for name in set(hall.served) - {"index"}:
        with pytest.raises(OtherDocument, match=name):
            Lists.read(hall.root, hall.served | {name: hall.served["index"]})
    with pytest.raises(OtherDocument):
        Lists.read(hall.root, hall.served | {"keys/23": hall.served["keys/24"], "keys/24": hall.served["keys/23"]})


def test_lists_by_the_keys_of_another_hall_are_refused(hall: Hall) -> None:
    with pytest.raises(WrongSignature):
        Lists.read(hall.root, Hall().served)


@given(index=st.integers(-(2**40), 2**40), kid=st.binary(max_size=9))
def test_any_question_has_an_answer(index: int, kid: bytes) -> None:
    assert EMPTY.status(index) is (False if 0 <= index < 2**20 else None)
    assert EMPTY.key(kid) is None
    assert EMPTY.cut(kid) is None
    assert (EMPTY.wording(index, index) is None) is (index != TEMPLATE.type)
    assert (EMPTY.template(index, index) is None) is (index != TEMPLATE.type)
