"""A technician in the machine's day: their card opens the mode, waits its turn, and ends it when it is pulled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.reader import CardArrived, CardGone, ReaderReady, WorkCard
from kiosk.maintenance import flow
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.faults import Fault as MaintenanceFault
from kiosk.steps import Visit
from screens.pages import Attract, AwaitCard, EnterPin, Home, Notice, TakeCard, Testing, Upkeep
from tests.kiosk.duty import Duty, Start
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import person
from tests.kiosk.room import busy

CITIZEN = person(1, "王小明")


@pytest.fixture
def duty(start: Start, workshop: Workshop) -> Duty:
    begun: list[Duty] = []

    def visit(card: WorkCard) -> Visit:
        duty = begun[0]
        tools = workshop.tools()
        tools = replace(tools, surveyor=replace(tools.surveyor, machine=lambda: duty.watch.machine))
        return flow.visit(MaintenanceDesk(tools), card)

    begun.append(start(maintenance=visit))
    begun[0].tell(ReaderReady("card"), ReaderReady("id-card"))
    return begun[0]


def lay(duty: Duty, workshop: Workshop) -> None:
    duty.tell(CardArrived("card", watched=True), workshop.laid())


def log_in(duty: Duty, workshop: Workshop) -> None:
    lay(duty, workshop)
    duty.sees(EnterPin)
    duty.press(*(f"digit:{digit}" for digit in "135790"), "primary")
    duty.sees(AwaitCard)
    duty.tell(workshop.said(None))
    duty.sees(Upkeep, "技术员 T-014")


def test_a_technician_is_no_visitor_and_is_asked_to_take_the_card(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.press("nav:leave")
    duty.sees(TakeCard, "维护卡")
    assert (duty.noted("visit.began"), duty.ends()) == ([], [])
    duty.tell(workshop.laid())  # told again: the same card that lies there
    duty.sees(TakeCard)
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    lay(duty, workshop)
    duty.sees(EnterPin)


def test_a_pulled_card_ends_the_mode_at_once(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.tell(CardGone("card"))
    duty.sees(Attract)
    assert workshop.notes[-1] == ("maintenance.closed", {"by": "T-014"})


def test_a_card_pulled_while_a_test_slip_is_printed_ends_the_mode_after_it(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    hang = busy(duty.room, "printer")
    hang.began.wait(5)
    duty.press("part:printer")
    duty.tell(CardGone("card"))
    hang.go.set()
    duty.sees(Attract)
    duty.until(lambda: [piece.blank for piece in workshop.paper.papers()].count(False) == 1)
    assert not any(event == "device.tested" for event, _ in workshop.notes), "nobody was there to judge it"


def test_a_technicians_card_waits_for_the_end_of_a_visit(duty: Duty, workshop: Workshop) -> None:
    duty.lay_down(CITIZEN, "id-card", watched=False)
    duty.sees(Home, "王*")
    lay(duty, workshop)
    duty.sees(Home, "王*")
    duty.press("nav:leave")
    duty.sees(EnterPin)
    assert "王" not in duty.text()
    assert duty.ends() == ["cancelled"]


def test_the_list_shows_what_happens_while_it_is_looked_at(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.watch.change(lost={"scanner": "S101"})  # which no look at a printer takes back
    duty.until(lambda: "S101" in duty.text())
    duty.sees(Upkeep)


def test_a_key_that_is_pressed_while_the_list_is_told_anew_does_what_it_says(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    hang = busy(duty.room)
    duty.watch.change(online=False)
    duty.press("part:voice")
    hang.go.set()
    duty.sees(Testing)


def test_news_of_the_machine_take_no_other_page_away(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.press("part:voice")
    duty.sees(Testing)
    page = duty.window.page()
    duty.watch.change(online=False)
    assert duty.window.page() is page


def test_a_citizens_card_that_no_test_waits_for_ends_the_mode(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.lay_down(CITIZEN, "id-card", watched=False)
    duty.sees(Home, "王*")
    assert workshop.notes[-1] == ("maintenance.closed", {"by": "T-014"})


def test_a_kiosk_without_a_hall_has_no_mode(start: Start, workshop: Workshop) -> None:
    duty = start()
    duty.tell(ReaderReady("card"))
    lay(duty, workshop)
    duty.sees(Notice, MaintenanceFault.NO_LIST.value)


def test_nobody_is_welcomed_by_a_kiosk_that_ends_after_a_technicians_visit(duty: Duty, workshop: Workshop) -> None:
    log_in(duty, workshop)
    duty.goes_on = False
    duty.lay_down(CITIZEN, "id-card", watched=False)
    duty.until(lambda: duty.forgotten == 1)
    assert duty.noted("visit.began") == []
    assert "王" not in duty.text()
