"""A ticket needs the proof that its service names, whatever the kiosk thought of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hall.poison import LESS_PROOF
from hall.tickets import Ticket
from tests.hall.certificates.machine import Machine
from tests.hall.conftest import Counter, issued
from tests.hall.people.registering import Kiosk

ID_CARD, STRONG, CARD, TYPED = "contribution-refund", "leaving-withdraw", "pension-estimate", "marriage-register"


@pytest.mark.parametrize(
    ("matters", "level"),
    [
        ([ID_CARD], "passport"),
        ([ID_CARD], "social-card"),
        ([STRONG], "id-card"),
        ([CARD, ID_CARD], "phone"),
        ([CARD], "none"),
    ],
)
def test_a_ticket_with_less_proof_than_its_service_needs_is_parked(east: Kiosk, matters: list[str], level: str) -> None:
    assert "less proof" in east.refused(east.ticket(matters=matters, level=level))


@pytest.mark.parametrize(
    ("matters", "level"),
    [([ID_CARD], "id-card"), ([ID_CARD, STRONG], "strong"), ([CARD], "social-card"), (["unheard-of"], "none")],
)
def test_a_ticket_with_enough_proof_is_taken(east: Kiosk, matters: list[str], level: str) -> None:
    assert east.send(east.ticket(matters=matters, level=level)) == []


@pytest.mark.parametrize("via", ["typed", "none", "booking"])
@pytest.mark.parametrize("level", ["social-card", "phone", "passport", "id-card", "strong"])
def test_who_laid_no_card_reaches_no_level_of_a_card(east: Kiosk, via: str, level: str) -> None:
    assert "nothing but a card" in east.refused(east.ticket(via=via, level=level))


@pytest.mark.parametrize(
    ("via", "matter", "taken"),
    [
        ("none", "unheard-of", True),
        ("card", TYPED, True),
        ("typed", TYPED, True),
        ("none", TYPED, False),
        ("booking", TYPED, False),
        ("card", CARD, False),
        ("card", ID_CARD, False),
        ("card", STRONG, False),
    ],
)
def test_a_kiosk_that_says_no_level_has_proved_no_more_than_a_typed_number(
    counter: Counter, east: Kiosk, via: str, matter: str, taken: bool
) -> None:
    body = issued("T2", f"{east.terminal.number}-A007", matters=[matter], via=via)
    assert "level" not in body
    event = east.terminal.event("ticket.issued", body, counter.clock.ms)
    if taken:
        assert east.send(event) == []
        assert counter.ticket(body["id"]).level is None
    else:
        assert east.refused(event) == LESS_PROOF


@pytest.mark.parametrize("level", ["passport", "phone", "social-card", "typed", "none"])
def test_a_certificate_for_who_showed_no_id_card_is_parked(issuing: Machine, level: str) -> None:
    paper = issuing.sign()
    assert issuing.send(issuing.issued(paper, level=level))["parked"] == [1]
    assert issuing.send(issuing.issued(paper, level="id-card"))["parked"] == [1]


def test_for_whom_somebody_acts_is_kept_masked(counter: Counter, east: Kiosk) -> None:
    event = east.ticket(acting={"kind": "agent", "masked": "91***********0X"})
    assert east.send(event) == []
    with counter.hall.store.reading() as session:
        (ticket,) = session.scalars(select(Ticket))
    assert ticket.acting == {"kind": "agent", "masked": "91***********0X"}
    assert "acting" in east.refused(east.ticket(acting={"kind": "friend", "masked": "x"}))
    assert "acting" in east.refused(east.ticket(acting={"kind": "ward", "masked": "x", "number": "1"}))
