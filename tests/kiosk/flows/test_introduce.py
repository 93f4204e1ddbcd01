"""The first swipe opens an account, with the notice the law wants; nobody is kept who did not agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flows import card
from kiosk.flows.ticket import take
from kiosk.people_desk import NOTICE
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from offline_cache.envelope import Event, decode
from screens.pages import Chosen, Confirmed, Home, Nav, Notify, Review, Services, TakeTicket
from tests.kiosk.far_people import ACCOUNT, FarPeople
from tests.kiosk.flows.test_ticket import TAKEN
from tests.kiosk.office import Office
from tests.kiosk.play import play

CHOOSE = (Services, Chosen(("pension",)))
TO_NOTICE = (CHOOSE, (Review, Confirmed()))


def events(office: Office) -> list[Event]:
    return [decode(data) for data in office.outbox.batch()]


@pytest.fixture
def asking(office: Office) -> Office:
    office.asks = True
    return office


def test_an_unknown_person_s_first_service_opens_the_account_in_one_step(
    asking: Office, hall: FarPeople, holder: Visitor
) -> None:
    hall.account_id = None
    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Confirmed()), *TAKEN)
    opened, issued, settled = events(asking)
    assert (opened.kind, issued.kind, settled.kind) == ("account.opened", "ticket.issued", "ticket.settled")
    assert issued.body["account"] == opened.body["id"]
    assert (opened.body["notice"], opened.body["document"], opened.body["level"]) == (
        NOTICE,
        "social-card",
        "social-card",
    )
    assert opened.sealed is not None


def test_the_notice_says_what_is_kept_why_and_how_long(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.account_id = None
    pages = play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Confirmed()), *TAKEN)
    (notice,) = [page for page in pages if isinstance(page, Notify)]
    assert all(row.what.zh and row.why.zh and row.until.zh for row in notice.kept)
    assert holder.holder is not None
    assert notice.holder == f"王*明 990***********{holder.holder.number[-4:]}"


def test_who_declines_gets_the_ticket_and_leaves_no_account(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.account_id = None
    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, "decline"), *TAKEN)
    assert [event.kind for event in events(asking)] == ["ticket.issued", "ticket.settled"]
    assert events(asking)[0].body["account"] is None


def test_who_leaves_at_the_notice_leaves_nothing(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.account_id = None
    with pytest.raises(Cancelled):
        play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Cancelled()))
    assert events(asking) == []
    assert asking.counts().recorded == 0


def test_a_step_back_from_the_notice_leads_to_the_review(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.account_id = None
    play(
        take(asking.desk(), holder), *TO_NOTICE, (Notify, Nav.BACK), (Review, Confirmed()), (Notify, "decline"), *TAKEN
    )


def test_whom_the_hall_knows_is_not_asked_again(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    play(take(asking.desk(), holder), *TO_NOTICE, *TAKEN)
    (issued, _) = events(asking)
    assert issued.body["account"] == ACCOUNT


def test_a_newer_notice_is_shown_to_who_agreed_to_an_older_one(
    asking: Office, hall: FarPeople, holder: Visitor
) -> None:
    hall.notice = NOTICE - 1
    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Confirmed()), *TAKEN)
    assert events(asking)[0].kind == "account.opened"


def test_offline_the_account_is_provisional_and_in_the_same_transaction(asking: Office, holder: Visitor) -> None:
    asking.machine = replace(asking.machine, online=False)
    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Confirmed()), *TAKEN)
    assert [event.kind for event in events(asking)][:2] == ["account.opened", "ticket.issued"]


def test_a_hall_that_does_not_answer_is_as_good_as_none(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.away = True
    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, "decline"), *TAKEN)


def test_nothing_of_an_account_is_on_record_where_the_ticket_is_not(
    asking: Office, hall: FarPeople, holder: Visitor
) -> None:
    hall.account_id = None
    asking.fill_disk()
    before = len(events(asking))
    from screens.pages import Notice

    play(take(asking.desk(), holder), *TO_NOTICE, (Notify, Confirmed()), (Notice, None))
    assert "account.opened" not in [event.kind for event in events(asking)[before:]]


def test_the_second_service_of_a_visit_asks_nothing(asking: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.account_id = None
    desk = asking.desk()
    play(take(desk, holder), *TO_NOTICE, (Notify, Confirmed()), *TAKEN)
    play(take(desk, holder), (Services, Chosen(("transfer",))), (Review, Confirmed()), *TAKEN)
    kinds = [event.kind for event in events(asking)]
    assert kinds.count("account.opened") == 1
    first, second = [event for event in events(asking) if event.kind == "ticket.issued"]
    assert first.body["account"] == second.body["account"]


def test_nobody_is_asked_for_a_name_they_did_not_show(asking: Office, hall: FarPeople) -> None:
    play(take(asking.desk(), Visitor(typed="990000195001010010")), *TO_NOTICE, (TakeTicket, None))
    assert hall.asked == []


def test_what_the_hall_is_asked_names_the_document_and_its_level(
    asking: Office, hall: FarPeople, holder: Visitor
) -> None:
    play(card.visit(asking.desk(), holder), (Home, "services"), *TO_NOTICE, *TAKEN)
    (who,) = hall.said("account")
    assert (who.document, who.level) == ("social-card", "social-card")
    assert holder.holder is not None
    assert holder.holder.number not in repr(who)
