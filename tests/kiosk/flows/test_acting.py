"""For another: both are shown, both are recorded, and neither gets in the other's way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.scanner import Fault
from kiosk import say, slip
from kiosk import say_people as words
from kiosk.acting import Acting, Kind
from kiosk.flows import card
from kiosk.masking import masked_number
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from offline_cache.envelope import decode, parse
from screens.pages import Chosen, Confirmed, Home, Menu, Nav, Review, Services, TypeCode, TypeNumber
from tests.kiosk.flows.test_ticket import TAKEN
from tests.kiosk.office import Office, person
from tests.kiosk.play import play
from tests.kiosk.test_acting import COMPANY

CHILD = person(7, birth="20150101").number
FOR_CHILD = ((Home, "acting"), (Menu, "ward"), (TypeNumber, CHILD))
TICKET = ((Services, Chosen(("pension",))), (Review, Confirmed()), *TAKEN)


def test_the_review_and_the_slip_name_both(office: Office, holder: Visitor) -> None:
    pages = play(card.visit(office.desk(), holder), *FOR_CHILD, *TICKET)
    (review,) = [page for page in pages if isinstance(page, Review)]
    assert review.holder == "王*明"
    assert review.acting is not None
    assert (review.acting.label, review.acting.who) == (words.ACTED_FOR, f"990***********{CHILD[-4:]}")
    assert len(office.paper.papers()) == 1


def test_the_record_tells_the_hall_of_both_and_the_number_only_under_seal(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *FOR_CHILD, *TICKET)
    issued, _ = (decode(data) for data in office.outbox.batch())
    assert issued.body["acting"] == {"kind": "ward", "masked": f"990***********{CHILD[-4:]}"}
    assert issued.body["masked"].startswith("王*明")
    assert CHILD.encode() not in b"".join(office.outbox.batch())


def test_an_agent_names_the_company_by_its_credit_code(office: Office, holder: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), holder),
        *((Home, "acting"), (Menu, "agent"), (TypeCode, "91990000MA0000001C"), (TypeCode, Fault.TWO_CODES)),
        *((TypeCode, COMPANY.encode()), *TICKET),
    )
    problems = [page.problem for page in pages if isinstance(page, TypeCode)]
    assert problems == [None, words.AGENT_WRONG, words.AGENT_WRONG]
    issued, _ = (decode(data) for data in office.outbox.batch())
    assert issued.body["acting"]["kind"] == "agent"


def test_one_s_own_number_is_not_another_s(office: Office, holder: Visitor) -> None:
    assert holder.holder is not None
    pages = play(
        card.visit(office.desk(), holder),
        *((Home, "acting"), (Menu, "ward"), (TypeNumber, holder.holder.number), (TypeNumber, "1" * 18)),
        *((TypeNumber, CHILD), *TICKET),
    )
    problems = [page.problem for page in pages if isinstance(page, TypeNumber)]
    assert problems == [None, words.WARD_SELF, say.TYPE_WRONG]


def test_steps_back_lead_to_the_question_and_home(office: Office, holder: Visitor) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            *((Home, "acting"), (Menu, "ward"), (TypeNumber, Nav.BACK), (Menu, "agent"), (TypeCode, Nav.BACK)),
            *((Menu, Nav.BACK), (Home, Cancelled())),
        )


def test_a_ticket_for_another_is_not_taken_for_one_s_own(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *FOR_CHILD, *TICKET)
    assert office.desk().held(holder, ("pension",)) is None
    issued, _ = (decode(data) for data in office.outbox.batch())
    assert issued.body["person"] is None


def test_the_slip_carries_both_names_masked(office: Office, holder: Visitor) -> None:
    acting = replace(holder, acting=Acting(Kind.WARD, CHILD, masked_number(CHILD)))
    recorded = office.desk().record(acting, ("pension",), None)
    said = parse(recorded.slip, 16_384)["masked"]
    assert "王*明" in said
    assert CHILD[-4:] in said
    assert CHILD not in said
    assert slip.draw(recorded, office.tools().kiosk, 576).height > 400
