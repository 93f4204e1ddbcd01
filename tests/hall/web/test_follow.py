import re

import pytest

from hall.tickets import State, Ticket
from hall.web.follow import PER_SECOND
from tests.hall.web.conftest import Desk, Stage

UNKNOWN = "A2B3C4D5E6F7G2H3"


def shape(page: str) -> list[str]:
    """The elements of a page and their names, without what they say."""
    return re.findall(r"<(\w+)(?: [^>]*?id=\"(\w+)\")?", re.sub(r"<svg.*?</svg>", "<svg>", page, flags=re.DOTALL))


def seen(stage: Stage, ticket: str, lang: str = "", **headers: str) -> str:
    with stage.browser(**headers) as phone:
        answer = phone.get(f"/t/{ticket}", params={"lang": lang})
    assert answer.status_code == 200
    return answer.text


def test_who_waits_sees_people_ahead_and_an_estimate_that_says_about(stage: Stage) -> None:
    stage.ticket("A031", waited=9)
    stage.ticket("A032", waited=8)
    mine = stage.ticket("A033", waited=7)
    page = seen(stage, mine)
    assert 'id="number">A033<' in page
    assert 'id="ahead">2 人<' in page
    assert 'id="estimate">约 24 分钟<' in page  # two people, twelve minutes each, one counter
    assert "二楼 B 区综合窗口 12–18" in page
    assert "老年人优待卡申领" in page
    assert "后排 3 位" in page
    assert "截至 09:41:00" in page


def test_the_address_works_in_capitals_as_on_the_slip_and_in_small_letters(stage: Stage) -> None:
    mine = stage.ticket("A033")
    with stage.browser() as phone:
        pages = [phone.get(path) for path in (f"/T/{mine}", f"/t/{mine}", f"/t/{mine.lower()}", f"/T/{mine.lower()}")]
        lives = [phone.get(path) for path in (f"/T/{mine}/now", f"/t/{mine.lower()}/now")]
    assert {page.text for page in pages} == {pages[0].text}
    assert "A033" in pages[0].text
    assert {live.json()["number"] for live in lives} == {"A033"}


def test_people_ahead_go_down_while_the_page_is_open(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031", waited=9)
    mine = stage.ticket("A032", waited=8)
    with stage.browser() as phone:
        assert phone.get(f"/t/{mine}/now").json()["ahead"] == "1 人"
        desk.press("next")
        assert phone.get(f"/t/{mine}/now").json()["ahead"] == "0 人"
        desk.press("next")
        live = phone.get(f"/t/{mine}/now").json()
    assert live["state"] == "called"
    assert live["headline"] == "请到 12 号窗口"


def test_the_counter_learns_that_the_call_reached_the_phone(stage: Stage, desk: Desk) -> None:
    mine = stage.ticket("A031")
    seen(stage, mine)
    desk.press("next")
    assert "叫号已送到手机" not in desk.page()
    stage.clock.tick(minutes=1)
    seen(stage, mine)
    assert "叫号已送到手机 09:42" in desk.page()


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (State.CALLED, "请到 12 号窗口", "Go to counter 12"),
        (State.HELD, "不用重新取号", "Keep this ticket"),
        (State.ABSENT, "请到导办台", "help desk"),
        (State.FINISHED, "这张号已办完", "This ticket is done"),
        (State.CANCELLED, "请在自助机重新取号", "take a new ticket"),
        (State.MERGED, "请等 A031 号", "Wait for A031 instead"),
    ],
)
def test_each_state_says_what_to_do_in_both_languages(stage: Stage, state: State, zh: str, en: str) -> None:
    first, mine = stage.ticket("A031"), stage.ticket("A032")
    stage.change(
        Ticket,
        mine,
        state=state,
        counter="12",
        called_at=stage.hall.now(),
        merged_into=first if state is State.MERGED else None,
    )
    assert zh in seen(stage, mine)
    assert en in seen(stage, mine, **{"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert zh in seen(stage, mine, "zh-Hans", **{"Accept-Language": "en"})
    assert '<html lang="en">' in seen(stage, mine, "en")


def test_a_matter_that_an_earlier_ticket_took_over_is_named_as_such(stage: Stage) -> None:
    mine = stage.ticket("A032", matters=["senior-card"], asked=["senior-card", "old-age-allowance"])
    assert "老年人优待卡申领、高龄津贴申领（并到您更早的号）" in seen(stage, mine)


def test_yesterday_s_ticket_is_out_of_date_and_never_called_waiting(stage: Stage) -> None:
    mine = stage.ticket("A032", day="2026-11-19")
    page = seen(stage, mine)
    assert "已过期" in page
    assert 'id="ahead">—<' in page


def test_an_id_that_the_hall_does_not_know_looks_like_one_that_is_still_on_its_way(stage: Stage) -> None:
    mine = stage.ticket("A032")
    with stage.browser() as phone:
        known, unknown, other = (phone.get(f"/t/{id}") for id in (mine, UNKNOWN, "ABCDEFGHIJKLMNOP"))
        live, none = (phone.get(f"/t/{id}/now") for id in (mine, UNKNOWN))
    assert unknown.status_code == known.status_code == 200
    assert "大厅还没收到这张号" in unknown.text
    assert shape(unknown.text) == shape(known.text)
    assert live.json().keys() == none.json().keys()
    assert unknown.text.replace(UNKNOWN, "") == other.text.replace("ABCDEFGHIJKLMNOP", "")
    assert {name for name, _ in known.headers.items()} == {name for name, _ in unknown.headers.items()}


@pytest.mark.parametrize(
    "id", ["A" * 15, "A" * 17, "A" * 15 + "1", "A" * 15 + "é", "%00" * 16, "<script>alert(1)", "..%2f..%2fetc%2fpw"]
)
def test_what_can_t_be_an_id_is_not_found_and_not_repeated(stage: Stage, id: str) -> None:
    with stage.browser() as phone:
        for path in (f"/t/{id}", f"/t/{id}/now"):
            answer = phone.get(path)
            assert answer.status_code == 404
            assert "<script>alert" not in answer.text


def test_the_page_shows_nothing_of_the_person_and_is_kept_by_nobody(stage: Stage) -> None:
    mine = stage.ticket("A032", masked="王*明", person=b"p" * 32, sealed=b"sealed")
    with stage.browser() as phone:
        answer = phone.get(f"/t/{mine}")
        live = phone.get(f"/t/{mine}/now")
    for each in (answer, live):
        assert "王" not in each.text
        assert each.headers["cache-control"] == "no-store"
        assert each.headers["referrer-policy"] == "no-referrer"
        assert each.headers["x-robots-tag"] == "noindex, nofollow"
        assert "set-cookie" not in each.headers


def test_it_works_without_a_script(stage: Stage) -> None:
    page = seen(stage, stage.ticket("A032"))
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_a_matter_with_html_is_shown_as_text(stage: Stage) -> None:
    page = seen(stage, stage.ticket("A032", matters=["<img src=x onerror=alert(1)>"]))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_an_address_that_asks_without_end_is_asked_to_wait(stage: Stage) -> None:
    with stage.browser() as phone:
        crowd = [phone.get("/t/short").status_code for _ in range(int(PER_SECOND * 2))]
        slowed = phone.get("/t/short")
        stage.clock.tick(seconds=1)
        again = phone.get("/t/short")
    assert set(crowd) == {404}
    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "1")
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("", "zh-Hans"),
        ("en", "en"),
        ("de, en;q=0.7", "en"),
        ("en;q=0.3, zh-CN;q=0.8", "zh-Hans"),
        ("en;q=nan", "zh-Hans"),
        ("en;q=1e9", "zh-Hans"),
        (";;;q=,,en;q", "zh-Hans"),
        ("en," * 5_000, "en"),
    ],
)
def test_the_phone_s_language_decides(stage: Stage, asked: str, tag: str) -> None:
    page = seen(stage, UNKNOWN, **({"Accept-Language": asked} if asked else {}))
    assert f'<html lang="{tag}">' in page
