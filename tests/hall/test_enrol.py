"""A code opens the door once, for whoever holds the key they show."""

from __future__ import annotations

import base64
import hashlib
from base64 import b32decode
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall import enrol
from hall.models import EnrolmentCode, Kiosk
from hall.refusal import Refusal
from tests.hall.conftest import Counter
from tests.hall.terminal import enrolment


def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def ask(counter: Counter, body: Any) -> tuple[int, Any]:
    answer = counter.client.request("POST", "/v1/enrol", json=body)
    return answer.status_code, answer.json()


def test_a_code_carries_the_fingerprint_of_the_ca_that_is_served(counter: Counter) -> None:
    _, secret, fingerprint = counter.code().split("-")
    assert (len(secret), len(fingerprint)) == (26, 52)
    served = x509.load_pem_x509_certificate(counter.client.request("GET", "/v1/ca").content)
    assert b32decode(fingerprint + "====") == hashlib.sha256(served.public_bytes(Encoding.DER)).digest()


def test_an_enrolment_answers_all_a_kiosk_needs(counter: Counter) -> None:
    status, answer = ask(counter, enrolment(counter.code(), key()))
    assert status == 200
    assert answer["kiosk"] == "K-0201"
    assert (answer["number"], answer["epoch"], answer["place"]) == ("01", 1, {"zh": "东", "en": "East"})
    assert answer["url"] == "https://localhost:8443"
    assert answer["keys"]["bundle"] != answer["keys"]["reply"]
    assert len(base64.b64decode(answer["seal"])) == 32


def test_numbers_are_given_in_turn_also_while_codes_are_open(counter: Counter) -> None:
    codes = [counter.code() for _ in range(3)]
    assert [ask(counter, enrolment(code, key()))[1]["number"] for code in reversed(codes)] == ["03", "02", "01"]


def test_a_code_is_good_once(counter: Counter) -> None:
    code = counter.code()
    assert ask(counter, enrolment(code, key()))[0] == 200
    assert ask(counter, enrolment(code, key())) == (403, {"error": "code"})


def test_a_code_is_good_for_a_day(counter: Counter) -> None:
    early, late = counter.code(), counter.code()
    counter.clock.forward(hours=24, milliseconds=-1)
    assert ask(counter, enrolment(early, key()))[0] == 200
    counter.clock.forward(milliseconds=1)
    assert ask(counter, enrolment(late, key())) == (403, {"error": "code"})


def test_a_wrong_code_is_refused(counter: Counter) -> None:
    counter.code()
    assert ask(counter, enrolment("A" * 26, key())) == (403, {"error": "code"})


def test_without_proof_of_the_key_the_code_stays_good(counter: Counter) -> None:
    code, mine, theirs = counter.code(), key(), key()
    body = enrolment(code, mine) | {"key": enrolment(code, theirs)["key"]}
    assert ask(counter, body) == (403, {"error": "code"})
    other = enrolment(counter.code(), mine)["proof"]
    assert ask(counter, enrolment(code, mine) | {"proof": other}) == (403, {"error": "code"})
    assert ask(counter, enrolment(code, mine))[0] == 200


def test_a_key_of_another_kind_is_refused(counter: Counter) -> None:
    code = counter.code()
    wrong = (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1()))
    for private in wrong:
        der = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        body = enrolment(code, key()) | {"key": base64.b64encode(der).decode()}
        assert ask(counter, body) == (400, {"error": "malformed"})


def test_a_code_for_a_known_kiosk_raises_its_epoch_and_starts_its_chain_anew(counter: Counter) -> None:
    first = counter.enrol()
    counter.beat(first)
    second = counter.enrol(first.id)
    assert (second.id, second.number, second.epoch) == (first.id, first.number, 2)
    with counter.hall.store.reading() as session:
        kiosk = session.get_one(Kiosk, first.id)
        assert (kiosk.watermark, kiosk.backup, kiosk.counter, kiosk.head) == (0, 0, 0, bytes(32))


def test_one_code_used_by_many_at_once_enrols_one(counter: Counter) -> None:
    secret = counter.code().split("-")[1]

    def use(_: int) -> bool:
        body = enrolment(secret, key())
        try:
            with counter.hall.store.writing() as session:
                enrol.enrol(
                    session, secret, base64.b64decode(body["key"]), base64.b64decode(body["proof"]), counter.hall.now()
                )
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(16))) == 1


def test_the_secret_itself_is_not_in_the_database(counter: Counter) -> None:
    secret = counter.code().split("-")[1]
    with counter.hall.store.reading() as session:
        (row,) = session.query(EnrolmentCode).all()
        assert secret.encode() not in row.hash
    for path in counter.hall.settings.data.glob("hall.sqlite*"):
        assert secret.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"code": 1, "key": "", "proof": ""},
        {"code": "a" * 26, "key": "AAAA", "proof": "AAAA"},
        {"code": "A" * 26, "key": "AAAA", "proof": "AAAA"},
        {"code": "A" * 26, "key": "!!!!", "proof": "AAAA"},
        {"code": "A" * 26, "key": "AAAAA", "proof": "AAAA"},
        {"code": "A" * 26, "key": "AAAA", "proof": "AAAA", "epoch": 9},
        {"code": "A" * 26, "key": "A" * 4000, "proof": "AAAA"},
    ],
)
def test_a_malformed_enrolment_is_refused_without_echoing_it(counter: Counter, body: Any) -> None:
    assert ask(counter, body) == (400, {"error": "malformed"})


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_hostile_keys_are_refused(counter: Counter, der: bytes) -> None:
    body = {"code": "A" * 26, "key": base64.b64encode(der).decode(), "proof": "AAAA"}
    assert ask(counter, body)[0] == 400
