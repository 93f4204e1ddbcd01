"""What must never get through, each on record: nobody binds a phone to somebody else, or proves to be them."""

from __future__ import annotations

import pytest

from hall.binding import tries
from hall.binding.models import BindTry
from hall.channels import PhoneAccount
from tests.hall.binding.stage import Handset, Stage, Visit, somebody
from tests.hall.binding.tried import lost, ready
from tests.hall.terminal import cbor


def test_a_confirmation_played_again_binds_nothing(stage: Stage) -> None:
    visit, _ = ready_and_confirmed(stage)
    visit.unbind()
    assert visit.confirm()["why"] == "replayed"
    assert stage.bindings(visit.person) == []
    assert stage.refusals()[-1] == f"{visit.terminal.id} bind replayed"


def ready_and_confirmed(stage: Stage) -> tuple[Visit, Handset]:
    visit, phone = ready(stage)
    visit.number(phone.digits())
    assert visit.confirm()["done"]
    return visit, phone


def test_the_very_bytes_of_a_confirmation_are_refused_a_second_time(stage: Stage) -> None:
    visit, phone = ready(stage)
    visit.number(phone.digits())
    body = cbor({"bind": visit.bind, "nonce": visit.nonce, "phone": visit.phone})
    headers = visit.terminal.headers("POST", "/v1/bind/confirm", body)
    assert stage.client.request("POST", "/v1/bind/confirm", content=body, headers=headers).status_code == 200
    again = stage.client.request("POST", "/v1/bind/confirm", content=body, headers=headers)
    assert (again.status_code, again.json()) == (401, {"error": "counter"})
    assert stage.refusals() == ["/v1/bind/confirm counter"]


@pytest.mark.parametrize("late", ["scan", "number", "confirm"])
def test_after_two_minutes_nothing_can_be_done_with_a_code(stage: Stage, late: str) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    if late != "scan":
        phone.open(visit.url)
    if late == "confirm":
        visit.number(phone.digits())
    digits = phone.digits() if late == "number" else "0000"
    stage.clock.forward(seconds=120)
    if late == "scan":
        page = phone.open(visit.url)
        assert (page.status_code, "这个码已作废" in page.text) == (410, True)
    said = visit.confirm() if late == "confirm" else visit.number(digits)
    assert said["why"] == "expired"
    if late != "scan":
        assert "这个码过期了" in phone.get("/phone/bind").text
    lost(stage, visit, "expired")


def test_a_second_scan_voids_the_code_for_both_phones_and_the_kiosk(stage: Stage) -> None:
    visit, phone = ready(stage)
    digits = phone.digits()
    bystander = stage.phone(somebody("李四"))
    page = bystander.open(visit.url)
    assert (page.status_code, "已作废" in page.text, visit.person.name[0] + "*" in page.text) == (410, True, False)
    assert visit.number(digits)["why"] == "second-scan"
    assert "另一部手机也扫了这个码" in phone.get("/phone/bind").text
    lost(stage, visit, "second-scan")


def test_a_second_scan_after_the_match_still_voids_it(stage: Stage) -> None:
    visit, phone = ready(stage)
    visit.number(phone.digits())
    stage.phone(somebody("李四")).open(visit.url)
    assert visit.confirm()["why"] == "second-scan"
    lost(stage, visit, "second-scan")


def test_a_bystander_who_scans_first_over_the_shoulder_gets_nothing_and_is_noticed(stage: Stage) -> None:
    visit = stage.visit().begin()
    bystander, holder = stage.phone(somebody("李四")), stage.phone(visit.person)
    bystander.open(visit.url)
    assert holder.open(visit.url).status_code == 410
    assert visit.number(bystander.digits() or "0000")["why"] == "second-scan"
    lost(stage, visit, "second-scan")


def test_a_bystander_whose_number_the_holder_is_talked_into_typing_has_another_name(stage: Stage) -> None:
    visit = stage.visit().begin()
    bystander = stage.phone(somebody("李四"))
    bystander.open(visit.url)
    assert visit.number(bystander.digits())["why"] == "another-name"
    assert "账号与证件对不上" in bystander.get("/phone/bind").text
    lost(stage, visit, "another-name")


def test_code_and_number_relayed_to_another_place_meet_the_real_name_and_the_shown_account(stage: Stage) -> None:
    """A thief at the kiosk with a card that was found sends the code to its owner and asks for the number.

    The owner's phone names kiosk and place; with the number given away all the same, the phone that is bound is
    the owner's own, the kiosk shows it, and its owner is told and can stop it.
    """
    visit = stage.visit().begin()
    owner = stage.phone(visit.person)
    page = owner.open(visit.url).text
    assert visit.terminal.number in page
    assert "谁向您要数字，都不要给" in page
    said = visit.number(owner.digits())
    assert said["shown"] == "江**步"  # not the thief's
    assert owner.press(owner.get("/phone/bind"), "/phone/bind/refuse").status_code == 303
    assert visit.confirm()["why"] == "refused"
    lost(stage, visit, "refused")


def test_a_proof_relayed_to_another_place_needs_the_owner_s_word_and_is_told_on_the_phone(stage: Stage) -> None:
    """A thief at the kiosk with a card that was found wants the owner's phone to prove that the owner stands there.

    Without the number, and after a refusal, there is no proof. With the number given away there is one: nothing that
    the hall can see tells the owner in front of the kiosk from the owner elsewhere on the telephone. Then the phone
    is told where it was used, and once its owner unbinds it, it proves nothing any more.
    """
    visit, owner = stage.bound()
    for _ in range(2):
        relayed = stage.visit(visit.person, visit.terminal).begin("prove")
        page = owner.open(relayed.url)
        assert f"{visit.terminal.number} 号机" in page.text
        assert "谁向您要数字，都不要给" in page.text
        if relayed.number(f"{(int(owner.digits()) + 1) % 10_000:04d}")["state"] == "wrong":
            owner.press(page, "/phone/bind/refuse")
        assert relayed.confirm()["why"] == "refused"
    assert [each.title for each in owner.messages()] == ["手机已绑定"]

    relayed = stage.visit(visit.person, visit.terminal).begin("prove")
    owner.open(relayed.url)
    relayed.number(owner.digits())
    assert relayed.confirm()["done"]
    assert "不是您在机器前" in owner.get("/phone/bind").text
    told = owner.messages()[-1]
    assert (told.title, told.text[: len(visit.terminal.number) + 3]) == (
        "手机用于核验身份",
        f"{visit.terminal.number} 号机",
    )
    page = owner.open(told.url)
    assert owner.press(page, "/me/unbind").status_code == 200
    again = stage.visit(visit.person, visit.terminal).begin("prove")
    owner.open(again.url)
    assert again.number("")["why"] == "not-bound"


def test_two_wrong_numbers_void_the_code(stage: Stage) -> None:
    visit, phone = ready(stage)
    right = phone.digits()
    wrong = [f"{(int(right) + step) % 10_000:04d}" for step in (1, 2)]
    assert [visit.number(digits)["state"] for digits in wrong] == ["wrong", "void"]
    assert visit.number(right)["why"] == "wrong-number"
    lost(stage, visit, "wrong-number")


def test_an_account_swapped_between_match_and_yes_is_not_the_one_that_was_confirmed(stage: Stage) -> None:
    visit, phone = ready(stage)
    visit.number(phone.digits())
    other, theirs = ready(stage)
    other.number(theirs.digits())
    assert visit.confirm(phone=other.phone)["why"] == "another-phone"
    assert "账号中途换了" in phone.get("/phone/bind").text
    lost(stage, visit, "another-phone")


def test_an_account_swapped_for_another_at_the_question_of_the_channel_is_not_vouched_for(stage: Stage) -> None:
    """The finder of a card scans as the holder's account, and lets their own name be compared, or the other way."""
    holder = somebody()
    for first, second in ((holder, somebody("李四")), (somebody("李四"), holder)):
        visit = stage.visit(holder).begin()
        phone, other = stage.phone(first), stage.phone(second)
        sent = phone.get(visit.url.partition("8443")[2]).headers["location"]
        back = stage.beyond.get(sent, headers={"x-wechat": phone.openid}).headers["location"]
        asked = phone.get(back.partition("8443")[2]).headers["location"]
        back = stage.beyond.get(asked, headers={"x-wechat": other.openid}).headers["location"]
        assert phone.get(back.partition("8443")[2]).status_code == 303
        assert visit.number(phone.digits())["why"] == "another-name"
        lost(stage, visit, "another-name")


def test_a_try_that_knows_its_phone_is_void_when_another_account_arrives(stage: Stage) -> None:
    visit, _ = ready(stage)
    with stage.hall.store.writing() as session:
        one = session.get_one(BindTry, visit.bind)
        tries.arrived(session, one, PhoneAccount("wechat", "oAnother0001", "李*"), stage.hall.now())
    lost(stage, visit, "another-phone")


def test_a_way_back_that_nobody_went_changes_nothing(stage: Stage) -> None:
    visit, phone = ready(stage)
    thief = stage.phone(somebody("李四"))
    code = stage.wechat.side.code("account", thief.openid)
    answer = phone.get(f"/phone/back?code={code}&state={'A' * 26}")
    assert (answer.status_code, "页面已过期" in answer.text) == (403, True)
    assert visit.row.openid == phone.openid
    assert "a way back that nobody went" in stage.refusals()


def test_a_way_back_from_the_channel_works_once_and_in_the_browser_that_went_there(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone, other = stage.phone(visit.person), stage.phone(somebody("李四"))
    sent = phone.get(visit.url.partition("8443")[2])
    back = stage.beyond.get(sent.headers["location"], headers={"x-wechat": phone.openid}).headers["location"]
    path = back.partition("8443")[2]
    assert other.get(path).status_code == 403
    onward = phone.get(path).headers["location"]
    assert phone.get(path).status_code == 403
    back = stage.beyond.get(onward, headers={"x-wechat": phone.openid}).headers["location"]
    path = back.partition("8443")[2]
    assert other.get(path).status_code == 403
    assert [phone.get(path).status_code for _ in range(2)] == [303, 403]
    assert visit.row.openid == phone.openid


def test_a_found_card_with_the_finder_s_own_phone_is_another_name(stage: Stage) -> None:
    visit = stage.visit().begin()
    for finder in (somebody("李四"), somebody(visit.person.name)):  # another name; the same name, another number
        phone = stage.phone(finder)
        phone.open(visit.url)
        assert visit.number(phone.digits())["why"] == "another-name"
        lost(stage, visit, "another-name")
        visit = stage.visit(visit.person, visit.terminal).begin()
    nameless = stage.phone()
    nameless.open(visit.url)
    assert visit.number(nameless.digits())["why"] == "another-name"
    assert stage.bindings(visit.person) == []


def test_a_phone_that_belongs_to_one_account_is_not_bound_to_another(stage: Stage) -> None:
    first, phone = stage.bound()
    second = stage.visit()
    named = stage.wechat.phones.get(phone.openid)
    assert named is not None
    person = second.person
    stage.wechat.phones.add(named.model_copy(update={"name": person.name, "number": person.number}))
    second.begin()
    phone.open(second.url)
    second.number(phone.digits())
    assert second.confirm()["why"] == "another-name"
    assert stage.bindings(person) == []
    assert len(stage.bindings(first.person)) == 1


def test_a_stranger_s_phone_proves_nothing(stage: Stage) -> None:
    visit, _ = stage.bound()
    proof = stage.visit(visit.person, visit.terminal).begin("prove")
    _, stranger = stage.bound()
    assert "还不能核验" in stranger.open(proof.url).text
    assert proof.number("")["why"] == "not-bound"
    assert f"{visit.terminal.id} prove not-bound" in stage.refusals()


def test_a_phone_unbound_between_match_and_yes_proves_nothing(stage: Stage) -> None:
    visit, phone = stage.bound()
    proof = stage.visit(visit.person, visit.terminal).begin("prove")
    phone.open(proof.url)
    assert proof.number(phone.digits())["state"] == "matched"
    visit.unbind()
    assert proof.confirm()["why"] == "not-bound"
