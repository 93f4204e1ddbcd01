"""A signature is believed in exactly one form."""

from __future__ import annotations

import hashlib

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed, encoded, tagged
from certificates.cose import ORDER, Message, WrongSignature, low, message, parsed, protected_header, to_be_signed
from certificates.keys import FileKey, point, signed

KEY = FileKey.fresh()
KID = b"kid1"
PAYLOAD = b"what is said"
DATA = signed(KEY, KID, "GC1", PAYLOAD)
GOOD = parsed(DATA, 480)
PROTECTED = protected_header(KID, "GC1")
PRIME = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF


def r_and_s() -> tuple[int, int]:
    return int.from_bytes(GOOD.signature[:32]), int.from_bytes(GOOD.signature[32:])


def with_signature(r: int, s: int) -> Message:
    return Message(KID, "GC1", PAYLOAD, r.to_bytes(32) + s.to_bytes(32), PROTECTED)


def test_a_message_verifies_by_rfc_9052_and_plain_tools() -> None:
    tag = cbor2.loads(DATA)
    protected, unprotected, payload, signature = tag.value
    assert (tag.tag, dict(unprotected), payload) == (18, {}, PAYLOAD)
    assert cbor2.loads(protected) == {1: -7, 4: KID, 16: "GC1"}
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    structure = cbor2.dumps(["Signature1", protected, b"", payload])
    KEY.public().verify(der, structure, ec.ECDSA(hashes.SHA256()))
    assert structure == to_be_signed(protected, payload)


def test_rfc_6979_gives_the_signature_of_its_own_example() -> None:
    """RFC 6979, A.2.5, P-256 with SHA-256, message ``sample``."""
    private = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    r, s = FileKey(ec.derive_private_key(private, ec.SECP256R1())).sign(b"sample")
    assert r == 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
    assert s == 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
    assert s > ORDER // 2  # the one of the two that is not ours
    assert low(s) == ORDER - s


def test_the_same_words_give_the_same_signature() -> None:
    assert signed(KEY, KID, "GC1", PAYLOAD) == DATA


def test_of_the_two_that_fit_only_the_lower_is_good() -> None:
    for number in range(40):
        found = parsed(signed(KEY, KID, "GC1", bytes([number])), 480)
        found.check(KEY.public())
        r, s = int.from_bytes(found.signature[:32]), int.from_bytes(found.signature[32:])
        assert s <= ORDER // 2
        twin = Message(KID, "GC1", bytes([number]), r.to_bytes(32) + (ORDER - s).to_bytes(32), PROTECTED)
        with pytest.raises(WrongSignature):
            twin.check(KEY.public())


EDGES = (0, 1, 2, ORDER // 2, ORDER // 2 + 1, ORDER - 1, ORDER, ORDER + 1, PRIME - 1, PRIME, 2**256 - 1)


@pytest.mark.parametrize("edge", EDGES)
def test_numbers_at_the_edges_are_wrong_and_nothing_worse(edge: int) -> None:
    r, s = r_and_s()
    for numbers in ((edge, s), (r, edge), (edge, edge)):
        with pytest.raises(WrongSignature):
            with_signature(*numbers).check(KEY.public())


def test_r_and_s_of_a_signature_swapped_or_moved_by_the_order_are_wrong() -> None:
    r, s = r_and_s()
    for numbers in ((s, r), (r, s + ORDER) if s + ORDER < 2**256 else (s, s), ((r + 1) % ORDER, s), (r, s - 1)):
        with pytest.raises(WrongSignature):
            with_signature(*numbers).check(KEY.public())


def test_der_is_refused() -> None:
    der = encode_dss_signature(*r_and_s())
    with pytest.raises(Malformed):
        parsed(message(PROTECTED, PAYLOAD, der), 480)


@pytest.mark.parametrize("length", [0, 63, 65, 128])
def test_a_signature_has_64_bytes(length: int) -> None:
    with pytest.raises(Malformed):
        parsed(message(PROTECTED, PAYLOAD, bytes(length)), 480)


def test_another_key_did_not_sign_it() -> None:
    with pytest.raises(WrongSignature):
        GOOD.check(FileKey.fresh().public())


def test_every_flipped_bit_is_refused_and_nothing_else_happens() -> None:
    for bit in range(len(DATA) * 8):
        flipped = bytearray(DATA)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises((Malformed, WrongSignature)):
            parsed(bytes(flipped), 480).check(KEY.public())


def header(value: object) -> bytes:
    return encoded(tagged([encoded(value), {}, PAYLOAD, bytes(64)]))


@pytest.mark.parametrize(
    "value",
    [
        {},
        None,
        [],
        {1: -7},
        {1: -7, 4: KID},
        {1: -7, 16: "GC1"},
        {4: KID, 16: "GC1"},
        {1: -8, 4: KID, 16: "GC1"},
        {1: "ES256", 4: KID, 16: "GC1"},
        {1: None, 4: KID, 16: "GC1"},
        {1: -7, 4: "kid1", 16: "GC1"},
        {1: -7, 4: KID, 16: b"GC1"},
        {1: -7, 4: KID, 16: 1},
        {1: -7, 2: [16], 4: KID, 16: "GC1"},
        {1: -7, 4: KID, 16: "GC1", "zip": 1},
        {True: -7, 4: KID, 16: "GC1"},
    ],
)
def test_a_header_holds_algorithm_key_and_type_and_nothing_else(value: object) -> None:
    with pytest.raises(Malformed):
        parsed(header(value), 480)


@pytest.mark.parametrize(
    "value",
    [
        [],
        [PROTECTED, {}, PAYLOAD],
        [PROTECTED, {}, PAYLOAD, bytes(64), b""],
        [PROTECTED, {1: -7}, PAYLOAD, bytes(64)],
        [PROTECTED, [], PAYLOAD, bytes(64)],
        [PROTECTED, None, PAYLOAD, bytes(64)],
        [PROTECTED, {}, None, bytes(64)],
        [PROTECTED, {}, "text", bytes(64)],
        [b"", {}, PAYLOAD, bytes(64)],
        [PROTECTED, {}, PAYLOAD, [bytes(64)]],
        {},
        b"",
        18,
    ],
)
def test_anything_but_four_parts_in_their_form_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        parsed(encoded(tagged(value)), 480)


def test_a_message_without_its_tag_is_refused() -> None:
    for broken in (DATA[1:], b"\xd1" + DATA[1:], b"\xd2" + DATA, b"\xd8\x62" + DATA[1:]):
        with pytest.raises(Malformed):
            parsed(broken, 480)


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(Malformed):
        parsed(data, 480)


def test_payload_and_signature_do_not_show() -> None:
    assert "payload" not in repr(GOOD)
    assert "signature" not in repr(GOOD)
    assert hashlib.sha256(point(KEY.public())).hexdigest() not in repr(GOOD)
