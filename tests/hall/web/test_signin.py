import hashlib
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import select

from hall.models import Clerk, Role, SignInTry, StaffSession
from hall.web import staff
from hall.web.sessions import IDLE_MS, LONGEST_MS
from hall.web.staff import Locked, NotAdmitted
from tests.hall.web.conftest import PASSWORD, Desk, Stage, sign_in


def test_the_cookie_is_out_of_reach_and_only_its_hash_is_stored(stage: Stage) -> None:
    with stage.browser() as browser:
        answer = sign_in(browser, "陈晓", counter="7")
        cookie = SimpleCookie(answer.headers.get_list("set-cookie")[0])["__Host-staff"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    with stage.hall.store.reading() as session:
        stored = session.scalars(select(StaffSession)).one()
        assert stored.token == hashlib.sha256(cookie.value.encode()).digest()
        assert session.get_one(Clerk, "陈晓").counter == "7"
    assert cookie.value.encode() not in stage.hall.settings.database.read_bytes()
    assert stage.trail() == [("陈晓", "sign_in")]


def test_a_wrong_password_and_an_unknown_name_read_alike(stage: Stage) -> None:
    with stage.browser() as browser:
        wrong, unknown = sign_in(browser, "陈晓", "not this one"), sign_in(browser, "谁也不是", "not this one")
    assert wrong.status_code == unknown.status_code == 403
    assert "姓名或密码不对" in wrong.text
    assert wrong.text == unknown.text.replace("谁也不是", "陈晓")
    assert stage.trail() == [("陈晓", "refused"), (None, "refused")]


@pytest.mark.parametrize("name", ["陈晓", "谁也不是"])
def test_the_wait_doubles_with_each_wrong_password_and_survives_a_restart(stage: Stage, name: str) -> None:
    def wrong(now: int) -> int:
        """Seconds to wait after one more wrong password."""
        with pytest.raises(NotAdmitted) as refused:
            staff.admit(stage.hall.store, name, "not this one", now)
        return refused.value.seconds if isinstance(refused.value, Locked) else 0

    waits = []
    for _ in range(staff_free := 4):
        assert wrong(stage.hall.now()) == 0
    for _ in range(4):
        assert wrong(stage.hall.now()) == 0  # this one was still looked at
        waits.append(wrong(stage.hall.now()))
        stage.clock.tick(seconds=waits[-1])
    assert waits == [15, 30, 60, 120]
    with stage.hall.store.reading() as session:  # nothing of it is in memory alone
        assert session.get_one(SignInTry, name).tries == staff_free + 4


def test_a_locked_name_is_refused_even_with_the_right_password_until_the_time_is_over(stage: Stage) -> None:
    with stage.browser() as browser:
        for _ in range(5):
            staff_refuses(stage, "陈晓")
        locked = sign_in(browser, "陈晓")
        assert locked.status_code == 429
        assert "请等 15 秒" in locked.text
        stage.clock.tick(seconds=15)
        assert sign_in(browser, "陈晓").status_code == 303
    with stage.hall.store.reading() as session:
        assert session.get(SignInTry, "陈晓") is None  # the right password sets the count back


def staff_refuses(stage: Stage, name: str) -> None:
    with pytest.raises(NotAdmitted):
        staff.admit(stage.hall.store, name, "not this one", stage.hall.now())


def test_tries_made_at_the_same_moment_are_counted_one_by_one(stage: Stage) -> None:
    with ThreadPoolExecutor(8) as crowd:
        for done in [crowd.submit(staff_refuses, stage, "陈晓") for _ in range(8)]:
            done.result()
    with stage.hall.store.reading() as session:
        assert session.get_one(SignInTry, "陈晓").tries == 5  # and the others found it locked


def test_a_sign_in_that_nobody_uses_ends_and_a_page_that_refreshes_itself_is_no_use(stage: Stage, desk: Desk) -> None:
    stage.clock.tick(milliseconds=IDLE_MS - 1)
    assert desk.browser.get("/staff/console").status_code == 200
    stage.clock.tick(milliseconds=IDLE_MS - 1)
    assert desk.browser.get("/staff/console", headers={"Keting-Refresh": "1"}).status_code == 200
    stage.clock.tick(milliseconds=1)
    assert desk.browser.get("/staff/console").headers["location"] == "/staff/sign-in?why=ended"


def test_no_sign_in_outlives_the_working_day(stage: Stage, desk: Desk) -> None:
    step, left = IDLE_MS - 60_000, LONGEST_MS
    while left > step:
        stage.clock.tick(milliseconds=step)
        left -= step
        assert desk.browser.get("/staff/console").status_code == 200
    stage.clock.tick(milliseconds=left)
    assert desk.browser.get("/staff/console").headers["location"] == "/staff/sign-in?why=ended"


def test_names_tried_long_ago_are_forgotten(stage: Stage) -> None:
    for name in ("甲", "乙"):
        staff_refuses(stage, name)
    stage.clock.tick(days=1, seconds=1)
    staff_refuses(stage, "甲")
    with stage.hall.store.reading() as session:
        assert {row.name: row.tries for row in session.scalars(select(SignInTry))} == {"甲": 2}


def test_after_signing_out_the_old_cookie_opens_nothing(stage: Stage, desk: Desk) -> None:
    old = desk.browser.cookies["__Host-staff"]
    desk.browser.post("/staff/sign-out", data=desk.form("/staff/sign-out"))
    with stage.browser(Cookie=f"__Host-staff={old}") as thief:
        assert thief.get("/staff/console").status_code == 303
    assert stage.trail()[-1] == ("陈晓", "sign_out")


def test_no_other_site_can_sign_anybody_in(stage: Stage) -> None:
    with stage.browser() as browser:
        fields = {"name": "陈晓", "password": PASSWORD, "csrf": ""}
        assert browser.post("/staff/sign-in", data=fields).status_code == 403
        browser.get("/staff/sign-in")
        assert browser.post("/staff/sign-in", data=fields).status_code == 403
    assert stage.trail() == []


def test_one_address_that_keeps_trying_is_asked_to_slow_down_before_any_password_is_looked_at(stage: Stage) -> None:
    with stage.browser() as browser:
        browser.get("/staff/sign-in")
        seen = [browser.post("/staff/sign-in", data={"csrf": "x"}).status_code for _ in range(6)]
    assert seen == [403] * 5 + [429]


@pytest.mark.parametrize("counter", ["0", "1000", "-1", "１２", "<b>", "12a"])
def test_a_counter_is_a_number_from_1_to_999(stage: Stage, counter: str) -> None:
    with stage.browser() as browser:
        answer = sign_in(browser, "陈晓", counter=counter)
    assert answer.status_code == 400
    assert "窗口号请填 1 到 999" in answer.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=" + b"x" * 5_000, 413),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=1&a=2", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"name=%ff%fe", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"&&&", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "name=陈".encode(), 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"&".join(b"f%d=" % n for n in range(40)), 400),
    ],
)
def test_a_body_that_is_no_short_form_is_refused(
    stage: Stage, headers: dict[str, str], body: bytes, status: int
) -> None:
    with stage.browser() as browser:
        assert browser.post("/staff/sign-in", content=body, headers=headers).status_code == status


def test_staff_need_a_name_and_a_password_of_some_length(stage: Stage) -> None:
    with stage.hall.store.writing() as session:
        for name, password in (("", PASSWORD), ("x" * 65, PASSWORD), ("a\nb", PASSWORD), ("新人", "short")):
            with pytest.raises(ValueError, match="has"):
                staff.add(session, name, password, Role.CLERK)
        assert staff.add(session, "新人", PASSWORD, Role.CLERK).password_hash.startswith("$argon2id$")
