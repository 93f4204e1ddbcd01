"""A code is of one visit at one kiosk: no other kiosk, and no other visit, can say anything about it."""

from __future__ import annotations

import pytest

from tests.hall.binding.stage import Stage, Visit, somebody
from tests.hall.binding.tried import lost, ready
from tests.hall.terminal import cbor


def test_another_kiosk_may_not_ask_about_a_code_and_what_it_knows_of_is_void(stage: Stage) -> None:
    visit, phone = ready(stage)
    digits = phone.digits()
    visit.number(digits)
    other = Visit(stage, stage.terminal("西侧"), visit.person, visit.nonce, visit.bind, phone=visit.phone)
    assert other.confirm() | {"counter": 0} == {
        "kiosk": other.terminal.id,
        "epoch": 1,
        "counter": 0,
        "done": False,
        "counts_from": None,
        "why": "another-kiosk",
    }
    assert visit.confirm()["why"] == "another-kiosk"
    lost(stage, visit, "another-kiosk")


@pytest.mark.parametrize("path", ["/v1/bind/begin", "/v1/bind/number", "/v1/bind/confirm", "/v1/unbind"])
def test_whoever_signs_for_a_kiosk_without_its_key_or_not_at_all_is_refused_and_on_record(
    stage: Stage, path: str
) -> None:
    visit, thief = stage.visit(), stage.terminal("西侧")
    body = cbor({"who": visit.person.who(), "purpose": "bind", "nonce": visit.nonce})
    forged = thief.headers("POST", path, body, kiosk=visit.terminal.id, keyid=f"{visit.terminal.id}/1")
    for headers in (forged, {"host": stage.host, "content-type": "application/cbor"}):
        answer = stage.client.request("POST", path, content=body, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"error": "signature"})
    assert stage.refusals() == [f"{path} signature"] * 2


def test_the_yes_of_another_visit_at_the_same_kiosk_is_none(stage: Stage) -> None:
    visit, phone = ready(stage)
    visit.number(phone.digits())
    assert visit.confirm(nonce=bytes(16))["why"] == "replayed"
    lost(stage, visit, "replayed")


def test_a_yes_before_the_number_was_right_is_none(stage: Stage) -> None:
    visit = stage.visit().begin()
    assert visit.confirm()["why"] == "not-scanned"
    lost(stage, visit, "not-scanned")
    visit, _ = ready(stage)
    assert visit.confirm()["why"] == "wrong-number"
    lost(stage, visit, "wrong-number")


def test_a_fresh_code_voids_the_one_before_it_at_the_same_kiosk(stage: Stage) -> None:
    visit, phone = ready(stage)
    digits = phone.digits()
    stage.visit(somebody("李四"), visit.terminal).begin()
    assert visit.number(digits)["why"] == "expired"
    lost(stage, visit, "expired")
