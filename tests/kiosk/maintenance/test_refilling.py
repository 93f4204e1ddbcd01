"""New paper: how much was put in is on record, what was used since is counted, and the printer has the last word."""

from __future__ import annotations

import pytest

from certificates.technicians import Role
from devices import sheets
from kiosk.failures import catalogue
from kiosk.maintenance import refilling, say
from kiosk.maintenance.faults import Fault
from kiosk.steps import Cancelled
from offline_cache.upkeep import Supply
from screens.pages import FailureGuide, Findings, Nav, Open, Sign, Upkeep
from tests.kiosk.authority import Sheets
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import NOON
from tests.kiosk.play import play


def test_a_new_roll_begins_at_nothing_used_and_is_in_the_journal(workshop: Workshop) -> None:
    workshop.cache.supplies.filled("printer", 50_000)
    workshop.cache.supplies.used("printer", 48_000)
    shown = workshop.list((Upkeep, "refill"), (Findings, "80"), (Findings, "back"))
    assert workshop.cache.supplies.of("printer") == Supply(NOON, 80_000, 0)
    assert ("paper.refilled", {"device": "printer", "capacity": 80_000, "by": "T-014"}) in workshop.notes
    assert ("maintenance.did", {"deed": "refill", "by": "T-014"}) in workshop.notes
    asked, said = shown[1:3]
    assert isinstance(asked, Findings)
    assert asked.equal, "no roll is the expected one"
    assert isinstance(said, Findings)
    assert (said.rows[0].line, said.rows[0].sign) == (say.PRINTS_NOW, Sign.OK)


def test_what_was_used_since_the_last_time_is_told_before_it(workshop: Workshop) -> None:
    page = workshop.list((Upkeep, "refill"), (Findings, "back"))[1]
    assert isinstance(page, Findings)
    assert page.rows[0].line == say.NEVER_FILLED
    workshop.cache.supplies.filled("printer", 50_000)
    workshop.cache.supplies.used("printer", 17_000)
    page = workshop.list((Upkeep, "refill"), (Findings, "back"))[1]
    assert isinstance(page, Findings)
    assert page.rows[0].line is not None
    assert page.rows[0].line.zh == "11-20 12:00 装纸，已用约 17.0 米、100 张"


def test_a_printer_that_does_not_see_its_new_paper_says_so_with_a_code(workshop: Workshop) -> None:
    workshop.paper.open_cover()
    shown = workshop.list(
        (Upkeep, "refill"), (Findings, "30"), (Findings, "code:P103"), (FailureGuide, "back"), (Findings, "back")
    )
    said = shown[2]
    assert isinstance(said, Findings)
    assert (said.rows[0].code, said.rows[0].sign) == ("P103", Sign.BAD)
    assert said.rows[0].line == catalogue()["P103"].name


def test_with_two_printers_it_is_asked_which(workshop: Workshop) -> None:
    workshop.sheets = Sheets()
    workshop.cache.supplies.filled("sheets", 250)
    workshop.cache.supplies.used("sheets", 7)
    shown = workshop.list((Upkeep, "refill"), (Findings, "sheets"), (Findings, "500"), (Findings, "back"))
    which = shown[1]
    assert isinstance(which, Findings)
    assert [deed.key for deed in which.deeds] == ["printer", "sheets", "back"]
    assert which.rows[1].line is not None
    assert which.rows[1].line.zh == "11-20 12:00 装纸，已用 7 张"
    assert workshop.cache.supplies.of("sheets") == Supply(NOON, 500, 0)
    assert workshop.cache.supplies.of("printer") is None


def test_a_tray_that_the_printer_finds_empty_says_so(workshop: Workshop) -> None:
    workshop.sheets = Sheets()
    workshop.sheets.fault = sheets.Fault.PAPER_OUT
    shown = workshop.list((Upkeep, "refill"), (Findings, "sheets"), (Findings, "250"), (Findings, "back"))
    said = shown[3]
    assert isinstance(said, Findings)
    assert said.rows[0].code == "A102"


@pytest.mark.parametrize("back", [0, 1])
def test_who_goes_back_has_filled_in_nothing(workshop: Workshop, back: int) -> None:
    workshop.sheets = Sheets()
    script = [(Findings, "printer"), (Findings, "back")] if back else [(Findings, "back")]
    workshop.list((Upkeep, "refill"), *script)
    assert workshop.cache.supplies.of("printer") is None
    assert [event for event, _ in workshop.notes] == ["maintenance.opened"]


def test_a_store_that_takes_nothing_says_so_and_the_list_is_back(workshop: Workshop) -> None:
    workshop.break_store()
    shown = workshop.list((Upkeep, "refill"), (Findings, "30"), (Findings, "back"))
    said = shown[2]
    assert isinstance(said, Findings)
    assert (said.title, said.rows[0].code) == (say.NOT_DONE, "L101")
    assert not any(event == "paper.refilled" for event, _ in workshop.notes)


def test_the_vendor_s_key_is_closed_and_pressing_it_all_the_same_does_nothing(workshop: Workshop) -> None:
    shown = workshop.list((Upkeep, "refill"), (Findings, "back"), role=Role.VENDOR)
    page, said = shown[:2]
    assert isinstance(page, Upkeep)
    assert next(deed.open for deed in page.deeds if deed.key == "refill") is Open.CLOSED
    assert isinstance(said, Findings)
    assert said.rows[0].code == Fault.NOT_ALLOWED


def test_the_key_of_the_frame_leaves(workshop: Workshop) -> None:
    desk = workshop.opened()
    with pytest.raises(Cancelled):
        play(refilling.refill(desk, desk.tools.surveyor.look()), (Findings, Nav.LEAVE))
