"""One bit a certificate, in the form of the Token Status List, and nothing that only looks like it."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
import zlib
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed, Refused
from certificates.documents import STATUS, opened
from certificates.keys import FileKey, point
from certificates.status import BITS, SIZE, make_status, packed, place, read
from tests.certificates.hall_stand import DAY, HOST, T0

KEY = FileKey.fresh()

DRAFT_ONES = (0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345)
DRAFT_LST = bytes.fromhex(
    "78daeddc010dc0200c0041a88249400ad2903e0f4bba00bd93f002beb7a2a2010000a91e09000000000000000000000000000000"
    "80729604000000000000000000000000000000000000000000000000000000000000000000000000000000005c6f480000000000"
    "0000fc2c240000000000000000000000be1b12000000000000000000ecaa4b000000000000000000000000000000009b0b090000"
    "0000000000000038de9400000000000000002a30cc010000000080642f0bd8011b"
)
"""IETF draft-ietf-oauth-status-list, appendix C.1: 2^20 entries of one bit."""


def payload(**changed: Any) -> dict[Any, Any]:
    said = {2: f"https://{HOST}/lists/status/3", 4: T0 + DAY, 6: T0, 65534: 3600}
    said[65533] = {"bits": 1, "lst": DRAFT_LST}
    return said | {int(key[1:]): value for key, value in changed.items()}


def lst(data: bytes) -> dict[str, Any]:
    return {"bits": 1, "lst": data}


def test_bits_are_packed_as_the_draft_shows() -> None:
    ones = [bit for bit, value in enumerate([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]) if value]
    assert packed(2, ones) == bytes.fromhex("b9a3")
    assert zlib.decompress(bytes.fromhex("78dadbb918000217015d")) == packed(2, ones)


def test_the_drafts_own_list_reads_as_the_draft_says() -> None:
    bits = read(payload(), HOST, 3)
    assert [bit for bit in range(BITS) if bits[bit]] == list(DRAFT_ONES)
    assert packed(SIZE, DRAFT_ONES) == zlib.decompress(DRAFT_LST)


def test_what_was_made_reads_back() -> None:
    revoked = {0, 7, 8, 123_456, BITS - 1}
    data = make_status(HOST, 5, revoked, T0, T0 + DAY, 3600, KEY)
    bits = read(opened(STATUS, data, KEY.public(), HOST), HOST, 5)
    assert {bit for bit in range(BITS) if bits[bit]} == revoked
    assert data == make_status(HOST, 5, sorted(revoked), T0, T0 + DAY, 3600, KEY)


def test_a_million_certificates_with_one_in_a_hundred_revoked_take_20_kb() -> None:
    revoked = random.Random(7).sample(range(1_000_000), 10_000)
    assert len(make_status(HOST, 0, revoked, T0, T0 + DAY, 3600, KEY)) <= 20_000


def test_an_index_is_list_and_bit() -> None:
    assert place(0) == (0, 0)
    assert place(2**20 - 1) == (0, 2**20 - 1)
    assert place(2**27 - 1) == (127, 2**20 - 1)


@pytest.mark.parametrize("bit", [-1, BITS])
def test_a_bit_outside_the_list_is_no_status(bit: int) -> None:
    with pytest.raises(IndexError):
        read(payload(), HOST, 3)[bit]


BAD_STREAMS = {
    "empty": b"",
    "not zlib": b"\0" * 40,
    "raw deflate": zlib.compress(bytes(SIZE))[2:-4],
    "gzip": zlib.compress(bytes(SIZE), wbits=31),
    "one byte short": zlib.compress(bytes(SIZE - 1)),
    "one byte more": zlib.compress(bytes(SIZE + 1)),
    "a bomb": zlib.compress(bytes(50_000_000), 9),
    "cut short": zlib.compress(bytes(SIZE))[:-1],
    "wrong checksum": zlib.compress(bytes(SIZE))[:-1] + b"\x77",
    "something behind it": zlib.compress(bytes(SIZE)) + b"\0",
    "two streams": zlib.compress(bytes(SIZE)) * 2,
}


@pytest.mark.parametrize("name", BAD_STREAMS)
def test_anything_but_exactly_one_list_of_bits_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        read(payload(_65533=lst(BAD_STREAMS[name])), HOST, 3)


def test_a_bomb_costs_no_memory() -> None:
    bomb = payload(_65533=lst(zlib.compress(bytes(50_000_000), 9)))
    tracemalloc.start()
    try:
        with pytest.raises(Malformed):
            read(bomb, HOST, 3)
        assert tracemalloc.get_traced_memory()[1] < 4 * SIZE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "said",
    [
        payload(_2=f"https://{HOST}/lists/status/4"),
        payload(_2=f"https://{HOST}/lists/status/03"),
        payload(_2=f"http://{HOST}/lists/status/3"),
        payload(_2="https://other.example/lists/status/3"),
        payload(_2=f"https://{HOST}/lists/status/3?"),
        payload(_4=T0),
        payload(_4=T0 - 1),
        payload(_4=2**32),
        payload(_6=0),
        payload(_6=-1),
        payload(_6=True),
        payload(_65534=0),
        payload(_65534=True),
        payload(_65534=None),
        payload(_1="more"),
        payload(_65533=lst(DRAFT_LST) | {"bits": 2}),
        payload(_65533=lst(DRAFT_LST) | {"bits": True}),
        payload(_65533=lst(DRAFT_LST) | {"aggregation_uri": "https://x"}),
        payload(_65533={"bits": 1}),
        payload(_65533=DRAFT_LST),
        {},
    ],
)
def test_a_claim_out_of_place_is_refused(said: dict[Any, Any]) -> None:
    with pytest.raises(Malformed):
        read(said, HOST, 3)


@given(st.binary(max_size=200))
def test_no_stream_of_bytes_does_harm(data: bytes) -> None:
    with pytest.raises(Malformed):
        read(payload(_65533=lst(data)), HOST, 3)


def test_a_list_that_no_verifier_would_take_is_never_signed() -> None:
    with pytest.raises(Refused):
        make_status(HOST, 0, (), T0, T0, 3600, KEY)
    with pytest.raises(Refused):
        make_status(HOST, 128, (), T0, T0 + DAY, 3600, KEY)
    with pytest.raises(IndexError):
        make_status(HOST, 0, (BITS,), T0, T0 + DAY, 3600, KEY)


def test_it_is_a_cwt_that_plain_cose_tools_verify() -> None:
    """RFC 9052, section 4.4, by hand."""
    tag = cbor2.loads(make_status(HOST, 0, {9}, T0, T0 + DAY, 3600, KEY))
    protected, unprotected, claims, signature = tag.value
    assert (tag.tag, dict(unprotected)) == (18, {})
    header = cbor2.loads(protected)
    assert header == {1: -7, 4: hashlib.sha256(point(KEY.public())).digest()[:8], 16: "application/statuslist+cwt"}
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    signed = cbor2.dumps(["Signature1", protected, b"", claims])
    KEY.public().verify(der, signed, ec.ECDSA(hashes.SHA256()))
    said = cbor2.loads(claims)
    assert said[2] == f"https://{HOST}/lists/status/0"
    assert zlib.decompress(said[65533]["lst"])[1] == 2
