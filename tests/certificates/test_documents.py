"""A document is believed when its type's one signer signed it for this hall, to the bit."""

from __future__ import annotations

from typing import Any

import pytest

from certificates import documents
from certificates.cbor import Malformed, Refused, encoded, tagged
from certificates.cose import WrongSignature, parsed, protected_header
from certificates.documents import CONSENT, CUT, INDEX, KEY, KEYS, KINDS, ROOT, STATUS, TEMPLATES, TYPES, OtherHost
from certificates.keys import FileKey, key_id, signed
from certificates.lists import digest, make_cut
from certificates.root import first, made
from certificates.shards import make_entry
from certificates.status import make_status
from tests.certificates.hall_stand import DAY, HOST, T0, Hall

SIGNER = FileKey.fresh()


def all_documents(hall: Hall) -> dict[str, bytes]:
    kid = bytes.fromhex("17616263")
    hall.kiosk_key(kid)
    hall.cut(kid, b"a message")
    hall.publish()
    consent = documents.issued(CONSENT, {"version": 2, "host": HOST, "root": b"r" * 64}, hall.root_key)
    return {
        ROOT: hall.root.data,
        CONSENT: consent,
        INDEX: hall.served["index"],
        KEY: hall.entries[kid],
        KEYS: hall.served["keys/23"],
        STATUS: hall.served["status/0"],
        CUT: hall.served["cut/17616263"],
        TEMPLATES: hall.served["templates"],
    }


def test_each_type_is_opened_by_its_own_signer_and_no_other(hall: Hall) -> None:
    keys = {"root": hall.root_key} | hall.keys
    for typ, data in all_documents(hall).items():
        for kind, key in keys.items():
            if kind == TYPES[typ].signer:
                documents.opened(typ, data, key.public(), HOST)
            else:
                with pytest.raises(WrongSignature):
                    documents.opened(typ, data, key.public(), HOST)


def test_no_type_passes_for_another(hall: Hall) -> None:
    for typ, data in all_documents(hall).items():
        for other in set(TYPES) - {typ}:
            with pytest.raises(Refused):
                hall.root.opened(other, data)


def test_a_document_of_another_hall_is_refused(hall: Hall) -> None:
    for typ, data in all_documents(hall).items():
        signer = TYPES[typ].signer
        key = hall.root_key if signer == "root" else hall.keys[signer]
        with pytest.raises(OtherHost):
            documents.opened(typ, data, key.public(), "other.example")


@pytest.mark.parametrize("typ", [each for each in TYPES if each != TEMPLATES])
def test_every_flipped_bit_is_refused_and_nothing_else_happens(hall: Hall, typ: str) -> None:
    data = all_documents(hall)[typ]
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises(Refused):
            hall.root.opened(typ, bytes(flipped))


def test_a_flipped_bit_in_the_templates_is_refused(hall: Hall) -> None:
    data = all_documents(hall)[TEMPLATES]
    for at in range(len(data)):
        flipped = data[:at] + bytes([data[at] ^ 1 << (at % 8)]) + data[at + 1 :]
        with pytest.raises(Refused):
            hall.root.opened(TEMPLATES, flipped)


def test_cut_short_or_followed_by_something_is_refused(hall: Hall) -> None:
    for typ, data in all_documents(hall).items():
        for broken in (data[:-1], data + b"\0", data + data, b""):
            with pytest.raises(Malformed):
                hall.root.opened(typ, broken)


def test_a_document_longer_than_its_type_may_be_is_refused_unread() -> None:
    for typ, kind in TYPES.items():
        with pytest.raises(Malformed, match="longer than"):
            documents.opened(typ, bytes(kind.limit + 1), SIGNER.public(), HOST)


def forged(payload: Any, typ: str = INDEX, kid: bytes | None = None) -> bytes:
    return signed(SIGNER, key_id(SIGNER.public()) if kid is None else kid, typ, encoded(payload))


@pytest.mark.parametrize("payload", [None, 1, "host", b"host", [], ["host", HOST], {}, {1: HOST}, {"host": [HOST]}])
def test_a_payload_that_names_no_hall_is_refused(payload: object) -> None:
    for typ in TYPES:
        with pytest.raises(Refused):
            documents.opened(typ, forged(payload, typ), SIGNER.public(), HOST)


def test_the_header_names_the_signer_in_eight_bytes(hall: Hall) -> None:
    assert len(parsed(hall.served["index"], 65_536).kid) == 8
    for kid in (b"", key_id(SIGNER.public())[:4], key_id(SIGNER.public()) + b"\0", key_id(FileKey.fresh().public())):
        with pytest.raises(WrongSignature):
            documents.opened(INDEX, forged({"host": HOST}, kid=kid), SIGNER.public(), HOST)


def test_a_document_without_tag_or_with_another_one_is_refused(hall: Hall) -> None:
    data = hall.served["index"]
    for broken in (data[1:], b"\xd1" + data[1:], b"\xd2" + data):
        with pytest.raises(Malformed):
            hall.root.opened(INDEX, broken)


def test_nothing_may_stand_in_the_unprotected_map(hall: Hall) -> None:
    message = parsed(hall.served["index"], 65_536)
    for extra in ({1: -7}, {4: b"kid"}, {"zip": 1}):
        data = encoded(tagged([message.protected, extra, message.payload, message.signature]))
        with pytest.raises(Malformed):
            hall.root.opened(INDEX, data)


@pytest.mark.parametrize("alg", [-8, -35, -37, 5, 0, None, "ES256"])
def test_another_algorithm_is_refused(alg: object) -> None:
    protected = encoded({1: alg, 4: key_id(SIGNER.public()), 16: INDEX})
    data = encoded(tagged([protected, {}, encoded({"host": HOST}), bytes(64)]))
    with pytest.raises(Malformed):
        documents.opened(INDEX, data, SIGNER.public(), HOST)


def test_a_true_in_the_header_is_not_a_one() -> None:
    protected = b"\xa3\xf5\x26" + protected_header(key_id(SIGNER.public()), INDEX)[3:]
    data = encoded(tagged([protected, {}, encoded({"host": HOST}), bytes(64)]))
    with pytest.raises(Malformed):
        documents.opened(INDEX, data, SIGNER.public(), HOST)


def test_nothing_is_signed_that_names_no_host_or_is_too_long() -> None:
    with pytest.raises(Malformed):
        documents.issued(INDEX, {"version": 1}, SIGNER)
    with pytest.raises(Malformed):
        documents.issued(KEY, {"host": HOST, "kiosk": "x" * 600}, SIGNER)


def test_documents_are_deterministic(hall: Hall) -> None:
    lists, kiosks = hall.keys["lists"], hall.keys["kiosks"]
    known = [digest(b"one"), digest(b"two")]
    assert make_cut(HOST, b"abcd", T0, known, lists) == make_cut(HOST, b"abcd", T0, known[::-1] * 2, lists)
    entry = (HOST, b"abcd", SIGNER.public(), "K-1", T0, T0 + DAY, kiosks)
    assert make_entry(*entry) == make_entry(*entry)
    assert make_status(HOST, 0, [1, 2], T0, T0 + DAY, 60, lists) == make_status(
        HOST, 0, [2, 1, 2], T0, T0 + DAY, 60, lists
    )
    keys = hall.public()
    assert made(1, HOST, T0, T0 + DAY, keys, hall.root_key) == made(
        1, HOST, T0, T0 + DAY, dict(reversed(keys.items())), hall.root_key
    )


def test_a_status_list_that_names_the_host_in_another_way_is_of_no_host() -> None:
    for subject in (f"https://{HOST}", f"{HOST}/lists/status/0", f"https://{HOST}@other.example/lists/status/0", ""):
        data = forged({2: subject}, STATUS)
        with pytest.raises(Refused):
            first_status(data)


def first_status(data: bytes) -> None:
    from certificates.status import read

    read(documents.opened(STATUS, data, SIGNER.public(), HOST), HOST, 0)


def test_every_kind_of_key_is_its_own(hall: Hall) -> None:
    for kind in KINDS:
        other = next(each for each in KINDS if each != kind)
        with pytest.raises(Malformed, match="two purposes"):
            made(1, HOST, T0, T0 + DAY, hall.public() | {kind: hall.keys[other].public()}, hall.root_key)
        with pytest.raises(Malformed, match="two purposes"):
            made(1, HOST, T0, T0 + DAY, hall.public() | {kind: hall.root_key.public()}, hall.root_key)
    assert first(hall.root.data).keys.keys() == set(KINDS)
