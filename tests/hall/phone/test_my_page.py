"""A bound phone signs in through its channel and shows its owner's page; what is taken back there goes at once."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from hall.binding.models import Binding
from hall.models import Role
from hall.people import trail
from hall.people.models import DataRead
from hall.phone import sessions
from hall.phone.going_on import safe, sign_in_url
from hall.tickets import Ticket
from hall.web import staff
from tests.hall.binding.stage import Handset, Stage, Visit, form, somebody


@pytest.fixture
def signed(stage: Stage) -> tuple[Visit, Handset]:
    """A bound phone with its page open."""
    visit, phone = stage.bound()
    assert phone.open("/me").status_code == 200
    return visit, phone


def test_a_bound_phone_is_signed_in_by_its_channel_and_shows_its_own_page(stage: Stage) -> None:
    visit, phone = stage.bound()
    assert phone.get("/me").headers["location"] == sign_in_url("/me")
    page = phone.open("/me")
    assert page.status_code == 200
    assert "王*明，您好" in page.text
    assert "微信 江**步 · 本机" in page.text
    assert visit.person.number not in page.text
    assert visit.person.name not in page.text


def test_the_page_tells_of_tickets_and_of_who_read_what_itself_included(stage: Stage) -> None:
    visit, phone = stage.bound()
    account = stage.bindings(visit.person)[0].account
    with stage.hall.store.writing() as session:
        session.add(
            Ticket(
                id="A" * 16,
                day=stage.hall.today(),
                number="A031",
                queue="A",
                at=stage.hall.now(),
                arrived=stage.hall.now(),
                turn=stage.hall.now(),
                matters=["senior-card"],
                asked=["senior-card"],
                via="card",
                kiosk=visit.terminal.id,
                epoch=1,
                seq=1,
                language="zh-Hans",
                account=account,
            )
        )
    page = phone.open("/me").text
    for told in ("A031", "老年人优待卡申领", "第 1 步，共 4 步", "手机 江**步", "打开“我的”", "实名核对", "绑定手机"):
        assert told in page
    with stage.hall.store.reading() as session:
        reads = session.scalars(select(DataRead).where(DataRead.account == account).order_by(DataRead.id.desc()))
        last = next(iter(reads))
    assert (last.who_kind, last.who, last.why) == ("phone", "江**步", "my-page")


def test_all_of_a_list_is_reached_on_the_phone_part_by_part_in_its_language(stage: Stage) -> None:
    visit, phone = stage.bound()
    account = stage.bindings(visit.person)[0].account
    with stage.hall.store.writing() as session:
        for nth in range(90):
            who = trail.Who("department", f"office-{nth:02d}")
            trail.read(session, account, stage.hall.now(), who, ("name",), "sign-in")
    phone.open("/me")
    page, shown = phone.open("/me?lang=en").text, set[str]()
    while (link := re.search(r'class="key" href="(/me/older\?of=reads[^"]*)"', page)) is not None:
        assert ">Earlier<" in page
        shown |= set(re.findall(r"office-[0-9]{2}", page))
        page = phone.open(unescape(link[1])).text
        assert '<html lang="en">' in page
    shown |= set(re.findall(r"office-[0-9]{2}", page))
    assert len(shown) == 90
    assert "Binding a phone" in page  # the oldest
    assert "谁看过我的资料：更早的" in phone.open("/me/older?of=reads&before=9&lang=zh-Hans").text


@pytest.mark.parametrize("query", ["", "of=reads", "of=channels&before=1", "of=reads&before=x", "of=reads&before=-1"])
def test_a_part_that_is_none_is_not_found_and_leaves_no_row(
    stage: Stage, signed: tuple[Visit, Handset], query: str
) -> None:
    _, phone = signed
    assert phone.get(f"/me/older?{query}").status_code == 404


def test_who_is_not_signed_in_sees_no_part_of_a_list(stage: Stage) -> None:
    phone = stage.phone(somebody())
    assert phone.get("/me/older?of=reads&before=99").headers["location"] == sign_in_url("/me")


def test_a_clerk_who_calls_a_ticket_of_the_account_calls_its_phone(stage: Stage) -> None:
    visit, phone = stage.bound()
    now = stage.hall.now()
    with stage.hall.store.writing() as session:
        staff.add(session, "陈晓", "correct horse 7", Role.CLERK, "12")
        session.add(
            Ticket(
                id="C" * 16,
                day=stage.hall.today(),
                number="02-A007",
                queue="A",
                at=now,
                arrived=now,
                turn=0,
                matters=["senior-card"],
                asked=["senior-card"],
                via="card",
                kiosk=visit.terminal.id,
                epoch=1,
                seq=2,
                language="zh-Hans",
                account=stage.bindings(visit.person)[0].account,
            )
        )
    desk = Handset(stage, "", stage.browser())
    desk.press(desk.get("/staff/sign-in"), "/staff/sign-in", name="陈晓", password="correct horse 7", counter="12")
    assert desk.press(desk.get("/staff/console"), "/staff/console/next").status_code == 303
    told = phone.messages()[-1]
    assert (told.title, told.text) == ("叫到 02-A007", "请到 12 号窗口")


def test_the_page_speaks_the_language_of_the_phone(stage: Stage) -> None:
    _, phone = stage.bound()
    phone.language = "en-GB,en;q=0.8"
    page = phone.open("/me").text
    assert '<html lang="en">' in page
    assert "Who read my data" in page
    assert "谁看过我的资料" in phone.get("/me?lang=zh-Hans").text


def test_no_page_of_a_phone_is_kept_by_anybody(signed: tuple[Visit, Handset]) -> None:
    _, phone = signed
    for path in ("/me", "/phone/bind", "/b/nothing", "/phone/object/nothing", "/phone/by"):
        headers = phone.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_cookies_are_this_host_s_alone_and_out_of_reach_of_scripts(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    cookie = phone.get(visit.url.partition("8443")[2]).headers["set-cookie"].lower()
    assert cookie.startswith("__host-way=")
    for rule in ("secure", "httponly", "path=/", "samesite=lax"):
        assert rule in cookie
    assert "domain" not in cookie


def test_unbinding_on_the_phone_is_at_once_and_signs_it_out(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    visit, phone = signed
    page = phone.get("/me")
    assert "这部手机已解除绑定" in phone.press(page, "/me/unbind").text
    assert stage.bindings(visit.person) == []
    assert phone.messages()[-1].title == "手机已解除绑定"
    assert "这部手机没有绑定" in phone.open("/me").text


def test_a_phone_unbound_at_the_kiosk_is_signed_out_there_and_then(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    visit, phone = signed
    assert visit.unbind()
    assert phone.get("/me").status_code == 303


def test_forms_of_another_site_change_nothing(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    visit, phone = signed
    binding = form(phone.get("/me"), "/me/unbind")["binding"]
    for path in ("/me/unbind", "/me/withdraw", "/phone/sign-out"):
        assert phone.post(path, binding=binding).status_code == 403
        assert phone.post(path, binding=binding, csrf="x" * 43).status_code == 403
    assert len(stage.bindings(visit.person)) == 1
    assert phone.get("/me").status_code == 200


def test_nobody_unbinds_the_phone_of_somebody_else(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    _, phone = signed
    other, theirs = stage.bound(somebody("李四"))
    theirs.open("/me")
    foreign = form(theirs.get("/me"), "/me/unbind")["binding"]
    csrf = form(phone.get("/me"), "/me/unbind")["csrf"]
    assert phone.post("/me/unbind", csrf=csrf, binding=foreign).status_code == 404
    assert len(stage.bindings(other.person)) == 1


def test_signing_out_ends_the_sign_in_and_not_the_binding(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    visit, phone = signed
    assert "已退出" in phone.press(phone.get("/me"), "/phone/sign-out").text
    assert phone.get("/me").status_code == 303
    assert len(stage.bindings(visit.person)) == 1


def test_a_sign_in_that_nobody_used_for_half_an_hour_is_over(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    _, phone = signed
    stage.clock.forward(minutes=29)
    assert phone.get("/me").status_code == 200
    stage.clock.forward(minutes=29)
    assert phone.get("/me").status_code == 200
    stage.clock.forward(minutes=30)
    assert phone.get("/me").status_code == 303


def test_a_sign_in_is_over_after_twelve_hours_used_or_not(stage: Stage, signed: tuple[Visit, Handset]) -> None:
    _, phone = signed
    for _ in range(28):
        stage.clock.forward(minutes=25)
        assert phone.get("/me").status_code == 200
    stage.clock.forward(minutes=20)
    assert phone.get("/me").status_code == 303


def test_a_second_phone_opens_no_page_before_it_counts(stage: Stage) -> None:
    visit, _ = stage.bound()
    other = stage.visit(visit.person, visit.terminal).begin()
    new = stage.phone(visit.person)
    new.open(other.url)
    other.number(new.digits())
    other.confirm()
    assert "这部手机还要等一等" in new.open("/me").text
    stage.clock.forward(hours=24)
    assert "王*明，您好" in new.open("/me").text


def test_a_phone_that_is_not_bound_is_told_where_it_can_be(stage: Stage) -> None:
    page = stage.phone(somebody()).open("/me")
    assert (page.status_code, "请带证件到自助机" in page.text) == (403, True)


def test_a_channel_that_is_down_is_named_so_and_nothing_changes(stage: Stage) -> None:
    _, phone = stage.bound()
    stage.wechat.side.said["/sns/oauth2/access_token"] = (500, b"")
    page = phone.open("/me")
    assert (page.status_code, "手机平台现在连不上" in page.text) == (503, True)


def test_who_finds_a_sign_in_learns_the_account_and_what_a_form_must_carry(
    stage: Stage, signed: tuple[Visit, Handset]
) -> None:
    visit, phone = signed
    binding = stage.bindings(visit.person)[0]
    with stage.hall.store.writing() as session:
        token = sessions.begin(session, binding, stage.hall.now())
    found = sessions.find(stage.hall.store, token, stage.hall.now())
    assert found is not None
    assert (found.account, found.channel, found.openid) == (binding.account, "wechat", phone.openid)
    assert len(found.csrf) == 43
    assert phone.openid not in repr(found)
    assert sessions.find(stage.hall.store, "guess", stage.hall.now()) is None
    with stage.hall.store.writing() as session:
        session.get_one(Binding, binding.id).ended = stage.hall.now()
    assert sessions.find(stage.hall.store, token, stage.hall.now()) is None


def test_a_sign_in_goes_on_to_the_departments_page_that_asked(stage: Stage) -> None:
    _, phone = stage.bound()
    asked = (
        "/oidc/authorize?client_id=x&scope=openid%20name&state=a.b-c_d~e&redirect_uri=https%3A%2F%2Fa.example%2Fback"
    )
    assert safe(asked)
    answer = phone.get(sign_in_url(asked))
    back = stage.beyond.get(answer.headers["location"], headers={"x-wechat": phone.openid}).headers["location"]
    assert phone.get(back.partition("8443")[2]).headers["location"] == asked


def test_a_sign_in_to_a_page_that_is_not_ours_cannot_even_be_made() -> None:
    with pytest.raises(ValueError, match="not a page of ours"):
        sign_in_url("https://evil.example")
