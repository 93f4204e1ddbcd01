"""Documents that come into a visit: asked for, of another person, or opened by what is printed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from devices.holder import Document, Holder, Proof
from devices.reader import CardArrived, CardGone, CardLocked, CardRead, CardRefused, Fault
from devices.scanner import Scanned
from kiosk.catalogue import checked
from screens.pages import Attract, Home, LayAgain, Notice, Review, Services, TakeCard, TypeCode
from tests.kiosk.bundle import payload, service
from tests.kiosk.duty import Duty
from tests.kiosk.flows.test_budget import LINES
from tests.kiosk.flows.test_passport import HOLDER as PASSPORT
from tests.kiosk.office import Office, person
from tests.kiosk.room import room_for

CARD = person(1, "王小明")
ID = replace(CARD, document=Document.RESIDENT_ID, proof=Proof.GENUINE)
OTHER = replace(person(2, "钱二多"), document=Document.RESIDENT_ID, proof=Proof.GENUINE)


@pytest.fixture
def duty(qtbot: QtBot, office: Office) -> Iterator[Duty]:
    catalogue = checked(payload(services=[service("carded", "要身份证的事", needs="id-card", hot=90)]))
    office.machine = replace(office.machine, catalogue=catalogue)
    with room_for(qtbot) as room:
        duty = Duty(room, office)
        yield duty
        duty.close()


def to_question(duty: Duty) -> None:
    duty.lay_down(CARD)
    duty.sees(Home)
    duty.press("choice:services")
    duty.sees(Services)
    duty.press("matter:carded", "primary")
    duty.sees(LayAgain)


def lay_id_card(duty: Duty, holder: Holder) -> None:
    duty.tell(CardArrived("id-card", watched=False), CardRead("id-card", holder))


def test_the_same_person_s_id_card_goes_on_with_the_visit(duty: Duty) -> None:
    to_question(duty)
    lay_id_card(duty, ID)
    duty.sees(Review, "王*明")
    assert duty.ends() == []


def test_another_person_s_card_where_one_is_asked_for_is_named_and_ends_nothing(duty: Duty) -> None:
    to_question(duty)
    lay_id_card(duty, OTHER)
    duty.sees(LayAgain, "不是同一个人")
    assert "钱" not in duty.text()
    lay_id_card(duty, ID)
    duty.sees(Review)


def test_a_card_that_cannot_be_read_there_asks_again(duty: Duty) -> None:
    to_question(duty)
    duty.tell(CardArrived("id-card", watched=False), CardRefused("id-card", Fault.CARD_SILENT))
    duty.sees(LayAgain, "再试一次")


def test_elsewhere_another_person_s_card_still_ends_the_visit(duty: Duty) -> None:
    duty.lay_down(CARD)
    duty.sees(Home, "王*")
    lay_id_card(duty, OTHER)
    duty.sees(Home, "钱*")
    assert duty.ends() == ["card-swapped"]


def test_the_card_of_the_visit_taken_while_another_is_asked_for_ends_it(duty: Duty) -> None:
    to_question(duty)
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    assert duty.ends() == ["card-pulled"]


def test_a_passport_is_asked_for_its_lines_and_then_greeted(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.tell(Scanned("scanner", LINES))
    duty.sees(LayAgain)
    duty.tell(CardRead("card", PASSPORT))
    duty.sees(Home, "ERIKSSON *", "护照")
    assert len(duty.office.unlocked_with) == 1


def test_a_passport_taken_away_before_it_is_open_leads_back(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    assert duty.ends() == ["card-pulled"]


def test_a_forgotten_passport_is_called_one(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.press("nav:leave")
    duty.sees(TakeCard, "护照")


def test_a_passport_laid_down_in_another_s_visit_does_not_disturb_it(duty: Duty) -> None:
    lay_id_card(duty, ID)
    duty.sees(Home, "王*")
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(Home, "王*")
    duty.tell(CardGone("card"))
    duty.press("nav:leave")
    duty.sees(Attract)


def test_words_of_a_refused_document_name_what_helps(duty: Duty) -> None:
    said: dict[Fault, str] = {}
    for fault in (Fault.PASSPORT_FORGED, Fault.CARD_ELSEWHERE, Fault.BANK_CARD, Fault.PHONE):
        duty.tell(CardArrived("card", watched=True), CardRefused("card", fault))
        duty.sees(Notice, fault.value)
        said[fault] = duty.text()
        duty.tell(CardGone("card"))
        duty.press("nav:leave")
        duty.sees(Attract)
    assert "身份证读卡区" in said[Fault.CARD_ELSEWHERE]
    assert "擦一擦" not in "".join(said.values())


def test_another_person_s_id_card_is_not_taken_for_the_passport_that_opens(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.tell(Scanned("scanner", LINES))
    duty.sees(LayAgain)
    lay_id_card(duty, OTHER)
    duty.sees(Home, "钱*")
    assert "在机内" not in duty.text()
    assert duty.ends() == ["card-swapped"]


def test_a_passport_that_opens_after_its_visit_starts_none(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.tell(Scanned("scanner", LINES))
    duty.sees(LayAgain)
    duty.press("nav:leave")
    duty.sees(TakeCard, "护照")
    duty.tell(CardRead("card", PASSPORT), CardRefused("card", Fault.PASSPORT_KEY))
    duty.sees(TakeCard, "护照")
    duty.tell(CardGone("card"))
    duty.sees(Attract)


def test_a_passport_laid_down_at_somebody_s_farewell_is_served_next(duty: Duty) -> None:
    lay_id_card(duty, ID)
    duty.sees(Home, "王*")
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.press("nav:leave")
    duty.sees(TypeCode)


def test_the_same_passport_read_anew_goes_on_with_its_visit(duty: Duty) -> None:
    duty.tell(CardArrived("card", watched=True), CardLocked("card"))
    duty.sees(TypeCode)
    duty.tell(Scanned("scanner", LINES))
    duty.sees(LayAgain)
    duty.tell(CardRead("card", PASSPORT))
    duty.sees(Home, "ERIKSSON *")
    duty.tell(CardRead("card", PASSPORT))
    assert duty.ends() == []
