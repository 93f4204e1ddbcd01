"""Without a card: a ticket all the same, and nothing learned of anybody."""

from __future__ import annotations

import pytest

from kiosk import say
from kiosk.flows import no_card
from kiosk.steps import Cancelled, WalkedAway
from kiosk.visitor import Visitor
from offline_cache.envelope import decode
from screens.pages import Chosen, Confirmed, Menu, Nav, Open, Review, Services, TakeTicket, TypeNumber
from tests.kiosk.office import Office, person
from tests.kiosk.play import Turn, play

NUMBER = person(1).number
TAKEN: tuple[Turn, ...] = ((Services, Chosen(("pension",))), (Review, Confirmed()), (TakeTicket, None))


def test_nobody_s_ticket_names_nobody(office: Office) -> None:
    pages = play(no_card.visit(office.desk(), Visitor()), (Menu, "none"), *TAKEN)
    review = pages[2]
    assert isinstance(review, Review)
    assert review.holder == ""
    (issued, _settled) = map(decode, office.outbox.batch())
    assert (issued.body["via"], issued.body["person"], issued.body["masked"], issued.sealed) == ("none", None, "", None)


def test_a_typed_number_goes_sealed_to_the_hall_and_nowhere_else(office: Office) -> None:
    pages = play(no_card.visit(office.desk(), Visitor()), (Menu, "typed"), (TypeNumber, NUMBER), *TAKEN)
    data, _settled = office.outbox.batch()
    issued = decode(data)
    assert (issued.body["via"], issued.body["person"], issued.body["masked"]) == ("typed", None, "")
    assert issued.sealed is not None
    assert NUMBER.encode() not in data
    assert NUMBER not in str(pages)
    office.store.checkpoint()
    assert NUMBER.encode() not in (office.folder / "keting.db").read_bytes()


def test_a_typed_visitor_is_not_shown_by_a_traceback() -> None:
    assert NUMBER not in repr(Visitor(typed=NUMBER))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        NUMBER[:17],
        NUMBER + "0",
        NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"),
        "990000195002300018",
        "99000019500101001x"[::-1],
        "' OR 1=1 --",
        "\x00" * 18,
        "９９００００１９５００１０１００１８",
        "9" * 10_000,
    ],
    ids=range(11),
)
def test_what_is_no_number_is_asked_for_again_and_taken_right(office: Office, typed: str) -> None:
    pages = play(
        no_card.visit(office.desk(), Visitor()), (Menu, "typed"), (TypeNumber, typed), (TypeNumber, NUMBER), *TAKEN
    )
    first, second = (page for page in pages if isinstance(page, TypeNumber))
    assert (first.problem, second.problem) == (None, say.TYPE_WRONG)


def test_a_small_x_is_as_good_as_a_capital_one(office: Office) -> None:
    number = next(one for one in (person(serial).number for serial in range(100)) if one.endswith("X"))
    play(no_card.visit(office.desk(), Visitor()), (Menu, "typed"), (TypeNumber, number.lower()), *TAKEN)
    assert office.counts().printed == 1


def test_back_from_the_first_page_ends_the_visit(office: Office) -> None:
    with pytest.raises(Cancelled):
        play(no_card.visit(office.desk(), Visitor()), (Menu, Nav.BACK))


def test_back_from_the_keypad_and_from_the_services_leads_to_the_first_page(office: Office) -> None:
    with pytest.raises(WalkedAway):
        play(
            no_card.visit(office.desk(), Visitor()),
            (Menu, "typed"),
            (TypeNumber, Nav.BACK),
            (Menu, "none"),
            (Services, Nav.BACK),
            (Menu, WalkedAway()),
        )
    assert office.counts().recorded == 0


def test_each_way_opens_what_it_is_proof_enough_for(office: Office) -> None:
    def open_(page: Services) -> Chosen:
        assert {matter.id: matter.open for matter in page.matters}["card-only"] is Open.CLOSED
        return Chosen(("pension",))

    for first in (((Menu, "none"),), ((Menu, "typed"), (TypeNumber, NUMBER))):
        play(no_card.visit(office.desk(), Visitor()), *first, (Services, open_), *TAKEN[1:])
