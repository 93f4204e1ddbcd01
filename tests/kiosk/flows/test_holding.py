"""Who waits already is shown that ticket: to keep, to cancel, to print again."""

from __future__ import annotations

import pytest

from kiosk import say
from kiosk.flows import card
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from offline_cache import board
from screens.pages import Chosen, Confirm, Confirmed, HaveTicket, Home, Nav, Notice, Review, Services, TakeTicket
from tests.kiosk.flows.test_ticket import TAKEN, take
from tests.kiosk.office import Office, person
from tests.kiosk.play import play

CANCELS = ((Home, "tickets"), (HaveTicket, "cancel"), (Confirm, Confirmed()), (Notice, None))


@pytest.fixture
def waiting(office: Office, holder: Visitor) -> Visitor:
    """A holder who took A001 for the pension."""
    play(card.visit(office.desk(), holder), *take("pension"))
    return holder


def test_who_has_no_ticket_is_told_so_and_led_back(office: Office, holder: Visitor) -> None:
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), holder), (Home, "tickets"), (Notice, None), (Home, Cancelled()))


def test_a_kept_ticket_ends_the_visit(office: Office, waiting: Visitor) -> None:
    pages = play(card.visit(office.desk(), waiting), (Home, "tickets"), (HaveTicket, "keep"))
    held = pages[-1]
    assert isinstance(held, HaveTicket)
    assert (held.number, [matter.zh for matter in held.matters]) == ("A001", ["养老金领取"])


def test_back_leads_home(office: Office, waiting: Visitor) -> None:
    play(card.visit(office.desk(), waiting), (Home, "tickets"), (HaveTicket, Nav.BACK), (Home, "tickets"), KEEP)


KEEP = (HaveTicket, "keep")


def test_a_cancellation_is_asked_twice_and_can_be_taken_back(office: Office, waiting: Visitor) -> None:
    pages = play(
        card.visit(office.desk(), waiting),
        (Home, "tickets"),
        (HaveTicket, "cancel"),
        (Confirm, Nav.BACK),
        (HaveTicket, "keep"),
    )
    question = pages[2]
    assert isinstance(question, Confirm)
    assert question.title.zh == "要取消 A001 吗？"
    assert office.desk().held(waiting, None) is not None


def test_a_cancelled_ticket_is_gone_and_its_slip_cannot_be_printed_again(office: Office, waiting: Visitor) -> None:
    held = office.desk().held(waiting, None)
    assert held is not None
    play(card.visit(office.desk(), waiting), *CANCELS)
    assert office.desk().held(waiting, None) is None
    with pytest.raises(Exception, match="K103"):
        office.desk().copy(held.id or "")


def test_a_cancellation_that_cannot_be_saved_says_so_and_the_ticket_stands(office: Office, waiting: Visitor) -> None:
    office.fill_disk()
    pages = play(card.visit(office.desk(), waiting), *CANCELS)
    notice = pages[-1]
    assert isinstance(notice, Notice)
    assert (notice.title, notice.code) == (say.NOT_CANCELLED_TITLE, "L101")
    assert office.troubles == ["L101"]
    assert office.desk().held(waiting, None) is not None


def test_a_cancellation_that_is_late_is_not_said_to_be_done_or_undone(office: Office, waiting: Visitor) -> None:
    pages = play(card.visit(office.desk(), waiting), *CANCELS, late={"cancel"})
    notice = pages[-1]
    assert isinstance(notice, Notice)
    assert (notice.title, notice.code) == (say.MAYBE_CANCELLED_TITLE, "L101")


def test_a_reprint_has_the_same_number_and_says_copy(office: Office, waiting: Visitor) -> None:
    pages = play(card.visit(office.desk(), waiting), (Home, "tickets"), (HaveTicket, "reprint"), *TAKEN)
    last = pages[-1]
    assert isinstance(last, TakeTicket)
    assert last.number == "A001"
    first, second = office.paper.papers()
    assert second.height > first.height
    assert office.counts().printed == 2


def test_a_tenth_copy_is_refused_with_its_code(office: Office, waiting: Visitor) -> None:
    again = ((Home, "tickets"), (HaveTicket, "reprint"))
    for _ in range(8):
        play(card.visit(office.desk(), waiting), *again, *TAKEN)
    pages = play(card.visit(office.desk(), waiting), *again, (Notice, None))
    assert isinstance(pages[-1], Notice)
    assert pages[-1].code == "K103"
    assert len(office.paper.papers()) == 9


def test_something_else_goes_on_to_another_ticket(office: Office, waiting: Visitor) -> None:
    play(
        card.visit(office.desk(), waiting),
        (Home, "tickets"),
        (HaveTicket, "other"),
        (Services, Chosen(("transfer",))),
        (Review, Confirmed()),
        *TAKEN,
    )
    assert office.counts().printed == 2


def test_a_ticket_from_another_kiosk_is_shown_and_cancelled_but_not_printed(office: Office, holder: Visitor) -> None:
    mine = office.desk().bookings.person(holder)
    told = {"person": mine, "number": "A009", "queue": "A", "matters": ["pension"], "at": 1}
    office.ledger.hear(
        board.board(
            {
                "as_of": office.clock.now(),
                "day": "2026-11-20",
                "bundle": 1,
                "sheet": 1,
                "watermark": 0,
                "queues": {},
                "waiting": [told],
                "told": [],
            }
        )
    )
    pages = play(
        card.visit(office.desk(), holder),
        (Home, "pension"),
        (HaveTicket, "cancel"),
        (Confirm, Confirmed()),
        (Notice, None),
    )
    held = pages[1]
    assert isinstance(held, HaveTicket)
    assert (held.number, "reprint" in [choice.key for choice in held.keys]) == ("A009", False)
    assert office.desk().held(holder, None) is None


def test_nobody_sees_another_person_s_ticket(office: Office, waiting: Visitor) -> None:
    other = Visitor(person(2, "钱二多"), watched=True)
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), other), (Home, "tickets"), (Notice, None), (Home, Cancelled()))


def test_without_today_s_key_nobody_is_recognised_and_everybody_is_served(office: Office, waiting: Visitor) -> None:
    office.sheet = None
    play(card.visit(office.desk(), waiting), *take("pension"))
    assert office.counts().printed == 2
