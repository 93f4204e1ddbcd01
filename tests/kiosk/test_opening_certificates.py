"""When certificates are open: at any hour, on whatever paper is there, and closed with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from certificates.template import Paper, Template
from devices import printer, sheets
from devices.printer import Paper as Roll
from devices.printer import Status
from kiosk import opening, say
from kiosk import say_people as words
from kiosk.attract import attract
from kiosk.catalogue import checked
from kiosk.machine import Machine
from kiosk.papers import Authority
from kiosk.visitor import Visitor
from offline_cache.clock import HALL_ZONE
from screens.pages import Attract, Choice, Open
from tests.kiosk.authority import TEMPLATES, id_card
from tests.kiosk.bundle import payload
from tests.kiosk.office import person

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)
ENDS = int(NOON.timestamp()) + 86_400
AUTHORITY = Authority(templates=tuple(TEMPLATES.values()), signs_until=ENDS, indices=1, listed=ENDS - 90_000)
READY = Machine(
    catalogue=checked(payload()),
    printer=Status(Roll.OK),
    sheets=sheets.Status(Roll.OK),
    authority=AUTHORITY,
    fitted=frozenset({"card", "id-card", "scanner", "sheets"}),
    online=True,
)
NO_TICKETS = replace(READY, catalogue=checked(payload(hours={"open": [], "night": ["22:00", "06:00"]})))
HOLDER = Visitor(id_card())
NO_SLIPS = Status(Roll.OUT, printer.Fault.PAPER_OUT)
NO_SHEETS = sheets.Status(Roll.OUT, sheets.Fault.PAPER_OUT)


def choice(kind: str, machine: Machine = READY, visitor: Visitor = HOLDER) -> Choice:
    return opening.certificate(TEMPLATES[kind], machine, visitor, NOON)


def row(machine: Machine) -> Choice:
    """What the waiting screen says of certificates."""
    page = attract(machine, NOON)
    assert isinstance(page, Attract)
    return next(each for each in page.now_open if each.key == "certificates")


def key(machine: Machine, name: str) -> Choice | None:
    page = attract(machine, NOON)
    assert isinstance(page, Attract)
    return next((each for each in page.keys if each.key == name), None)


# All of them.


def test_certificates_are_open_at_night_when_the_windows_are_closed() -> None:
    for hour in (0, 3, 23):
        night = NOON.replace(hour=hour)
        assert opening.tickets_closed(NO_TICKETS, night) is not None
        assert opening.certificates_closed(NO_TICKETS, night) is None
        assert opening.visit_closed("card", NO_TICKETS, night) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"store_fault": "L101"}, "L101"),
        ({"authority": None}, "K105"),
        ({"authority": Authority()}, "K105"),
        ({"authority": replace(AUTHORITY, templates=())}, "K105"),
        ({"authority": replace(AUTHORITY, clock_doubted=True)}, "L103"),
        ({"authority": replace(AUTHORITY, indices=0)}, "K105"),
        ({"authority": replace(AUTHORITY, signs_until=0)}, "K105"),
        ({"authority": replace(AUTHORITY, signs_until=int(NOON.timestamp()))}, "K105"),
        ({"printer": NO_SLIPS, "sheets": NO_SHEETS}, "A102"),
        ({"printer": None, "sheets": None}, "A101"),
        ({"printer": NO_SLIPS, "fitted": frozenset({"id-card"})}, "P102"),
    ],
)
def test_what_is_missing_closes_certificates_with_its_code(change: dict[str, Any], code: str) -> None:
    machine = replace(READY, **change)
    closed = opening.certificates_closed(machine, NOON)
    assert closed is not None
    assert closed.code == code
    if machine.authority is not None:
        said = row(machine)
        assert said.line is not None
        assert (said.open, code in said.line.zh) == (Open.CLOSED, True)


def test_a_key_closes_the_service_in_the_second_in_which_it_ends() -> None:
    machine = replace(READY, authority=replace(AUTHORITY, signs_until=int(NOON.timestamp()) + 1))
    assert opening.certificates_closed(machine, NOON) is None
    assert opening.certificates_closed(machine, NOON.replace(second=1)) is not None


# On which paper.


@pytest.mark.parametrize(
    ("change", "papers", "said"),
    [
        ({}, (Paper.A4, Paper.SLIP), "A4 和小票，24 小时"),
        ({"sheets": NO_SHEETS}, (Paper.SLIP,), "小票，24 小时"),
        ({"sheets": None}, (Paper.SLIP,), "小票，24 小时"),
        ({"fitted": READY.fitted - {"sheets"}}, (Paper.SLIP,), "小票，24 小时"),
        ({"printer": NO_SLIPS}, (Paper.A4,), "A4，24 小时"),
    ],
)
def test_the_waiting_screen_says_which_paper_there_is(
    change: dict[str, Any], papers: tuple[Paper, ...], said: str
) -> None:
    machine = replace(READY, **change)
    assert opening.papers_open(machine) == papers
    line = row(machine).line
    assert line is not None
    assert line.zh == said


@pytest.mark.parametrize("fault", sheets.Fault)
def test_whatever_is_wrong_with_the_a4_printer_slips_go_on(fault: sheets.Fault) -> None:
    machine = replace(READY, sheets=sheets.Status(Roll.OK, fault))
    assert opening.papers_open(machine) == (Paper.SLIP,)
    assert choice("residence", machine).open is Open.YES
    on_a4_only = choice("no-property", machine)
    why = say.CLOSED_A4_PAPER if fault is sheets.Fault.PAPER_OUT else say.CLOSED_A4
    assert (on_a4_only.open, on_a4_only.line) == (Open.CLOSED, opening.Closed(why, fault.value).said)


@pytest.mark.parametrize("fault", printer.Fault)
def test_whatever_is_wrong_with_the_slip_printer_sheets_go_on(fault: printer.Fault) -> None:
    machine = replace(READY, printer=Status(Roll.OK, fault))
    assert opening.papers_open(machine) == (Paper.A4,)
    assert opening.tickets_closed(machine, NOON) is not None
    assert opening.visit_closed("card", machine, NOON) is None
    assert all(choice(kind, machine).open is Open.YES for kind in TEMPLATES)


def test_a_low_roll_closes_nothing() -> None:
    assert opening.papers_open(replace(READY, printer=Status(Roll.LOW))) == (Paper.A4, Paper.SLIP)


# One kind, one visitor.


def test_an_open_kind_says_what_it_is_for() -> None:
    one = choice("residence")
    issue = TEMPLATES["residence"].issue
    assert one.line is not None
    assert (one.open, one.icon, one.line.zh) == (Open.YES, issue.icon, issue.about.zh)


@pytest.mark.parametrize("visitor", [Visitor(person(1)), Visitor(typed="990000195001010010"), Visitor()])
@pytest.mark.parametrize("kind", TEMPLATES)
def test_less_than_an_id_card_opens_no_certificate(kind: str, visitor: Visitor) -> None:
    one = choice(kind, replace(READY, lost={"id-card": "C101"}), visitor=visitor)
    assert (one.open, one.line) == (Open.CLOSED, say.NEEDS_ID_CARD)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_social_security_card_may_show_the_id_card_as_well(kind: str) -> None:
    one = choice(kind, visitor=Visitor(person(1)))
    assert (one.open, one.line) == (Open.STEP, words.STEP_NEEDED)


@pytest.mark.parametrize(("birth", "opened"), [("20101121", Open.CLOSED), ("20101120", Open.YES)])
def test_a_minimum_age_ends_on_the_birthday(birth: str, opened: Open) -> None:
    assert choice("residence", visitor=Visitor(id_card(birth=birth))).open is opened


def test_a_holder_whose_age_is_not_known_is_not_old_enough() -> None:
    nobody = Visitor(replace(id_card(), birth=None))
    assert choice("residence", visitor=nobody).open is Open.CLOSED
    assert choice("social-insurance", visitor=nobody).open is Open.YES


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.kind)
def test_offline_only_what_needs_no_record_is_open(template: Template) -> None:
    one = choice(template.kind, replace(READY, online=False))
    shut = opening.Closed(say.NEEDS_NETWORK, "N101").said
    expected = (Open.OFFLINE, say.WORKS_OFFLINE) if template.issue.offline else (Open.CLOSED, shut)
    assert (one.open, one.line) == expected


def test_offline_the_waiting_screen_says_that_it_is_offline() -> None:
    assert row(replace(READY, online=False)).open is Open.OFFLINE


@pytest.mark.parametrize(
    ("kind", "change", "visitor", "code"),
    [
        ("residence", {}, Visitor(person(1)), "K108"),
        ("residence", {}, Visitor(id_card(birth="20101121")), "K110"),
        ("residence", {"authority": replace(AUTHORITY, clock_doubted=True)}, HOLDER, "L103"),
        ("residence", {"authority": replace(AUTHORITY, indices=0)}, HOLDER, "K105"),
        ("no-property", {"sheets": NO_SHEETS}, HOLDER, "A102"),
        ("no-property", {"online": False, "hall_fault": "N102"}, HOLDER, "N102"),
        ("no-property", {"online": False}, HOLDER, "N101"),
    ],
)
def test_every_reason_against_a_certificate_has_its_code(
    kind: str, change: dict[str, Any], visitor: Visitor, code: str
) -> None:
    closed = opening.certificate_closed(TEMPLATES[kind], replace(READY, **change), visitor, NOON)
    assert closed is not None
    assert closed.code == code


# The check of papers.


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lost": {"scanner": "S101"}}, "S101"),
        ({"fitted": frozenset({"id-card"})}, ""),
        ({"authority": replace(AUTHORITY, listed=0)}, "K105"),
        ({"authority": None}, "K105"),
    ],
)
def test_papers_are_checked_only_with_a_scanner_and_lists(change: dict[str, Any], code: str) -> None:
    machine = replace(READY, **change)
    closed = opening.verifying_closed(machine)
    assert closed is not None
    assert closed.code == code
    assert opening.visit_closed("verify", machine, NOON) == closed


@pytest.mark.parametrize(
    "change",
    [
        {"store_fault": "L101"},
        {"printer": NO_SLIPS, "sheets": NO_SHEETS},
        {"online": False},
        {"authority": replace(AUTHORITY, indices=0, signs_until=0)},
        {"catalogue": NO_TICKETS.catalogue},
    ],
)
def test_papers_are_checked_whatever_else_is_closed(change: dict[str, Any]) -> None:
    machine = replace(READY, **change)
    assert opening.visit_closed("verify", machine, NOON) is None
    shown = key(machine, "verify")
    assert shown is not None
    assert (shown.open, shown.line) == (Open.YES, say.VERIFY_LINE)


def test_a_lost_scanner_closes_the_key_and_says_why() -> None:
    shown = key(replace(READY, lost={"scanner": "S101"}), "verify")
    assert shown is not None
    assert (shown.open, shown.line) == (Open.CLOSED, say.SCANNER_LOST)


def test_without_a_root_nothing_of_certificates_is_on_the_waiting_screen() -> None:
    machine = replace(READY, authority=None)
    page = attract(machine, NOON)
    assert isinstance(page, Attract)
    assert key(machine, "verify") is None
    assert "certificates" not in [each.key for each in page.now_open]


# Visits.


@pytest.mark.parametrize("kind", ["no-card", "booking"])
def test_visits_without_a_card_are_closed_with_the_tickets(kind: str) -> None:
    assert opening.visit_closed(kind, NO_TICKETS, NOON) == opening.Closed(say.CLOSED_TODAY)


def test_a_card_is_turned_away_only_when_nothing_at_all_is_open() -> None:
    assert opening.visit_closed("card", replace(NO_TICKETS, authority=Authority()), NOON) is not None
    assert opening.visit_closed("card", replace(READY, authority=Authority()), NOON) is None
    assert opening.visit_closed("card", replace(READY, catalogue=None), NOON) is not None
