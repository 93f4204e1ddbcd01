"""Who leaves, a printer that fails, a store that is full or late: what becomes of a ticket."""

from __future__ import annotations

import pytest

from kiosk.flows import card
from kiosk.steps import Cancelled, CardPulled, WalkedAway
from kiosk.visitor import Visitor
from screens.pages import (
    Chosen,
    Confirmed,
    Home,
    Notice,
    Review,
    Services,
    TakeTicket,
)
from tests.kiosk.flows.test_ticket import take
from tests.kiosk.office import Office
from tests.kiosk.play import play


@pytest.mark.parametrize("left", [Cancelled(), WalkedAway(), CardPulled()], ids=lambda left: type(left).__name__)
def test_nothing_comes_out_for_someone_who_left(office: Office, holder: Visitor, left: Exception) -> None:
    with pytest.raises(type(left)):
        play(card.visit(office.desk(), holder), (Home, "services"), (Services, Chosen(("pension",))), (Review, left))
    assert office.counts().recorded == 0
    assert office.paper.papers() == []


def test_a_printer_that_is_not_ready_voids_the_number_and_says_nothing_was_printed(
    office: Office, holder: Visitor
) -> None:
    office.paper.paper_out()
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (Notice, None),
    )
    notice = pages[-1]
    assert isinstance(notice, Notice)
    assert notice.code == "P102"
    assert office.counts().void == 1
    assert office.paper.papers() == []


def test_power_lost_in_the_middle_is_uncertain_and_never_resent(office: Office, holder: Visitor) -> None:
    office.paper.at_row(300, office.paper.power_cut)
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (Notice, None),
    )
    assert "A001" in str(pages[-1])
    assert office.counts().uncertain == 1
    office.paper.power_on()
    office.restart()
    before = len(office.paper.papers())
    assert office.status().ready
    assert len(office.paper.papers()) == before
    assert office.counts().uncertain == 1


def test_a_slip_that_did_not_come_is_printed_once_more_and_no_third_time(office: Office, holder: Visitor) -> None:
    play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (TakeTicket, "missing"),
        (TakeTicket, "missing"),
        (Notice, None),
    )
    assert office.counts().printed == 2
    assert len(office.paper.papers()) == 2


def test_a_record_that_comes_too_late_is_no_ticket_and_is_not_printed(office: Office, holder: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (Notice, None),
        late=["record"],
    )
    assert isinstance(pages[-1], Notice)
    assert pages[-1].code == "L101"
    assert office.paper.papers() == []


def test_a_slip_that_comes_too_late_is_uncertain(office: Office, holder: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (Notice, None),
        late=["print"],
    )
    assert "A001" in str(pages[-1])
    assert office.counts().uncertain == 1


def test_a_store_that_is_late_to_settle_keeps_nobody_from_the_slip(office: Office, holder: Visitor) -> None:
    play(card.visit(office.desk(), holder), *take("pension"), late=["settle"])
    assert len(office.paper.papers()) == 1


def test_a_full_disk_takes_no_ticket_and_says_so(office: Office, holder: Visitor) -> None:
    office.fill_disk()
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "services"),
        (Services, Chosen(("pension",))),
        (Review, Confirmed()),
        (Notice, None),
    )
    assert isinstance(pages[-1], Notice)
    assert pages[-1].code == "L101"
    assert office.troubles == ["L101"]
    assert office.paper.papers() == []
    assert office.counts().recorded == 0
