"""Only a kiosk speaks for itself, each request counts once, and no byte of it may change."""

from __future__ import annotations

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hall import enrol
from hall.models import Kiosk
from tests.hall.conftest import Counter, heartbeat
from tests.hall.terminal import COVERED, Terminal, cbor

PATH = "/v1/heartbeat"


def post(counter: Counter, headers: dict[str, str], body: bytes, path: str = PATH) -> httpx.Response:
    return counter.client.request("POST", path, content=body, headers=headers)


def refused(answer: httpx.Response, status: int, word: str) -> bool:
    return (answer.status_code, answer.json()) == (status, {"error": word})


@pytest.fixture
def counter(open_all_day: Counter) -> Counter:
    return open_all_day


@pytest.fixture
def body(counter: Counter) -> bytes:
    return cbor(heartbeat(counter.clock.ms))


def test_a_signed_request_is_answered_by_a_document_of_the_reply_key(
    counter: Counter, terminal: Terminal, body: bytes
) -> None:
    answer = post(counter, terminal.headers("POST", PATH, body), body)
    assert answer.headers["content-type"] == "application/cose"
    assert terminal.reply("board", answer.content)["counter"] == 1


def test_a_replayed_request_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    headers = terminal.headers("POST", PATH, body)
    assert post(counter, headers, body).status_code == 200
    assert refused(post(counter, headers, body), 401, "counter")


def test_a_counter_that_goes_back_is_refused_and_a_leap_is_not(
    counter: Counter, terminal: Terminal, body: bytes
) -> None:
    assert post(counter, terminal.headers("POST", PATH, body, counter="5000"), body).status_code == 200
    assert refused(post(counter, terminal.headers("POST", PATH, body, counter="4999"), body), 401, "counter")
    assert post(counter, terminal.headers("POST", PATH, body, counter="5001"), body).status_code == 200


def test_the_counter_outlives_a_restart_of_the_hall(counter: Counter, terminal: Terminal, body: bytes) -> None:
    post(counter, terminal.headers("POST", PATH, body, counter="7"), body)
    with counter.hall.store.reading() as session:
        assert session.get_one(Kiosk, terminal.id).counter == 7


@pytest.mark.parametrize("counter_text", ["", "0", "-1", "+1", "1.0", "01", " 1x", "1" * 17, str(2**53), "١"])
def test_a_counter_that_is_no_plain_number_is_refused(
    counter: Counter, terminal: Terminal, body: bytes, counter_text: str
) -> None:
    headers = terminal.headers("POST", PATH, body, counter="1")
    raw = [(k.encode(), v.encode()) for k, v in headers.items() if k != "kiosk-counter"]
    answer = counter.client.request(
        "POST", PATH, content=body, headers=[*raw, (b"kiosk-counter", counter_text.encode())]
    )
    assert refused(answer, 401, "signature")


def test_another_body_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    headers = terminal.headers("POST", PATH, body)
    assert refused(post(counter, headers, cbor(heartbeat(1))), 401, "signature")


def test_another_path_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    headers = terminal.headers("POST", PATH, body)
    for path in ("/v1/leases", "/v1/events", PATH + "?x=1"):
        assert refused(post(counter, headers, body, path), 401, "signature")


def test_another_host_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    terminal.host = "other.example:8443"
    assert refused(post(counter, terminal.headers("POST", PATH, body), body), 401, "signature")
    terminal.host = "localhost:8443"
    moved = terminal.headers("POST", PATH, body) | {"host": "localhost:9999"}
    assert refused(post(counter, moved, body), 401, "signature")


@pytest.mark.parametrize("left_out", COVERED)
def test_a_signature_that_leaves_something_out_is_refused(
    counter: Counter, terminal: Terminal, body: bytes, left_out: str
) -> None:
    covered = " ".join(name for name in COVERED if name != left_out)
    assert refused(post(counter, terminal.headers("POST", PATH, body, covered=covered), body), 401, "signature")


@pytest.mark.parametrize("header", ["signature", "signature-input", "content-digest", "kiosk-id", "kiosk-epoch"])
def test_a_request_without_one_of_its_headers_is_refused(
    counter: Counter, terminal: Terminal, body: bytes, header: str
) -> None:
    headers = terminal.headers("POST", PATH, body)
    del headers[header]
    assert refused(post(counter, headers, body), 401, "signature")


def test_a_signature_under_another_label_or_with_an_expiry_is_refused(
    counter: Counter, terminal: Terminal, body: bytes
) -> None:
    for changed in ({"label": "sig2"}, {"more": ";expires=1"}, {"more": ';nonce="x"'}, {"more": ';alg="ed25519"'}):
        assert refused(post(counter, terminal.headers("POST", PATH, body, **changed), body), 401, "signature")
    right = terminal.headers("POST", PATH, body, more=';alg="ecdsa-p256-sha256"')
    assert post(counter, right, body).status_code == 200


def test_a_kiosk_can_not_act_for_another(counter: Counter, terminal: Terminal, body: bytes) -> None:
    victim = counter.enrol()
    assert refused(post(counter, terminal.headers("POST", PATH, body, kiosk=victim.id), body), 403, "wrong-kiosk")
    stolen_name = terminal.headers("POST", PATH, body, kiosk=victim.id, keyid=f"{victim.id}/1")
    assert refused(post(counter, stolen_name, body), 401, "signature")
    with counter.hall.store.reading() as session:
        assert session.get_one(Kiosk, victim.id).counter == 0


def test_another_epoch_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    for changed in ({"epoch": "2"}, {"epoch": "2", "keyid": f"{terminal.id}/2"}, {"epoch": "0"}):
        answer = post(counter, terminal.headers("POST", PATH, body, **changed), body)
        assert answer.status_code in (401, 403)


def test_a_key_that_was_replaced_is_refused(counter: Counter, terminal: Terminal, body: bytes) -> None:
    counter.enrol(terminal.id)
    assert refused(post(counter, terminal.headers("POST", PATH, body), body), 401, "signature")


def test_an_unknown_kiosk_is_refused(counter: Counter, body: bytes) -> None:
    nobody = Terminal(ec.generate_private_key(ec.SECP256R1()), {"kiosk": "K-0299", "epoch": 1})
    assert refused(post(counter, nobody.headers("POST", PATH, body), body), 401, "signature")


def test_a_revoked_kiosk_hears_so_and_nothing_else(counter: Counter, terminal: Terminal, body: bytes) -> None:
    with counter.hall.store.writing() as session:
        enrol.revoke(session, terminal.id, None, counter.hall.now())
    for method, path, content in (("POST", PATH, body), ("GET", "/v1/bundle", b""), ("GET", "/v1/day", b"")):
        headers = terminal.headers(method, path, content)
        assert refused(counter.client.request(method, path, content=content, headers=headers), 403, "revoked")


def test_two_signatures_are_one_too_many(counter: Counter, terminal: Terminal, body: bytes) -> None:
    headers = terminal.headers("POST", PATH, body)
    other = terminal.headers("POST", PATH, body, label="sig2", counter=headers["kiosk-counter"])
    for name in ("signature", "signature-input"):
        headers[name] = f"{headers[name]}, {other[name]}"
    assert refused(post(counter, headers, body), 401, "signature")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(
        ["signature", "signature-input", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter"]
    ),
    value=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=200),
)
def test_whatever_stands_in_a_header_is_refused_politely(
    counter: Counter, terminal: Terminal, name: str, value: str
) -> None:
    body = cbor(heartbeat(0))
    headers = {k: v.encode() for k, v in terminal.headers("POST", PATH, body).items()}
    assume(headers[name] != value.encode("latin-1"))
    headers[name] = value.encode("latin-1")
    answer = counter.client.request("POST", PATH, content=body, headers=headers)
    assert answer.status_code in (401, 403)
