"""A kiosk's key: proven to be held, named once and for ever, and the kiosk's own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from certificates.documents import KEYS, TYPES
from certificates.keys import FileKey, point
from certificates.lists import make_entry, make_shard
from hall.certificates import kiosk_keys
from hall.certificates.kiosk_keys import LIFE_S, MOST
from tests.hall.certificates.machine import Machine, proof
from tests.hall.conftest import Counter
from tests.hall.terminal import Terminal


@pytest.fixture
def terminal(office: Counter) -> Terminal:
    return office.enrol()


def refusal(office: Counter, terminal: Terminal, wish: dict[str, Any]) -> tuple[int, str]:
    answer = office.ask(terminal, "POST", "/v1/certificate-key", wish)
    return answer.status_code, answer.json()["error"]


def test_asking_again_with_the_same_key_gives_the_same_answer(office: Counter, terminal: Terminal) -> None:
    machine = Machine(office, terminal)
    first = machine.register()
    office.clock.forward(minutes=5)
    again = machine.register()
    assert {what: again[what] for what in ("kid", "nbf", "exp")} == {
        what: first[what] for what in ("kid", "nbf", "exp")
    }


def test_the_keys_of_a_kiosk_share_a_shard_and_no_two_keys_a_kid(office: Counter, terminal: Terminal) -> None:
    kids = [Machine(office, terminal).register()["kid"] for _ in range(3)]
    assert len({kid[0] for kid in kids}) == 1
    assert len(set(kids)) == 3


def test_a_name_that_a_key_has_had_is_drawn_again(
    office: Counter, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([b"one", b"one", b"one", b"two"])
    with monkeypatch.context() as patch:
        patch.setattr(kiosk_keys, "secrets", SimpleNamespace(token_bytes=lambda _: next(drawn)))
        kids = [Machine(office, terminal).register()["kid"] for _ in range(2)]
    assert [kid[1:] for kid in kids] == [b"one", b"two"]


@pytest.mark.parametrize("changed", [{"kiosk": "K-0299"}, {"epoch": 2}])
def test_a_proof_for_another_kiosk_or_epoch_is_none(
    office: Counter, terminal: Terminal, changed: dict[str, Any]
) -> None:
    key = FileKey.fresh()
    wish = {"key": point(key.public()), "proof": proof(terminal, key, **changed)}
    assert refusal(office, terminal, wish) == (403, "code")


def test_a_proof_by_another_key_is_none_and_a_proof_is_not_played_again_by_another_kiosk(
    office: Counter, terminal: Terminal
) -> None:
    key = FileKey.fresh()
    public = point(key.public())
    assert refusal(office, terminal, {"key": public, "proof": bytes(64)}) == (403, "code")
    wish = {"key": public, "proof": proof(terminal, FileKey.fresh())}
    assert refusal(office, terminal, wish) == (403, "code")
    assert refusal(office, office.enrol(), {"key": public, "proof": proof(terminal, key)}) == (403, "code")


def test_a_key_of_another_kiosk_is_refused_though_both_hold_it(office: Counter, terminal: Terminal) -> None:
    machine = Machine(office, terminal)
    machine.register()
    other = office.enrol()
    wish = {"key": point(machine.key.public()), "proof": proof(other, machine.key)}
    assert refusal(office, other, wish) == (403, "revoked")


@pytest.mark.parametrize(
    "wish",
    [
        {"key": bytes(64), "proof": bytes(64)},  # no point of the curve
        {"key": b"\xff" * 64, "proof": bytes(64)},
        {"key": bytes(63), "proof": bytes(64)},
        {"key": "x" * 64, "proof": bytes(64)},
        {"key": bytes(64)},
        {"key": bytes(64), "proof": bytes(64), "kid": b"mine"},
    ],
)
def test_what_is_no_key_is_refused(office: Counter, terminal: Terminal, wish: dict[str, Any]) -> None:
    assert refusal(office, terminal, wish) == (400, "malformed")


def test_a_kiosk_that_asks_for_key_after_key_is_refused_until_the_first_of_them_is_over(
    office: Counter, terminal: Terminal
) -> None:
    for _ in range(MOST):
        Machine(office, terminal).register()
        office.clock.forward(days=2)
    key = FileKey.fresh()
    wish = {"key": point(key.public()), "proof": proof(terminal, key)}
    assert refusal(office, terminal, wish) == (503, "exhausted")
    office.clock.forward(days=30 - 2 * MOST)
    assert Machine(office, terminal, key).register()["kid"]


def test_a_kiosk_that_asks_for_all_the_keys_it_can_get_does_not_fill_its_shard_in_ten_years() -> None:
    key = FileKey.fresh()
    entries = {
        bytes([255]) + number.to_bytes(3): make_entry(
            "a-host-with-a-long-name.hall.example:8443",
            bytes([255]) + number.to_bytes(3),
            key.public(),
            "K-999999",
            2**31,
            2**31 + LIFE_S,
            key,
        )
        for number in range(MOST * 10 * 365 * 86_400 // LIFE_S)
    }
    assert len(make_shard("a-host-with-a-long-name.hall.example:8443", 255, entries, key)) <= TYPES[KEYS].limit
