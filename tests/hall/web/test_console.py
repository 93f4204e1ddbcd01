import pytest
from sqlalchemy import select

from hall.models import Clerk, Role, Trail
from hall.tickets import Booking, State, Ticket
from tests.hall.web.conftest import Desk, Stage, sign_in

NASTY = "<script>alert(1)</script>\"'&{{7*7}}"


def test_the_next_number_is_called_and_stands_large_on_the_page(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031", waited=21)
    stage.ticket("A032", waited=18)
    assert desk.press("next").headers["location"] == "/staff/console"
    page = desk.page()
    assert 'id="current">A031<' in page
    assert "等候 21 分钟" in page
    assert "王*明" in page
    assert "老年人优待卡申领" in page
    assert stage.trail()[-1] == ("陈晓", "call")


def test_finish_and_next_is_one_press(stage: Stage, desk: Desk) -> None:
    first, second = stage.ticket("A031", waited=21), stage.ticket("A032", waited=18)
    desk.press("next")
    desk.press("next")
    assert (stage.state(first), stage.state(second)) == (State.FINISHED, State.CALLED)
    assert stage.trail()[-3:] == [("陈晓", "call"), ("陈晓", "finish"), ("陈晓", "call")]


def test_finish_and_next_with_nobody_waiting_still_finishes_and_says_so(stage: Stage, desk: Desk) -> None:
    only = stage.ticket("A031")
    desk.press("next")
    answer = desk.press("next")
    assert "现在没有人等候。" in desk.page(answer.headers["location"])
    assert stage.state(only) is State.FINISHED


@pytest.mark.parametrize(
    ("verb", "after", "written"),
    [
        ("recall", State.CALLED, "recall"),
        ("hold", State.HELD, "hold"),
        ("absent", State.ABSENT, "absent"),
        ("return", State.WAITING, "send_back"),
        ("finish", State.FINISHED, "finish"),
    ],
)
def test_each_verb_has_its_key_its_effect_and_its_row_in_the_trail(
    stage: Stage, desk: Desk, verb: str, after: State, written: str
) -> None:
    ticket = stage.ticket("A031")
    desk.press("next")
    desk.press(verb)
    assert stage.state(ticket) is after
    assert stage.trail()[-1] == ("陈晓", written)


def test_transfer_asks_for_the_queue(stage: Stage, desk: Desk) -> None:
    ticket = stage.ticket("A031")
    desk.press("next")
    assert desk.press("transfer").status_code == 400
    assert desk.press("transfer", queue="Z").status_code == 400
    desk.press("transfer", queue="D")
    with stage.hall.store.reading() as session:
        moved = session.get_one(Ticket, ticket)
        assert (moved.queue, moved.state) == ("D", State.WAITING)
    assert stage.trail()[-1] == ("陈晓", "transfer")


def test_held_and_absent_tickets_are_listed_and_called_back(stage: Stage, desk: Desk) -> None:
    held, absent = stage.ticket("A027", waited=30), stage.ticket("A028", waited=20)
    desk.press("next")
    desk.press("hold")
    desk.press("next")
    desk.press("absent")
    page = desk.page()
    assert "挂起 · 12 号窗口" in page
    assert "未到 1 次" in page
    desk.press("back", "A028")
    assert stage.state(absent) is State.CALLED
    answer = desk.press("back", "A027")
    assert "请先办完 A028" in desk.page(answer.headers["location"])
    assert stage.state(held) is State.HELD


def test_six_of_those_who_wait_are_shown_in_the_order_of_the_call(stage: Stage, desk: Desk) -> None:
    for n in range(8):
        stage.ticket(f"A04{n}", waited=60 - n)
    page = desk.page()
    shown = [f"A04{n}" for n in range(8) if f"A04{n}" in page]
    assert shown == [f"A04{n}" for n in range(6)]
    assert sorted(shown, key=page.index) == shown


def test_a_kept_booking_shows_its_time(stage: Stage, desk: Desk) -> None:
    with stage.hall.store.writing() as session:
        session.add(
            Booking(
                code_hash=b"b", day=stage.hall.today(), matters=["senior-card"], queue="A", start="10:00", end="10:30"
            )
        )
    stage.ticket("A037", booking=b"b", via="booking")
    assert "预约 10:00" in desk.page()


def test_a_paper_that_may_not_exist_is_said_until_a_later_one_is_printed(stage: Stage, desk: Desk) -> None:
    ticket = stage.ticket("A036", waited=3)
    stage.paper(ticket, 1, "uncertain")
    assert "A036 没有号票" in desk.page()
    assert "03 号机 09:38" in desk.page()
    stage.paper(ticket, 2, "printed")
    assert "A036 没有号票" not in desk.page()


def test_pressing_twice_has_one_effect(stage: Stage, desk: Desk) -> None:
    first, second, third = (stage.ticket(f"A03{n}", waited=30 - n) for n in range(3))
    desk.press("next")
    form = desk.form("/next")
    assert desk.send("next", form).headers["location"] == "/staff/console"
    again = desk.send("next", form)
    assert "A030 刚才已经变了，没有重复操作。" in desk.page(again.headers["location"])
    assert [stage.state(ticket) for ticket in (first, second, third)] == [State.FINISHED, State.CALLED, State.WAITING]


def test_recalling_twice_from_one_page_calls_once(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031")
    desk.press("next")
    form = desk.form("/recall")
    desk.send("recall", form)
    desk.send("recall", form)
    assert [verb for _, verb in stage.trail()].count("recall") == 1


def test_an_idle_page_left_open_in_another_tab_calls_nobody_over_the_one_at_the_counter(
    stage: Stage, desk: Desk
) -> None:
    stage.ticket("A031", waited=20)
    stage.ticket("A032", waited=10)
    idle = desk.form("/next")
    desk.press("next")
    again = desk.send("next", idle)
    assert "A031 刚才已经变了" in desk.page(again.headers["location"])
    assert stage.called() == ["A031"]


def test_a_colleague_who_called_the_ticket_first_keeps_it(stage: Stage, desk: Desk) -> None:
    ticket = stage.ticket("A031")
    desk.press("next")
    desk.press("absent")
    form = desk.form("/back")
    stage.employ("李工", counter="9")
    with stage.browser() as browser:
        sign_in(browser, "李工")
        Desk(browser).press("back")
    assert "A031 刚才已经变了" in desk.page(desk.send("back", form).headers["location"])
    with stage.hall.store.reading() as session:
        assert session.get_one(Ticket, ticket).clerk == "李工"


def test_a_clerk_can_t_take_what_another_holds(stage: Stage, desk: Desk) -> None:
    held = stage.ticket("A031")
    stage.employ("李工", counter="9")
    with stage.browser() as browser:
        sign_in(browser, "李工")
        other = Desk(browser)
        other.press("next")
        other.press("hold")
    answer = desk.press("back")
    assert "A031 现在不能这样操作" in desk.page(answer.headers["location"])
    assert stage.state(held) is State.HELD


def test_a_work_station_may_serve_one_queue(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031", waited=20)
    stage.ticket("B011", waited=10)
    desk.press("queue", queue="B")
    assert "一楼 A 区公安窗口 1–8</summary>" in desk.page()
    desk.press("next")
    assert stage.called() == ["B011"]
    assert desk.press("queue", queue="Z").status_code == 400


@pytest.mark.parametrize("token", [None, "", "x" * 43, "陈"])
def test_a_form_without_the_token_of_its_page_does_nothing(stage: Stage, desk: Desk, token: str | None) -> None:
    ticket = stage.ticket("A031")
    form = desk.form("/next")
    form.pop("csrf")
    answer = desk.send("next", form if token is None else form | {"csrf": token})
    assert answer.status_code == 403
    assert "没有操作" in answer.text
    assert stage.state(ticket) is State.WAITING
    assert stage.trail()[-1] == ("陈晓", "refused")


def test_the_token_of_another_sign_in_opens_nothing(stage: Stage, desk: Desk) -> None:
    ticket = stage.ticket("A031")
    stage.employ("李工")
    with stage.browser() as browser:
        sign_in(browser, "李工")
        theirs = Desk(browser).form("/next")["csrf"]
    assert desk.send("next", desk.form("/next") | {"csrf": theirs}).status_code == 403
    assert stage.state(ticket) is State.WAITING


def test_a_get_changes_nothing(stage: Stage, desk: Desk) -> None:
    ticket = stage.ticket("A031")
    for verb in ("next", "recall", "hold", "transfer", "absent", "return", "finish", "back", "queue"):
        assert desk.browser.get(f"/staff/console/{verb}", params=desk.form("/next")).status_code == 405
    assert stage.state(ticket) is State.WAITING


def test_every_form_of_every_page_carries_the_token(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031")
    stage.ticket("A032")
    desk.press("next")
    desk.press("hold")
    desk.press("next")
    for path in ("/staff/console", "/staff/kiosks", "/staff/trail"):
        forms = desk.page(path).split("<form")[1:]
        assert forms
        assert all('method="post"' in form and 'name="csrf"' in form.split("</form>")[0] for form in forms)


def test_who_is_not_signed_in_sees_nothing_and_does_nothing(stage: Stage) -> None:
    stage.ticket("A031")
    with stage.browser() as browser:
        for path in ("/staff/console", "/staff/kiosks", "/staff/trail"):
            answer = browser.get(path)
            assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/staff/sign-in", "")
        assert browser.post("/staff/console/next", data={"csrf": ""}).headers["location"] == "/staff/sign-in"
    assert stage.called() == []


@pytest.mark.parametrize("field", ["ticket", "seen"])
def test_a_form_that_was_tampered_with_moves_no_ticket(stage: Stage, desk: Desk, field: str) -> None:
    ticket = stage.ticket("A031")
    desk.press("next")
    for value in ("", "0", "'; DROP TABLE ticket;--", "A" * 16, "9" * 400, "\x00", "٣"):
        assert desk.send("hold", desk.form("/hold") | {field: value}).status_code in (303, 400)
        assert stage.state(ticket) is State.CALLED


def test_names_and_matters_with_html_are_shown_as_text(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031", masked=NASTY, matters=[NASTY])
    stage.ticket("A032", masked=NASTY, matters=[NASTY])
    desk.press("next")
    page = desk.page()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{7*7}}" in page


@pytest.mark.parametrize("number", [NASTY, "A031\r\nSet-Cookie: a=b", "A" * 300])
def test_what_stands_in_the_address_is_not_repeated_on_the_page(stage: Stage, desk: Desk, number: str) -> None:
    page = desk.browser.get("/staff/console", params={"notice": "stale", "number": number}).text
    assert "没有重复操作" in page
    assert number not in page


def test_the_page_says_when_kiosks_are_out_of_touch(stage: Stage, desk: Desk) -> None:
    assert "自助机已同步 09:40" in desk.page()
    stage.clock.tick(minutes=2)
    assert "1 台自助机未连上" in desk.page()


def test_the_pages_speak_english_to_who_asks(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031")
    page = desk.page("/staff/language/en?back=console")
    assert '<html lang="en">' in page
    assert "Call next" in page
    assert desk.browser.get("/staff/language/xx").status_code == 404
    assert desk.browser.get("/staff/language/en", params={"back": "//evil.example"}).status_code == 404


def test_a_supervisor_may_act_on_any_ticket(stage: Stage, desk: Desk) -> None:
    held = stage.ticket("A031")
    desk.press("next")
    desk.press("hold")
    stage.employ("周主管", Role.SUPERVISOR, "1")
    with stage.browser() as browser:
        sign_in(browser, "周主管")
        Desk(browser).press("back")
    assert stage.state(held) is State.CALLED
    with stage.hall.store.reading() as session:
        assert session.get_one(Ticket, held).counter == session.get_one(Clerk, "周主管").counter
        assert session.scalars(select(Trail.clerk).order_by(Trail.id.desc()).limit(1)).one() == "周主管"
