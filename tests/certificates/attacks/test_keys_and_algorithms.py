"""Signatures of the wrong kind, by the wrong key, or in a second form."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ed25519

from certificates.cbor import encoded
from certificates.cose import ORDER, protected_header, to_be_signed
from certificates.keys import key_id, point
from certificates.verdict import Reason, Result
from tests.certificates.cases.wire import HEADER, PAYLOAD, der, numbers, raw, whole
from tests.certificates.office import (
    KINDS,
    KIOSK,
    RETIRED,
    STOLEN,
    documents,
    judged,
    key,
    kiosk_key,
    known_of_the_stolen_kiosk,
    sign,
    sign_payload,
    text,
)


def reason(message: bytes) -> Reason:
    verdict = judged(text(message))
    assert verdict.content is None
    return verdict.reason


@pytest.mark.parametrize("algorithm", [None, 0, -8, -35, -36, -37, -47, -257, 5, "ES256", "none", True])
def test_the_algorithm_is_the_keys_and_never_the_messages_choice(algorithm: object) -> None:
    assert reason(raw(encoded({1: algorithm, 4: KIOSK, 16: "GC1"}))) is Reason.MALFORMED


def test_an_hmac_with_the_public_key_is_no_signature() -> None:
    header = encoded({1: 5, 4: KIOSK, 16: "GC1"})
    for protected in (header, HEADER):
        mac = hmac.HMAC(point(kiosk_key(KIOSK).public()), hashes.SHA256())
        mac.update(to_be_signed(protected, PAYLOAD))
        forged = raw(protected, signature=mac.finalize() * 2)
        assert judged(text(forged)).result is Result.FORGED


def test_an_ed25519_signature_is_none() -> None:
    own = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert reason(raw(signature=own.sign(to_be_signed(HEADER, PAYLOAD)))) is Reason.SIGNATURE


@pytest.mark.parametrize("kind", [*KINDS, f"kiosk {RETIRED.hex()}", f"kiosk {STOLEN.hex()}", "anybody's own"])
def test_no_other_key_signs_for_this_one(kind: str) -> None:
    assert reason(raw(key=key(kind))) is Reason.SIGNATURE


def test_a_kiosk_does_not_sign_in_the_name_of_another() -> None:
    assert reason(raw(protected_header(RETIRED, "GC1"), key=kiosk_key(KIOSK))) is Reason.SIGNATURE


def test_a_key_id_of_a_list_opens_nothing() -> None:
    assert reason(raw(protected_header(key_id(key("lists").public()), "GC1"), key=key("lists"))) is Reason.MALFORMED


@pytest.mark.parametrize("name", documents())
def test_no_signed_list_is_a_certificate(name: str) -> None:
    verdict = judged(text(documents()[name][:490]))
    assert (verdict.result, verdict.content) == (Result.FORGED, None)


def test_what_a_kiosk_signed_as_something_else_is_no_certificate() -> None:
    for typ in ("keting-key", "keting-index", "GC2", "", "gc1"):
        assert reason(sign_payload(PAYLOAD, typ=typ)) is Reason.MALFORMED


def test_a_der_signature_is_not_taken() -> None:
    assert reason(raw(signature=der(*numbers()))) is Reason.MALFORMED
    assert reason(raw(signature=der(*numbers())[:64])) is Reason.SIGNATURE


def test_of_the_twins_r_s_and_r_minus_s_one_is_good() -> None:
    r, s = numbers()
    assert raw(signature=whole(r, s)) == sign()
    assert reason(raw(signature=whole(r, ORDER - s))) is Reason.SIGNATURE


def test_the_twin_of_a_known_message_does_not_outlive_its_key() -> None:
    known = known_of_the_stolen_kiosk()
    short = "000G40R40M30E209"
    assert judged(text(known, short)).result is Result.VALID
    twin = known[:-32] + (ORDER - int.from_bytes(known[-32:])).to_bytes(32)
    assert judged(text(twin, short)).result is Result.FORGED


@pytest.mark.parametrize("r", [0, 1, ORDER - 1, ORDER, 2**256 - 1])
@pytest.mark.parametrize("s", [0, 1, ORDER // 2, ORDER - 1, ORDER, 2**256 - 1])
def test_numbers_at_the_edges_are_no_signature(r: int, s: int) -> None:
    assert reason(raw(signature=whole(r, s))) is Reason.SIGNATURE


def test_what_stands_outside_the_signature_is_refused_even_if_it_is_true() -> None:
    for unprotected in ({4: KIOSK}, {1: -7}, {"kid": KIOSK}, {99: 0}):
        assert reason(raw(unprotected=encoded(unprotected))) is Reason.MALFORMED


def test_bytes_behind_the_message_are_refused() -> None:
    for tail in (b"\x00", b"\xf6", sign()[:40]):
        assert reason(sign() + tail) is Reason.MALFORMED
