"""An e-passport opens with its printed lines, and is then a document like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.holder import Document, Proof
from devices.reader import Fault
from devices.scanner import Fault as ScanFault
from kiosk import say
from kiosk import say_people as words
from kiosk.flows import passport
from kiosk.steps import Cancelled, WentHome
from kiosk.visitor import Visitor
from screens.pages import Fill, Home, LayAgain, Nav, Notice, TypeCode
from tests.kiosk.flows.test_budget import LINES
from tests.kiosk.office import Office, person
from tests.kiosk.play import Turn, play

HOLDER = replace(
    person(1, "ERIKSSON ANNA MARIA"), document=Document.PASSPORT, number="X00000019", state="UTO", proof=Proof.SIGNED
)
LYING = Visitor(watched=True)
TYPED = ((TypeCode, "X00000019"), (Fill, "1950-01-01"), (Fill, "2040-01-01"))


def visit(office: Office, *script: Turn) -> list[object]:
    return list(play(passport.visit(office.desk(), LYING), *script))


def test_typed_and_scanned_lines_open_it_with_the_same_key(office: Office) -> None:
    for script in (TYPED, ((TypeCode, LINES),)):
        with pytest.raises(Cancelled):
            visit(office, *script, (LayAgain, HOLDER), (Home, Cancelled()))
    typed, scanned = office.unlocked_with
    assert typed == scanned
    assert "X0000001" not in repr(typed)


def test_its_holder_is_greeted_by_name_and_masked(office: Office) -> None:
    def look(page: Home) -> str:
        assert page.name == "ERIKSSON *"
        return "tickets"

    with pytest.raises(Cancelled):
        visit(office, (TypeCode, LINES), (LayAgain, HOLDER), (Home, look), (Notice, None), (Home, Cancelled()))


def test_lines_that_do_not_fit_are_asked_for_again(office: Office) -> None:
    with pytest.raises(Cancelled):
        visit(office, *TYPED, (LayAgain, Fault.PASSPORT_KEY), (TypeCode, Cancelled()))


@pytest.mark.parametrize("seen", [b"not a line", LINES[:-1] + b"9", ScanFault.CODE_TOO_LONG, b"\xff" * 200])
def test_what_is_no_line_never_reaches_the_reader(office: Office, seen: object) -> None:
    with pytest.raises(Cancelled):
        visit(office, (TypeCode, seen), (TypeCode, Cancelled()))
    assert office.unlocked_with == []


def test_a_forged_passport_is_turned_away_and_says_what_to_do(office: Office) -> None:
    pages = visit(office, (TypeCode, LINES), (LayAgain, Fault.PASSPORT_FORGED), (Notice, None))
    last = pages[-1]
    assert isinstance(last, Notice)
    assert last.code == "C109"
    assert last.title == say.CARD_TITLES["C109"]


def test_a_day_that_is_none_and_steps_back_ask_again(office: Office) -> None:
    with pytest.raises(Cancelled):
        visit(
            office,
            *((TypeCode, "X00000019"), (Fill, Nav.BACK), (TypeCode, "X00000019"), (Fill, "1950-02-30")),
            *((Fill, "2040-01-01"), (TypeCode, Cancelled())),
        )
    assert office.unlocked_with == []


def test_home_leads_to_the_first_page_and_breaks_nothing(office: Office) -> None:
    with pytest.raises(Cancelled):
        visit(office, (TypeCode, WentHome()), (TypeCode, LINES), (LayAgain, WentHome()), (TypeCode, Cancelled()))


def test_the_number_is_not_shown_as_it_is_typed(office: Office) -> None:
    def look(page: TypeCode) -> Nav:
        assert page.masked
        return Nav.BACK

    with pytest.raises(Cancelled):
        visit(office, (TypeCode, look))


def test_back_from_the_first_page_ends_the_visit(office: Office) -> None:
    with pytest.raises(Cancelled):
        visit(office, (TypeCode, Nav.BACK))


def test_every_fault_of_a_card_has_words() -> None:
    for fault in Fault:
        if fault not in (Fault.READER_GONE, Fault.PASSPORT_KEY):
            assert fault.value in say.CARD_TITLES
    assert words.PASSPORT_WRONG.zh
