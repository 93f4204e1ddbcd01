"""Small codes that would like to be large."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from typing import Final

import pytest

from certificates.cbor import encoded
from certificates.verdict import Reason
from tests.certificates.cases.wire import raw
from tests.certificates.office import CLAIMS, claim_map, deflated, judged, paper, sign_map, sign_payload, text

GOOD = CLAIMS.encode()
SLOW_S: Final = 0.25
"""Far more than a check takes, far less than a bomb wants."""

ROOM: Final = 128 * 1_024
"""Bytes that a check may take; 480 of deflate can hold half a million."""


def cheap(scanned: str) -> Reason:
    """The reason; within bounds of time and memory."""
    judged(paper())  # what is loaded once is not the bomb's
    tracemalloc.start()
    began = time.monotonic()
    verdict = judged(scanned)
    took = time.monotonic() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < SLOW_S
    assert peak < ROOM
    assert verdict.content is None
    return verdict.reason


def test_a_stream_that_inflates_a_thousandfold_is_stopped_at_the_limit() -> None:
    for size in (1_025, 65_536, 200_000, 350_000):
        payload = deflated(bytes(size))
        assert cheap(text(sign_payload(payload))) is Reason.MALFORMED


def test_empty_blocks_without_end_are_no_stream() -> None:
    assert cheap(text(sign_payload(b"\x00\x00\x00\xff\xff" * 70))) is Reason.MALFORMED


def test_claims_padded_within_the_limit_are_not_ours_either() -> None:
    assert cheap(text(sign_payload(deflated(GOOD + bytes(700))))) is Reason.MALFORMED


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x9b\x00\x00\x00\x00\x7f\xff\xff\xff",
        b"\xbb\x00\xff\xff\xff\xff\xff\xff\xff",
        b"\x5b\x00\x00\x00\x7f\xff\xff\xff\xff",
        b"\x7b\x00\x00\x00\x7f\xff\xff\xff\xff",
        b"\x81" * 450,
        b"\xa1\x00" * 220,
        b"\xd2" * 450,
        b"\x9f" * 450,
        b"\x5f" + b"\x41\x00" * 200,
        b"\xc5\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x19\x03\xe8",
        b"\xc4\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x19\x03\xe8",
        b"\xd8\x1e\x82\xc2\x58\x40" + b"\xff" * 64 + b"\x01",
        b"\xd8\x1c\x82\xd8\x1d\x00\xd8\x1d\x00",
        b"\xd8\x23\x78\x1f((((a{1,999}){1,999}){1,999}))b",
        b"\xd8\x24\x78\x20" + b"Content-Type: multipart/mixed;\n\n",
        b"\xc0\x74" + b"9999-99-99T99:99:99Z",
        b"\xd9\x01\x02" + b"\x98\xff" + bytes(255),
    ],
    ids=lambda bomb: bomb[:6].hex(),
)
def test_a_cbor_bomb_costs_nothing_wherever_it_stands(bomb: bytes) -> None:
    assert cheap(text(bomb)) is Reason.MALFORMED
    assert cheap(text(b"\xd2\x84" + bomb[:470])) is Reason.MALFORMED
    assert cheap(text(raw(bomb[:128]))) is Reason.MALFORMED
    assert cheap(text(sign_payload(deflated(bomb)))) is Reason.MALFORMED


def test_a_key_that_stands_twice_is_refused_at_every_level() -> None:
    twice = b"\xa6" + GOOD[1:7] + GOOD[1:]
    assert cheap(text(sign_payload(deflated(twice)))) is Reason.MALFORMED
    assert (
        cheap(text(raw(b"\xa4\x01\x26" + encoded({1: -7, 4: b"\x0a\x00\x00\x01", 16: "GC1"})[1:]))) is Reason.MALFORMED
    )
    assert cheap(text(raw(unprotected=b"\xa2\x01\x26\x01\x26"))) is Reason.MALFORMED


def test_bytes_behind_the_claims_or_the_stream_are_refused() -> None:
    for payload in (
        deflated(GOOD + b"\xf6"),
        deflated(GOOD) + b"\x00",
        deflated(GOOD) + deflated(GOOD),
        zlib.compress(GOOD),
        GOOD,
    ):
        assert cheap(text(sign_payload(payload))) is Reason.MALFORMED


def test_a_message_is_480_bytes_and_a_code_1200_digits_at_most() -> None:
    longest = raw(payload=bytes(480 - len(raw(payload=bytes(300))) + 300))
    assert len(longest) == 480
    assert judged(text(longest)).reason is Reason.MALFORMED  # well signed, but nothing that inflates
    assert cheap(text(raw(payload=bytes(481 - len(raw(payload=bytes(300))) + 300)))) is Reason.MALFORMED
    assert cheap(paper().split("#")[0] + "#" + "1" * 1_201) is Reason.MALFORMED
    assert cheap("9" * 10_000_000) is Reason.SHAPE


def test_the_same_claims_deflated_otherwise_by_the_real_key_are_as_good() -> None:
    """Nobody but the key's holder can do it, so nothing is won by refusing it."""
    stored = zlib.compressobj(0, zlib.DEFLATED, -15)
    payload = stored.compress(GOOD) + stored.flush()
    assert payload != deflated(GOOD)
    assert judged(text(sign_payload(payload))).content == judged(paper()).content


def test_an_unlimited_number_of_fields_is_refused() -> None:
    assert cheap(text(sign_map(claim_map(fields=[None] * 900)))) is Reason.MALFORMED
