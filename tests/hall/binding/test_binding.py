"""A phone is bound by its owner, at a kiosk, and unbound as easily."""

from __future__ import annotations

from sqlalchemy import select

from hall.binding import bindings
from hall.people.models import DataRead
from tests.hall.binding.stage import Stage, somebody

HOUR = 3_600_000


def test_the_holder_s_own_phone_is_bound_by_code_number_and_yes(stage: Stage) -> None:
    visit = stage.visit().begin()
    assert visit.url.startswith("HTTPS://LOCALHOST:8443/B/")
    assert visit.until == stage.clock.ms + 120_000
    assert visit.number("")["why"] == "not-scanned"
    phone = stage.phone(visit.person)
    page = phone.open(visit.url).text
    for told in (
        "02 号机" if visit.terminal.number == "02" else f"{visit.terminal.number} 号机",
        "东侧",
        "王*明",
        "江**步",
    ):
        assert told in page
    said = visit.number(phone.digits())
    assert (said["state"], said["shown"], len(said["phone"])) == ("matched", "江**步", 32)
    assert "数字对上了" in phone.get("/phone/bind").text
    assert visit.confirm() == {
        "kiosk": visit.terminal.id,
        "epoch": 1,
        "counter": visit.terminal.counter,
        "done": True,
        "counts_from": stage.clock.ms,
        "why": "",
    }
    assert "这部手机已绑定" in phone.get("/phone/bind").text
    assert [each.openid for each in stage.bindings(visit.person)] == [phone.openid]
    assert [(each.title, each.url.partition("8443")[2][:14]) for each in phone.messages()] == [
        ("手机已绑定", "/phone/object/")
    ]
    assert stage.refusals() == []


def test_name_and_number_are_read_for_the_channel_once_and_that_is_in_the_trail(stage: Stage) -> None:
    visit, _ = stage.bound()
    with stage.hall.store.reading() as session:
        rows = [
            (row.who_kind, row.who, row.what, row.why)
            for row in session.scalars(select(DataRead).where(DataRead.who == visit.terminal.id))
        ]
    assert rows == [
        ("kiosk", visit.terminal.id, "name,bindings", "binding"),
        ("kiosk", visit.terminal.id, "name,number", "real-name"),
    ]
    assert stage.wechat.side.asked.count("/intp/realname/checkrealnameinfo") == 1


def test_of_the_phone_nothing_stays_in_a_try_that_is_over(stage: Stage) -> None:
    visit, phone = stage.bound()
    row = visit.row
    assert (row.state, row.openid, row.shown, row.consent) == ("done", None, "", None)
    assert phone.digits() == ""


def test_one_wrong_number_is_forgiven(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    phone.open(visit.url)
    wrong = f"{(int(phone.digits()) + 1) % 10_000:04d}"
    assert visit.number(wrong)["state"] == "wrong"
    assert visit.number(phone.digits())["state"] == "matched"
    assert visit.confirm()["done"]


def test_asking_how_it_stands_costs_no_try_and_tells_a_match_again(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    phone.open(visit.url)
    assert {visit.number("")["state"] for _ in range(3)} == {"waiting"}
    matched = visit.number(phone.digits())
    again = visit.number("")
    assert {key: again[key] for key in ("state", "shown", "phone")} == {
        key: matched[key] for key in ("state", "shown", "phone")
    }


def test_a_bound_phone_proves_who_stands_there_and_no_name_is_asked_for_again(stage: Stage) -> None:
    visit, phone = stage.bound()
    stage.wechat.side.asked.clear()
    again = stage.visit(visit.person, visit.terminal).begin("prove")
    assert "核验身份" in phone.open(again.url).text
    assert again.number(phone.digits())["state"] == "matched"
    said = again.confirm()
    assert (said["done"], said["counts_from"]) == (True, None)
    assert "/intp/realname/checkrealnameinfo" not in stage.wechat.side.asked
    assert len(stage.bindings(visit.person)) == 1


def test_a_second_phone_counts_after_a_day_and_the_first_is_told_at_once(stage: Stage) -> None:
    visit, old = stage.bound()
    other = stage.visit(visit.person, visit.terminal).begin()
    new = stage.phone(visit.person, "新手机")
    new.open(other.url)
    other.number(new.digits())
    said = other.confirm()
    assert said["counts_from"] == stage.clock.ms + 24 * HOUR
    assert old.messages()[-1].title == "另一部手机绑到了您的账号"
    assert "起可用于核验身份" in new.get("/phone/bind").text

    proof = stage.visit(visit.person, visit.terminal).begin("prove")
    new.open(proof.url)
    assert proof.number("")["why"] == "not-bound"
    stage.clock.forward(hours=24)
    proof = stage.visit(visit.person, visit.terminal).begin("prove")
    new.open(proof.url)
    assert proof.number(new.digits())["state"] == "matched"


def test_a_phone_within_thirty_days_of_another_waits_too_and_after_them_it_does_not(stage: Stage) -> None:
    visit, _ = stage.bound()
    assert visit.unbind()
    stage.clock.forward(days=29)
    soon = stage.visit(visit.person, visit.terminal).begin()
    phone = stage.phone(visit.person)
    phone.open(soon.url)
    soon.number(phone.digits())
    assert soon.confirm()["counts_from"] == stage.clock.ms + 24 * HOUR
    assert soon.unbind()
    stage.clock.forward(days=31)
    later = stage.visit(visit.person, visit.terminal).begin()
    phone.open(later.url)
    later.number(phone.digits())
    assert later.confirm()["counts_from"] == stage.clock.ms


def test_the_same_phone_bound_again_stays_as_it_was(stage: Stage) -> None:
    visit, phone = stage.bound()
    since = stage.clock.ms
    stage.clock.forward(hours=1)
    again = stage.visit(visit.person, visit.terminal).begin()
    phone.open(again.url)
    again.number(phone.digits())
    assert again.confirm()["counts_from"] == since
    assert len(stage.bindings(visit.person)) == 1


def test_whoever_had_a_phone_before_stops_another_by_the_link_of_the_message(stage: Stage) -> None:
    visit, old = stage.bound()
    other = stage.visit(visit.person, visit.terminal).begin()
    new = stage.phone(visit.person)
    new.open(other.url)
    other.number(new.digits())
    other.confirm()
    link = old.messages()[-1].url
    page = old.open(link)
    assert "有一部手机绑到了您的账号" in page.text
    assert "已停用" in old.post(link.partition("8443")[2], stop="yes").text
    assert [each.openid for each in stage.bindings(visit.person)] == [old.openid]
    assert new.messages()[-1].title == "手机已解除绑定"
    assert "已经停用" in old.open(link).text


def test_unbinding_at_the_kiosk_is_at_once_and_the_phone_is_told(stage: Stage) -> None:
    visit, phone = stage.bound()
    assert visit.unbind()
    assert stage.bindings(visit.person) == []
    assert phone.messages()[-1].title == "手机已解除绑定"
    assert not visit.unbind()
    proof = stage.visit(visit.person, visit.terminal).begin("prove")
    phone.open(proof.url)
    assert proof.number("")["why"] == "not-bound"


def test_a_closed_account_has_no_phones_and_they_are_told(stage: Stage) -> None:
    visit, phone = stage.bound()
    with stage.hall.store.writing() as session:
        bindings.end_all(session, stage.bindings(visit.person)[0].account, stage.hall.now())
    assert stage.bindings(visit.person) == []
    assert phone.messages()[-1].title == "手机已解除绑定"


def test_a_message_that_the_channel_does_not_take_is_sent_later(stage: Stage) -> None:
    visit, phone = stage.bound()
    stage.deliver()
    stage.wechat.side.said["/cgi-bin/message/template/send"] = (503, b"")
    assert visit.unbind()
    assert len(phone.messages()) == 1
    stage.wechat.side.said.clear()
    assert len(phone.messages()) == 1  # not before its time
    stage.clock.forward(minutes=2)
    assert [each.title for each in phone.messages()] == ["手机已绑定", "手机已解除绑定"]


def test_while_the_channel_is_down_the_kiosk_is_asked_to_wait_and_the_number_may_be_typed_again(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    phone.open(visit.url)
    stage.wechat.side.said["/intp/realname/checkrealnameinfo"] = (502, b"")
    answer = stage.ask(visit.terminal, "/v1/bind/number", {"bind": visit.bind, "digits": phone.digits()})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, {"error": "unavailable"}, "5")
    stage.wechat.side.said.clear()
    assert visit.number(phone.digits())["state"] == "matched"


def test_who_has_no_account_and_whose_card_says_another_name_gets_no_code(stage: Stage) -> None:
    visit = stage.visit()
    stranger = somebody()
    for who in (stranger.who(), visit.person.who(name="李四", document="social-card", level="social-card")):
        body = {"who": who, "purpose": "bind", "nonce": visit.nonce}
        answer = stage.ask(visit.terminal, "/v1/bind/begin", body)
        assert (answer.status_code, answer.json()) == (403, {"error": "no-account"})
    assert stage.refusals() == ["/v1/bind/begin no-account"] * 2


def test_after_an_unbinding_the_phone_that_was_there_is_told_of_another_and_can_stop_it(stage: Stage) -> None:
    visit, old = stage.bound()
    assert visit.unbind()
    stage.clock.forward(days=29)
    _, new = stage.bound(visit.person, visit.terminal)
    told = old.messages()[-1]
    assert told.title == "另一部手机绑到了您的账号"
    assert "已停用" in old.post(told.url.partition("8443")[2], stop="yes").text
    assert stage.bindings(visit.person) == []
    assert new.messages()[-1].title == "手机已解除绑定"


def test_a_phone_bound_again_and_again_is_told_once_of_another_and_never_of_itself(stage: Stage) -> None:
    visit, old = stage.bound()
    for _ in range(2):
        visit.unbind()
        again = stage.visit(visit.person, visit.terminal).begin()
        old.open(again.url)
        again.number(old.digits())
        assert again.confirm()["done"]
    assert "另一部手机绑到了您的账号" not in [each.title for each in old.messages()]
    stage.bound(visit.person, visit.terminal)
    assert [each.title for each in old.messages()].count("另一部手机绑到了您的账号") == 1


def test_a_phone_that_was_objected_to_gets_no_link_to_stop_the_next_one(stage: Stage) -> None:
    visit, old = stage.bound()
    _, theirs = stage.bound(visit.person, visit.terminal)
    old.post(old.messages()[-1].url.partition("8443")[2], stop="yes")
    heard = len(theirs.messages())
    stage.bound(visit.person, visit.terminal)
    assert old.messages()[-1].title == "另一部手机绑到了您的账号"
    assert len(theirs.messages()) == heard
