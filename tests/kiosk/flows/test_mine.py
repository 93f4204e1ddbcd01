"""我的: a person sees what is kept of them, and undoes it as easily as it was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from devices.holder import Document, Proof
from kiosk import say_people as words
from kiosk.flows import card
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from offline_cache.envelope import decode
from offline_cache.people import Me
from screens.pages import Bind, Confirm, Confirmed, HaveTicket, Home, Listing, MyPage, Nav, Notice, Notify, StepUp
from tests.kiosk.far_people import ACCOUNT, OLD_PHONE, FarPeople, page
from tests.kiosk.office import NOON, Office, person
from tests.kiosk.play import Turn, play

HOLDER = replace(person(1), document=Document.RESIDENT_ID, proof=Proof.GENUINE, expires=date(2026, 12, 30))
ID = Visitor(HOLDER, watched=False)
END: Turn = (Home, Cancelled())


def said(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


FULL: Me = page(
    applied=[{"what": said("社保转移"), "where": said("窗口办理中"), "at": NOON, "step": 3, "steps": 4}],
    certificates=[
        {
            "short": "0123456789ABCDEF",
            "what": said("居住证明"),
            "at": NOON,
            "until": "2026-12-20",
            "state": said("有效"),
            "copies": 1,
        }
    ],
    expiring=[{"what": said("居住证明"), "until": "2026-12-20"}],
    channels=[OLD_PHONE.model_dump()],
    reads=[{"at": NOON, "who": said("03 号自助机"), "what": said("姓名、证件号"), "why": said("您插卡取号")}],
    read_count=4,
)


def see(office: Office, *script: Turn, visitor: Visitor = ID) -> None:
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), visitor), (Home, "mine"), *script, END)


def test_it_says_what_was_applied_for_what_ends_and_who_looked(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL

    def look(shown: MyPage) -> Nav:
        assert (shown.name, shown.number) == ("王*明", "990***********" + HOLDER.number[-4:])
        (one,) = shown.applied
        assert (one.what.zh, one.step, one.steps) == ("社保转移", 3, 4)
        (read,) = shown.seen
        assert (read.at, read.who.zh, read.why.zh) == ("11-20 12:00", "03 号自助机", "您插卡取号")
        assert (shown.seen_count, shown.certificates) == (4, 1)
        assert [each.zh for each in shown.expiring] == ["您的身份证 2026-12-30", "居住证明 2026-12-20"]
        assert [each.zh for each in shown.channels] == ["微信 小*"]
        assert "王小明" not in repr(shown)
        return Nav.BACK

    see(office, (MyPage, look))


def test_a_social_security_card_alone_shows_nothing(office: Office, hall: FarPeople, holder: Visitor) -> None:
    office.machine = replace(office.machine, fitted=frozenset({"card", "id-card", "scanner"}))
    see(office, (StepUp, Nav.BACK), visitor=holder)
    assert hall.said("me") == []


def test_with_the_bound_phone_it_does(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.mine = FULL
    see(office, (Bind, "4821"), (MyPage, Nav.HOME), visitor=holder)
    (who,) = hall.said("me")
    assert who.level == "phone"


@pytest.mark.parametrize("list_", ["applied", "reads", "certificates", "expiring"])
def test_every_list_can_be_opened_and_left(office: Office, hall: FarPeople, list_: str) -> None:
    hall.mine = FULL

    def look(shown: Listing) -> Nav:
        assert shown.rows
        return Nav.BACK

    see(office, (MyPage, list_), (Listing, look), (MyPage, Nav.BACK))


def rows_of(count: int) -> list[dict[str, object]]:
    return [{"at": NOON, "who": said("03 号自助机"), "what": said("姓名"), "why": said("您插卡取号")}] * count


OLDER = {"applied": None, "tickets": None, "certificates": None, "reads": 7}


def test_a_list_is_fetched_whole_and_turned_as_every_list_is(office: Office, hall: FarPeople) -> None:
    hall.mine = page(reads=rows_of(3), read_count=3, older=OLDER)
    hall.parts = [{"rows": rows_of(50), "before": 5}, {"rows": rows_of(4), "before": None}]

    def overview(shown: MyPage) -> str:
        assert shown.seen_count > len(shown.seen)  # or there would be no key to all of them
        return "reads"

    def look(shown: Listing) -> Nav:
        assert len(shown.rows) == 57
        assert shown.lead is not None
        assert shown.lead.zh == "最近 30 天，共 3 次，更早的在后面"
        return Nav.BACK

    see(office, (MyPage, overview), (Listing, look), (MyPage, Nav.BACK))
    assert hall.said("older") == [("reads", 7), ("reads", 5)]


def test_what_of_a_list_did_not_come_is_said_to_be_on_the_phone(office: Office, hall: FarPeople) -> None:
    hall.mine = page(reads=rows_of(3), read_count=3, older=OLDER)

    def goes(_shown: MyPage) -> str:
        hall.away = True
        return "reads"

    def look(shown: Listing) -> Nav:
        assert len(shown.rows) == 3
        assert shown.lead is not None
        assert "更早的请在手机上看" in shown.lead.zh
        return Nav.BACK

    see(office, (MyPage, goes), (Listing, look), (MyPage, Nav.BACK))


def test_a_list_without_end_ends_on_the_phone(office: Office, hall: FarPeople) -> None:
    hall.mine = page(certificates=FULL.model_dump()["certificates"], older=OLDER | {"certificates": 20})
    hall.parts = [{"rows": FULL.model_dump()["certificates"] * 50, "before": 9}] * 11

    def look(shown: Listing) -> Nav:
        assert (len(shown.rows), shown.lead) == (501, words.OLDER_ON_PHONE)
        return Nav.BACK

    see(office, (MyPage, "certificates"), (Listing, look), (MyPage, Nav.BACK))


def test_an_empty_list_says_so(office: Office, hall: FarPeople) -> None:
    def look(shown: Listing) -> Nav:
        assert shown.rows == ()
        assert shown.empty == words.NO_READS
        return Nav.BACK

    see(office, (MyPage, "reads"), (Listing, look), (MyPage, Nav.BACK))


def test_a_phone_is_unbound_by_two_presses(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    see(
        office,
        *((MyPage, "channels"), (Listing, "wechat"), (Confirm, Confirmed()), (Notice, "go-on")),
        (MyPage, Nav.BACK),
    )
    assert hall.said("unbind") == ["wechat"]


def test_a_no_leaves_the_phone_bound(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    see(office, (MyPage, "channels"), (Listing, "wechat"), (Confirm, Nav.BACK), (MyPage, Nav.BACK))
    assert hall.said("unbind") == []


def test_without_an_account_one_is_offered_with_its_notice(office: Office, hall: FarPeople) -> None:
    hall.account_id, hall.mine = None, None

    def agree(_notice: Notify) -> Confirmed:
        hall.account_id, hall.mine = ACCOUNT, page()
        return Confirmed()

    see(office, (Notice, "open"), (Notify, agree), (MyPage, Nav.BACK))
    assert [decode(data).kind for data in office.outbox.batch()] == ["account.opened"]


def test_who_does_not_agree_is_back_at_home_and_nothing_is_kept(office: Office, hall: FarPeople) -> None:
    hall.account_id, hall.mine = None, None
    see(office, (Notice, "open"), (Notify, "decline"))
    assert office.outbox.pending().count == 0


def test_a_hall_that_is_away_is_named_with_its_code(office: Office, hall: FarPeople) -> None:
    hall.away = True

    def look(notice: Notice) -> str:
        assert notice.code == "N101"
        return "go-on"

    see(office, (Notice, look))


def test_closing_the_account_is_one_grave_question_away(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    see(office, (MyPage, "channels"), (Listing, "close"), (Confirm, Confirmed()), (Notice, "go-on"))
    (closed,) = (decode(data) for data in office.outbox.batch())
    assert (closed.kind, closed.body) == ("account.closed", {"account": ACCOUNT})


def test_the_list_is_on_record_before_paper_and_masked(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    see(office, (MyPage, "print"), (Notice, "go-on"), (MyPage, Nav.BACK))
    issued, settled = (decode(data) for data in office.outbox.batch())
    assert (issued.kind, issued.body["account"]) == ("extract.issued", ACCOUNT)
    assert (settled.kind, settled.body["outcome"]) == ("extract.settled", "printed")
    assert office.extracts.counts().printed == 1
    assert len(office.paper.papers()) == 1


def test_a_list_that_did_not_print_is_void_and_says_so(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    office.paper.stop()

    def look(notice: Notice) -> str:
        assert notice.title == words.EXTRACT_VOID_TITLE
        return "go-on"

    see(office, (MyPage, "print"), (Notice, look), (MyPage, Nav.BACK))
    assert office.extracts.counts().void == 1


def test_a_question_about_a_read_names_whom_to_ask(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL

    def look(notice: Notice) -> str:
        assert "12345" in notice.lead.zh
        return "go-on"

    see(office, (MyPage, "question"), (Notice, look), (MyPage, Nav.BACK))


def test_after_the_ticket_the_visit_is_over_and_the_page_does_not_come_back(office: Office, hall: FarPeople) -> None:
    hall.mine = FULL
    office.desk().record(ID, ("pension",), None)
    play(card.visit(office.desk(), ID), (Home, "mine"), (MyPage, "tickets"), (HaveTicket, "keep"))


def test_two_phones_of_one_channel_are_named_and_unbound_together(office: Office, hall: FarPeople) -> None:
    lost = OLD_PHONE.model_copy(update={"shown": "微信 丢*"})
    hall.mine = page(channels=[OLD_PHONE.model_dump(), lost.model_dump()])

    def look(shown: Listing) -> str:
        assert [row.title.zh for row in shown.rows][:-1] == ["微信 小*、微信 丢*"]
        return "wechat"

    def ask(question: Confirm) -> Confirmed:
        assert question.lead.zh == "微信 小*、微信 丢*"
        return Confirmed()

    see(office, (MyPage, "channels"), (Listing, look), (Confirm, ask), (Notice, "go-on"), (MyPage, Nav.BACK))


def test_who_agreed_before_and_declines_now_has_no_account(office: Office, hall: FarPeople) -> None:
    hall.account_id, hall.mine = None, None
    desk = office.desk()
    desk.people.agree(ID)
    with pytest.raises(Cancelled):
        play(card.visit(desk, ID), (Home, "mine"), (Notice, "open"), (Notify, "decline"), END)
    assert office.outbox.pending().count == 0


def test_an_account_that_does_not_arrive_is_said_and_breaks_nothing(office: Office, hall: FarPeople) -> None:
    hall.account_id, hall.mine = None, None

    def go_away(_notice: Notify) -> Confirmed:
        hall.away = True
        return Confirmed()

    see(office, (Notice, "open"), (Notify, go_away), (Notice, "go-on"))
