"""What a kiosk learns of the person whose document lies there, and who else learns nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall.app import create_app
from tests.hall.conftest import Counter, InProcess
from tests.hall.people.registering import PASSENGER, WANG, Kiosk, account_id, accounts, did, number, reads
from tests.hall.terminal import Terminal, cbor
from tests.hall.test_hostile_bodies import VALUES

NOBODY: dict[str, Any] = {"account": None, "channels": [], "notice": 0}


def told(kiosk: Kiosk, *args: Any) -> dict[str, Any]:
    said = kiosk.asks("account", *args)
    assert (said["kiosk"], said["epoch"], said["counter"]) == (kiosk.terminal.id, 1, kiosk.terminal.counter)
    return {each: said[each] for each in NOBODY}


def test_an_account_is_found_by_any_document_of_its_person_at_any_kiosk(
    counter: Counter, east: Kiosk, west: Kiosk
) -> None:
    assert told(west) == NOBODY
    east.send(east.opened("E2", notice=3), east.opened("E3", PASSENGER))
    for document, level in (("resident-id", "strong"), ("social-card", "phone"), ("residence-permit", "id-card")):
        assert told(west, WANG.but(document=document, level=level)) == NOBODY | {
            "account": account_id("E2"),
            "notice": 3,
        }
    assert told(west, PASSENGER)["account"] == account_id("E3")
    assert told(west, PASSENGER.but(state="FRA")) == NOBODY
    assert told(west, WANG.but(number=number(4))) == NOBODY
    east.send(east.closed("E2"))
    assert told(west) == NOBODY


def test_asking_is_using_and_the_person_sees_who_asked(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    east.send(east.opened("E2"))
    counter.clock.forward(days=3)
    told(west)
    assert accounts(counter)[0].used == counter.clock.ms
    assert reads(counter)[-1] == ("kiosk", west.terminal.id, "account,bindings", "card-laid", None)


def test_a_card_that_anybody_can_write_and_another_name_are_nobodys(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    east.send(east.opened("E2", notice=3))
    opened = accounts(counter)[0].used
    counter.clock.forward(days=3)
    cloned = WANG.but(name="张三", document="social-card", level="social-card")
    assert told(west, cloned) == NOBODY
    assert west.asks("me", cloned)["page"] is None
    assert accounts(counter)[0].used == opened
    tries = [("kiosk", west.terminal.id, why) for why in ("card-laid", "my-page")]
    assert [(kind, who, why) for kind, who, _, why, _ in reads(counter)[1:]] == tries  # the victim sees them
    assert told(west, cloned.but(name=WANG.name))["account"] == account_id("E2")
    assert accounts(counter)[0].used == counter.clock.ms
    assert told(west, cloned.but(level="phone"))["account"] == account_id("E2")
    assert told(west, WANG.but(name="王明"))["account"] == account_id("E2")  # an ID card is believed


MALFORMED: list[Any] = [
    None,
    [],
    {},
    {"who": None},
    {"who": {}},
    {"who": []},
    *(
        {"who": WANG.who | changed}
        for changed in (
            {"name": ""},
            {"name": "x" * 65},
            {"name": "王\n"},
            {"name": 1},
            {"number": number(2)[:-1]},
            {"number": number(2)[:-1] + "5"},
            {"number": number(2).lower() + "0"},
            {"number": ""},
            {"number": "9" * 4000},
            {"document": "library-card"},
            {"document": "passport"},
            {"state": "CHN"},
            {"level": "none"},
            {"level": "typed"},
            {"level": "social-card"},
            {"level": "passport"},
            {"level": "very-sure"},
            {"level": None},
            {"more": 1},
        )
    ),
    {"who": PASSENGER.who | {"level": "id-card"}},
    {"who": PASSENGER.who | {"state": ""}},
    {"who": WANG.but(document="social-card", level="id-card").who},
    {"who": WANG.who, "more": 1},
    b"\xff",
    b"\x81" * 5000,
]


@pytest.mark.parametrize("path", ["account", "me"])
@pytest.mark.parametrize("body", MALFORMED)
def test_a_wish_that_no_kiosk_sends_is_refused(open_all_day: Counter, path: str, body: Any) -> None:
    terminal = open_all_day.enrol()
    answer = open_all_day.ask(terminal, "POST", f"/v1/{path}", body)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


def test_more_of_a_list_that_is_none_is_refused(counter: Counter, terminal: Terminal) -> None:
    right = {"who": WANG.who, "list": "reads", "before": 20}
    assert counter.ask(terminal, "POST", "/v1/me/older", right).status_code == 200
    wrong = [{"list": each} for each in ("channels", "", None)] + [{"before": each} for each in (-1, 2**53, "1", None)]
    for each in wrong:
        assert counter.ask(terminal, "POST", "/v1/me/older", right | each).status_code == 400, each


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["/v1/account", "/v1/me", "/v1/me/older"]), st.binary(max_size=200) | st.builds(cbor, VALUES))
def test_whatever_is_signed_and_sent_is_refused_and_never_broken(
    counter: Counter, terminal: Terminal, path: str, body: bytes
) -> None:
    assert counter.ask(terminal, "POST", path, body).status_code == 400


def test_nobody_but_a_kiosk_is_answered(counter: Counter, terminal: Terminal) -> None:
    body = cbor({"who": WANG.who})
    assert counter.client.request("POST", "/v1/account", content=body).status_code == 401
    headers = terminal.headers("POST", "/v1/account", body)
    other = cbor({"who": WANG.but(number=number(4)).who})
    assert counter.client.request("POST", "/v1/account", content=other, headers=headers).status_code == 401
    assert counter.client.request("POST", "/v1/account", content=body, headers=headers).status_code == 200
    assert counter.client.request("POST", "/v1/account", content=body, headers=headers).status_code == 401


def test_a_kiosk_that_asks_after_one_number_after_another_is_slowed_down_and_no_other_is(counter: Counter) -> None:
    slow = counter.hall.settings.model_copy(update={"accounts_per_minute": 30})
    object.__setattr__(counter.hall, "settings", slow)
    with InProcess(create_app(counter.hall)) as client:
        hall = Counter(counter.hall, client, counter.clock)
        thief, other = hall.enrol(), hall.enrol()
        answers = [
            hall.ask(thief, "POST", "/v1/account", {"who": WANG.but(number=number(2 * n)).who}).status_code
            for n in range(8)
        ]
        assert answers == [200] * 5 + [429] * 3
        answer = hall.ask(thief, "POST", "/v1/me", {"who": WANG.who})
        assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (429, {"error": "too-many"}, "2")
        assert hall.ask(other, "POST", "/v1/account", {"who": WANG.who}).status_code == 200


def test_the_page_on_paper_is_seen_by_its_person_and_parked_nowhere(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"))
    now = counter.clock.ms
    body = {"id": account_id("P2"), "day": "2026-03-09", "account": account_id("E2")}
    settled = {"id": account_id("P2"), "copy": 1, "outcome": "printed", "fault": None}
    issued = east.terminal.event("extract.issued", body, now)
    assert east.send(issued, east.terminal.event("extract.settled", settled, now)) == []
    assert reads(counter)[-1][2:] == ("tickets,certificates,trail", "page-printed", account_id("P2"))
    unheard = body | {"id": account_id("P3"), "account": account_id("X7")}
    assert east.send(east.terminal.event("extract.issued", unheard, now)) == []
    assert did(counter, "unlinked") == 1
    assert "body" in east.refused(east.terminal.event("extract.settled", settled | {"copy": 2}, now))
    assert "unknown kind" in east.refused(east.terminal.event("extract.burnt", {}, now))
    assert "unknown kind" in east.refused(east.terminal.event("account.sold", {}, now))
