"""What is guessed, made up or sent from elsewhere opens nothing, fills nothing and shows nothing."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.hall.binding.stage import Stage, somebody
from tests.hall.binding.tried import ready


def test_guessing_codes_meets_a_wall_and_the_trail(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    answers = [phone.get(f"/B/{'A' * 25}{letter}").status_code for letter in "ABCDEFG"]
    assert answers[:5] == [404] * 5
    assert answers[-1] == 429
    assert stage.refusals() == ["a code that is not there"] * 5
    assert phone.open(visit.url).status_code == 200  # a right one is still served


@pytest.mark.parametrize("how", ["back", "refuse", "spent"])
def test_whoever_tries_on_and_on_fills_no_trail(stage: Stage, how: str) -> None:
    visit, _ = ready(stage)
    stranger = stage.phone()
    if how == "spent":
        stranger.open(visit.url)
    before = len(stage.refusals())
    for _ in range(30):
        match how:
            case "back":
                assert stranger.get(f"/phone/back?code=x&state={'A' * 26}").status_code == 403
            case "refuse":
                assert stranger.post("/phone/bind/refuse", csrf="guess").status_code == 403
            case "spent":
                assert stranger.get("/B/" + visit.url.rpartition("/")[2]).status_code == 410
    assert 1 <= len(stage.refusals()) - before <= 6


def test_made_up_codes_make_the_hall_ask_the_channel_no_more_than_its_pace(stage: Stage) -> None:
    stranger = stage.phone()
    stage.wechat.side.asked.clear()
    answers = []
    for _ in range(40):
        sent = stranger.get("/phone/sign-in").headers["location"]
        state = dict(parse_qsl(urlsplit(sent).query))["state"]
        answers.append(stranger.get(f"/phone/back?code=made-up&state={state}").status_code)
    assert set(answers) == {403, 429}
    assert len(stage.wechat.side.asked) == answers.count(403) < 40


def test_a_look_without_a_sign_in_at_the_channel_is_nobody(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person, snapshot=True)
    page = phone.open(visit.url)
    assert (page.status_code, "没有认出这部手机" in page.text) == (403, True)
    assert visit.number("")["state"] == "waiting"


def test_a_form_of_another_site_refuses_nothing(stage: Stage) -> None:
    visit, phone = ready(stage)
    assert phone.post("/phone/bind/refuse").status_code == 403
    assert phone.post("/phone/bind/refuse", csrf="guess").status_code == 403
    assert visit.number(phone.digits())["state"] == "matched"
    assert stage.refusals() == ["a refusal that no page of ours sent"] * 2


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/me/../staff",
        "/me\r\nset-cookie: a=b",
        "/oidc/../staff",
        "/staff/console",
        "javascript:alert(1)",
        "/me?next=" + "a" * 2_100,
        "/me#https://evil.example",
        "",
    ],
)
def test_a_sign_in_leads_to_no_other_place(stage: Stage, to: str) -> None:
    phone = stage.phone(somebody())
    answer = phone.client.request("GET", "/phone/sign-in", params={"to": to})
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_neither_codes_nor_numbers_nor_names_are_kept_or_shown_where_they_need_not_be(stage: Stage) -> None:
    visit, phone = ready(stage)
    digits, token = phone.digits(), visit.url.rpartition("/")[2]
    stored = stage.hall.store.path.read_bytes()
    stored += stage.hall.store.path.with_name(stage.hall.store.path.name + "-wal").read_bytes()
    for secret in (token, visit.person.number, visit.person.name):
        assert secret.encode() not in stored
    assert visit.nonce not in stored
    assert digits not in visit.bind
    assert visit.person.number not in phone.get("/phone/bind").text
    assert visit.person.name not in phone.get("/phone/bind").text
