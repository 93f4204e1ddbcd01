"""Cards in the middle of a visit: its own that is taken, another one, and what the visit gives back."""

from __future__ import annotations

import gc

from devices.holder import Holder
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderLost, ReaderReady
from kiosk.catalogue import checked
from kiosk.visitor import Visitor
from screens.look import Look
from screens.pages import Attract, Home, Menu, Printing, Review, TakeCard, TakeTicket
from tests.kiosk.bundle import payload
from tests.kiosk.duty import Duty, Start
from tests.kiosk.office import Office, person
from tests.kiosk.room import busy

FIRST, SECOND = person(1, "王小明"), person(2, "钱二多")


# Somebody is there.


def test_a_pulled_card_ends_the_visit_and_nothing_of_it_stays(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    assert "王" not in duty.text()
    assert duty.ends() == ["card-pulled"]


def test_another_card_ends_the_visit_and_begins_its_own(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    duty.sees(Home, "钱*")
    assert "王" not in duty.text()
    assert duty.ends() == ["card-pulled"]


def test_another_card_in_the_other_reader_is_a_swap(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.lay_down(SECOND, "id-card", watched=False)
    duty.sees(Home, "钱*")
    assert "王" not in duty.text()
    assert duty.ends() == ["card-swapped"]
    assert [each["via"] for each in duty.noted("visit.began")] == ["card", "id-card"]
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")  # the first one's: it still lies there


def test_a_card_laid_down_in_a_visit_without_one_begins_its_own(duty: Duty) -> None:
    duty.press("choice:no-card")
    duty.lay_down(FIRST)
    duty.sees(Home, "王*")
    assert duty.ends() == ["card-swapped"]


def test_the_same_person_s_other_document_changes_nothing(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.press("choice:services")
    before = duty.window.page()
    duty.lay_down(FIRST)
    duty.tell(CardGone("card"))
    assert duty.window.page() is before
    assert duty.ends() == []


def test_a_card_refused_during_a_visit_is_noted_and_asked_for_after_it(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home)
    duty.tell(CardArrived("card", watched=True), CardRefused("card", Fault.CARD_UNKNOWN))
    assert isinstance(duty.window.page(), Home)
    assert duty.noted("document.refused") == [{"device": "card", "fault": "C104"}]
    duty.press("nav:leave")
    duty.sees(TakeCard)


def test_an_id_card_is_not_watched_so_nobody_is_asked_to_take_it(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home, "您要办")
    assert "在机内" not in duty.text()
    duty.press("nav:leave")
    duty.sees(Attract)


def test_an_id_card_s_visit_goes_on_when_its_reader_is_lost(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.tell(ReaderLost("id-card", Fault.READER_GONE))
    duty.press("choice:services")
    assert duty.ends() == []
    duty.press("nav:leave")
    duty.sees(Attract, "C101")


def test_a_reader_lost_with_the_visit_s_card_in_it_ends_the_visit(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.tell(ReaderLost("card", Fault.READER_GONE))
    duty.sees(Attract, "C101")
    assert duty.ends() == ["card-pulled"]
    duty.tell(ReaderReady("card"), ReaderReady("card"))
    duty.until(lambda: "C101" not in duty.text())
    assert duty.noted("device.back") == [{"device": "card"}]


def test_a_card_that_comes_while_a_device_works_waits_for_its_turn(duty: Duty) -> None:
    hang = busy(duty.room)
    duty.lay_down(FIRST)  # its first look-up waits on the store
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    assert duty.ends() == []
    hang.go.set()
    duty.sees(Home, "钱*")
    assert len(duty.ends()) == 1


def test_a_card_gone_before_its_turn_gets_none(duty: Duty) -> None:
    hang = busy(duty.room)
    duty.lay_down(FIRST, "id-card", watched=False)
    duty.lay_down(SECOND)
    duty.tell(CardGone("card"))
    hang.go.set()
    duty.sees(Attract)
    assert duty.ends() == ["card-swapped"]
    assert len(duty.noted("visit.began")) == 1


def test_who_walks_away_leaves_nothing(start: Start) -> None:
    duty = start(pace=1 / 64)
    duty.press("choice:no-card")
    duty.sees(Menu)
    duty.until(lambda: duty.ends() == ["walked-away"])
    duty.sees(Attract)


def test_the_end_key_ends_the_visit(duty: Duty) -> None:
    duty.press("choice:no-card", "nav:leave")
    duty.sees(Attract)
    assert duty.ends() == ["cancelled"]


def test_the_look_of_a_visit_ends_with_it(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.sees(Home)
    duty.window.set_look(Look(elder=True))
    duty.press("nav:leave")
    duty.sees(TakeCard)  # to whoever comes next, or comes back
    assert duty.window.look() == Look()


def test_no_holder_outlives_the_visit_although_the_card_still_lies_there(duty: Duty) -> None:
    duty.lay_down(person(7, "诸葛无痕"))
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.room.settle()
    left = [each for each in gc.get_objects() if isinstance(each, Visitor | CardRead)]
    assert not any("诸葛" in str(getattr(getattr(each, "holder", None), "name", "")) for each in left)


def test_news_in_the_middle_of_a_visit_change_nothing_under_the_citizen_s_hands(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    page = duty.window.page()
    duty.tell({"catalogue": checked(payload(services=payload()["services"][:1])), "online": False})
    assert duty.window.page() is page


# A whole visit.


def test_card_in_ticket_out_card_taken(duty: Duty, office: Office) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001", "社保卡")
    assert len(office.paper.papers()) == 1
    duty.tell(CardGone("card"))
    duty.until(lambda: "请取走社保卡" not in duty.text())
    page = duty.window.page()
    assert isinstance(page, TakeTicket)
    assert page.card is None
    duty.lay_down(SECOND)
    duty.sees(Home, "钱*")
    assert duty.ends() == ["done"]


def test_a_card_pulled_while_the_slip_is_printed_still_sees_its_number(duty: Duty, office: Office) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    hang = busy(duty.room, "printer")
    duty.press("primary")
    duty.sees(Printing)
    duty.tell(CardGone("card"))
    hang.go.set()
    duty.sees(TakeTicket, "A001")
    assert office.counts().printed == 1
    assert duty.ends() == []


def test_a_card_left_after_the_ticket_is_asked_for(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001")
    duty.window.answered.emit(None)  # its time is over
    duty.sees(TakeCard, "社保卡")
    assert duty.ends() == ["done"]
    assert "A001" not in duty.text()


def test_a_ticket_by_id_card_asks_nobody_to_take_a_card(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(id_card, "id-card", watched=False)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    duty.press("primary")
    duty.sees(TakeTicket, "A001")
    page = duty.window.page()
    assert isinstance(page, TakeTicket)
    assert page.card is None


def test_the_end_key_gives_a_card_back_only_where_one_lies_inside(duty: Duty, id_card: Holder) -> None:
    duty.lay_down(FIRST)
    duty.sees(Home, "退卡")
    duty.tell(CardGone("card"))
    duty.lay_down(id_card, "id-card", watched=False)
    duty.sees(Home)
    assert "退卡" not in duty.text()
