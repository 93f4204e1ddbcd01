"""More proof where what was chosen needs it; never by less than was asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.holder import Document, Holder, Proof
from devices.reader import Fault
from kiosk.catalogue import checked
from kiosk.desk import NotRecorded
from kiosk.flows import card
from kiosk.steps import Cancelled, WentHome
from kiosk.visitor import Visitor
from offline_cache.envelope import decode
from screens.pages import (
    Bind,
    Chosen,
    Confirmed,
    Home,
    LayAgain,
    Menu,
    Nav,
    Notice,
    Open,
    Review,
    Services,
    StepUp,
    TakeTicket,
    TypeNumber,
)
from tests.kiosk.bundle import payload, service
from tests.kiosk.far_people import FarPeople
from tests.kiosk.flows.test_ticket import TAKEN
from tests.kiosk.office import Office, person
from tests.kiosk.play import play

SERVICES = [
    service("plain", "平常的事"),
    service("phoned", "要手机的事", needs="phone"),
    service("carded", "要身份证的事", needs="id-card"),
    service("strong", "要紧的事", needs="strong"),
]
ID = replace(person(1), document=Document.RESIDENT_ID, proof=Proof.GENUINE)


@pytest.fixture
def office(office: Office) -> Office:
    fitted = frozenset({"card", "id-card", "scanner"})
    office.machine = replace(office.machine, catalogue=checked(payload(services=SERVICES)), fitted=fitted)
    return office


def choose(service: str) -> tuple[type[Services], Chosen]:
    return (Services, Chosen((service,)))


def levels(office: Office) -> list[str]:
    events = (decode(data) for data in office.outbox.batch())
    return [event.body["level"] for event in events if event.kind == "ticket.issued"]


def test_a_social_card_is_joined_by_the_id_card_of_the_same_person(office: Office, holder: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        choose("carded"),
        (LayAgain, ID),
        (Review, Confirmed()),
        *TAKEN,
    )
    assert levels(office) == ["id-card"]
    last = pages[-1]
    assert isinstance(last, TakeTicket)


def test_the_card_that_lies_inside_is_the_one_to_take(office: Office, holder: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), holder),
        *((Home, "services"), choose("carded"), (LayAgain, ID), (Review, Confirmed()), *TAKEN),
    )
    (take, *_) = [page for page in pages if isinstance(page, TakeTicket)]
    assert take.card is not None
    assert take.card.zh == "社保卡"


@pytest.mark.parametrize(
    "wrong", [replace(ID, number=person(2).number), Fault.CARD_SILENT, person(1), Fault.CARD_UNKNOWN]
)
def test_another_card_is_no_proof(office: Office, holder: Visitor, wrong: Holder | Fault) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "services"), choose("carded"), (LayAgain, wrong), (LayAgain, Cancelled())),
        )
    assert office.counts().recorded == 0


def test_the_strongest_takes_card_and_phone_one_after_the_other(
    office: Office, hall: FarPeople, holder: Visitor
) -> None:
    play(
        card.visit(office.desk(), holder),
        *((Home, "services"), choose("strong"), (LayAgain, ID), (Bind, "4821"), (Review, Confirmed()), *TAKEN),
    )
    assert levels(office) == ["strong"]
    assert [who.level for who, *_ in hall.said("begin")] == ["id-card"]


def test_where_two_ways_lead_there_the_person_chooses(office: Office, hall: FarPeople, holder: Visitor) -> None:
    play(
        card.visit(office.desk(), holder),
        *((Home, "services"), choose("phoned"), (StepUp, "phone"), (Bind, "4821"), (Review, Confirmed()), *TAKEN),
    )
    assert levels(office) == ["phone"]


def test_what_was_shown_once_holds_for_the_visit(office: Office, holder: Visitor) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "services"), choose("carded"), (LayAgain, ID), (Review, Nav.BACK)),
            *((Services, Chosen(("plain", "carded"))), (Review, Cancelled())),
        )


def test_who_turns_away_is_back_at_the_choice(office: Office, holder: Visitor) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "services"), choose("carded"), (LayAgain, Nav.BACK), (Services, Cancelled())),
        )


def test_a_matter_says_beforehand_that_it_takes_one_more_check(office: Office, holder: Visitor) -> None:
    def look(page: Services) -> Chosen:
        states = {matter.id: matter.open for matter in page.matters}
        assert states == {"plain": Open.YES, "phoned": Open.STEP, "carded": Open.STEP, "strong": Open.STEP}
        return Chosen(("plain",))

    play(card.visit(office.desk(), holder), (Home, "services"), (Services, look), (Review, Confirmed()), *TAKEN)


def test_what_cannot_be_shown_here_is_closed_and_never_recorded(office: Office, holder: Visitor) -> None:
    office.machine = replace(office.machine, fitted=frozenset({"card"}), online=False)

    def look(page: Services) -> Chosen:
        assert {matter.id for matter in page.matters if matter.open is Open.CLOSED} == {"phoned", "carded", "strong"}
        return Chosen(("strong",))  # by whatever trick

    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "services"), (Services, look), (Notice, "go-on"), (Services, Cancelled())),
        )
    with pytest.raises(NotRecorded):
        office.desk().record(holder, ("strong",), None)
    assert office.counts().recorded == 0


def test_a_copied_passport_is_capped_below_what_needs_a_card(office: Office) -> None:
    copied = replace(person(1), document=Document.PASSPORT, number="X00000019", state="UTO", proof=Proof.SIGNED)
    for needs in ("carded", "strong"):
        with pytest.raises(NotRecorded):
            office.desk().record(Visitor(copied, watched=True, phone=True), (needs,), None)
    assert office.desk().record(Visitor(copied, watched=True), ("phoned",), None).number == "A001"


def test_without_a_bound_phone_none_is_offered(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.channels = []
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "services"), choose("phoned"), (LayAgain, Nav.BACK), (Services, Cancelled())),
        )
    assert hall.said("begin") == []


def test_what_was_done_for_another_is_not_done_for_oneself_afterwards(office: Office, holder: Visitor) -> None:
    child = person(7, birth="20150101").number
    play(
        card.visit(office.desk(), holder),
        *((Home, "acting"), (Menu, "ward"), (TypeNumber, child), choose("carded"), (LayAgain, ID)),
        *((Review, WentHome()), (Home, "services"), choose("carded"), (Review, Confirmed()), *TAKEN),
    )
    (issued,) = [decode(data) for data in office.outbox.batch() if decode(data).kind == "ticket.issued"]
    assert issued.body["acting"] is None
    assert issued.body["person"] is not None
    assert issued.body["level"] == "id-card"


def test_an_account_is_opened_at_what_the_document_says_however_much_more_was_shown(
    office: Office, hall: FarPeople
) -> None:
    people = office.people()
    people.agree(Visitor(ID, phone=True))
    opening, _ = people.attached()
    assert opening is not None
    assert opening.level == "id-card"
