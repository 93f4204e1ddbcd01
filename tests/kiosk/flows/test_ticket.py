from __future__ import annotations

import pytest

from kiosk.flows import card, no_card
from kiosk.steps import Cancelled, WentHome
from kiosk.visitor import Visitor
from screens.pages import (
    CARD_TAKEN,
    About,
    Chosen,
    Confirm,
    Confirmed,
    Guide,
    HaveTicket,
    Home,
    Menu,
    Nav,
    Notice,
    Open,
    Review,
    Services,
    TakeTicket,
    TypeNumber,
)
from tests.kiosk.office import Office, person
from tests.kiosk.play import Turn, play

TAKEN: tuple[Turn, ...] = ((TakeTicket, CARD_TAKEN), (TakeTicket, None))


def take(*matters: str) -> tuple[Turn, ...]:
    return ((Home, "services"), (Services, Chosen(matters)), (Review, Confirmed()), *TAKEN)


def test_a_card_holder_leaves_with_a_printed_ticket(office: Office, holder: Visitor) -> None:
    pages = play(card.visit(office.desk(), holder), *take("pension"))
    assert office.counts().printed == 1
    assert len(office.paper.papers()) == 1
    last = pages[-1]
    assert isinstance(last, TakeTicket)
    assert last.number == "A001"


def test_several_matters_go_on_one_ticket_and_each_paper_is_asked_for_once(office: Office, holder: Visitor) -> None:
    pages = play(card.visit(office.desk(), holder), *take("pension", "transfer"))
    review = next(page for page in pages if isinstance(page, Review))
    assert [material.zh for material in review.materials] == ["身份证", "养老金领取申请表", "社保转移申请表"]
    assert office.counts().recorded == 1


def test_a_person_who_waits_is_shown_that_ticket_and_gets_no_second_one(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *take("pension"))
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("transfer", "pension"))),
        (HaveTicket, "keep"),
    )
    held = pages[-1]
    assert isinstance(held, HaveTicket)
    assert held.number == "A001"
    assert len(office.paper.papers()) == 1


def test_the_holder_may_cancel_and_then_take_a_new_number(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *take("pension"))
    play(
        card.visit(office.desk(), holder),
        (Home, "tickets"),
        (HaveTicket, "cancel"),
        (Confirm, Confirmed()),
        (Notice, None),
    )
    pages = play(card.visit(office.desk(), holder), *take("pension"))
    assert isinstance(pages[-1], TakeTicket)
    assert pages[-1].number == "A002"  # a number is burnt, never used again


def test_a_typed_number_neither_shows_nor_blocks_what_belongs_to_its_holder(office: Office, holder: Visitor) -> None:
    assert holder.holder is not None
    play(card.visit(office.desk(), holder), *take("pension"))
    typed = (
        (Menu, "typed"),
        (TypeNumber, holder.holder.number),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (TakeTicket, None),
    )
    pages = play(no_card.visit(office.desk(), Visitor()), *typed)
    assert not any(isinstance(page, HaveTicket) for page in pages)
    assert not any("王" in str(page) for page in pages)
    assert office.counts().printed == 2
    play(card.visit(office.desk(), Visitor(person(2), watched=True)), *take("pension"))


def test_a_typed_number_with_a_wrong_digit_is_asked_for_again(office: Office) -> None:
    pages = play(
        no_card.visit(office.desk(), Visitor()),
        (Menu, "typed"),
        (TypeNumber, "990000195001010010"),
        (TypeNumber, Nav.BACK),
        (Menu, "none"),
        (Services, Nav.BACK),
        (Menu, WentHome()),
        (Menu, "none"),
        (Services, Chosen(("transfer",))),
        (Review, Confirmed()),
        (TakeTicket, None),
    )
    asked_again = [page for page in pages if isinstance(page, TypeNumber)][1]
    assert asked_again.problem is not None


def test_what_needs_a_card_is_closed_to_those_without_and_says_so(office: Office) -> None:
    def look(page: Services) -> Nav:
        states = {matter.id: matter.open for matter in page.matters}
        assert states["card-only"] is Open.CLOSED
        assert states["pension"] is Open.YES
        return Nav.BACK

    with pytest.raises(Cancelled):
        play(no_card.visit(office.desk(), Visitor()), (Menu, "none"), (Services, look), (Menu, Cancelled()))


def test_the_review_can_explain_take_off_and_go_back(office: Office, holder: Visitor) -> None:
    play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension", "transfer"))),
        (Review, About("pension")),
        (Guide, Nav.BACK),
        (Review, About("transfer", remove=True)),
        (Review, Nav.BACK),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        *TAKEN,
    )
    assert office.ledger.waiting_for(office.desk().bookings.person(holder) or b"")[0].matters == ("pension",)


def test_a_review_emptied_leads_back_to_the_choice(office: Office, holder: Visitor) -> None:
    play(
        card.visit(office.desk(), holder),
        (Home, "pension"),
        (Review, About("pension", remove=True)),
        (Services, Chosen(("transfer",))),
        (Review, Nav.BACK),
        (Services, Chosen(("transfer",))),
        (Review, Confirmed()),
        *TAKEN,
    )


def test_a_choice_of_nothing_leads_home(office: Office, holder: Visitor) -> None:
    play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(())),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        *TAKEN,
    )


def test_something_else_that_is_the_same_again_gets_no_second_ticket(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *take("pension"))
    play(
        card.visit(office.desk(), holder),
        (Home, "pension"),
        (HaveTicket, "other"),
        (Services, Chosen(("pension",))),
        (HaveTicket, "keep"),
    )
    assert office.counts().recorded == 1


def test_a_ticket_of_one_s_own_does_not_stand_in_the_way_of_another_matter(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *take("pension"))
    play(
        card.visit(office.desk(), holder),
        (Home, "pension"),
        (HaveTicket, "other"),
        (Services, Chosen(("transfer",))),
        (Review, Confirmed()),
        *TAKEN,
    )
    assert office.counts().printed == 2
