"""A code under the scanner becomes a ticket, or words; whatever bytes it is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.scanner import Fault
from kiosk import say
from kiosk.catalogue import checked
from kiosk.day_sheet import MARK, Booking, DaySheet
from kiosk.flows import booking, card
from kiosk.opening import Closed
from kiosk.steps import Cancelled, WalkedAway
from kiosk.visitor import Visitor
from offline_cache.envelope import decode
from offline_cache.tickets import Via
from screens.pages import About, Chosen, Confirmed, HaveTicket, Home, Nav, Review, ScanCode, Services, TakeTicket
from screens.words import Words
from tests.kiosk.bundle import payload, said, service
from tests.kiosk.office import Office
from tests.kiosk.play import Turn, play

MINE = MARK + b"QZ7R4M2K6W3T5Y8P"
TAKEN: tuple[Turn, ...] = ((Review, Confirmed()), (TakeTicket, None))

HOSTILE = {
    "empty": b"",
    "2,900 bytes": b"\xff" * 2_900,
    "2,900 bytes that begin well": MARK + b"A" * 2_891,
    "NULs": b"\0" * 64,
    "NULs after the mark": MARK + b"\0" * 64,
    "SQL": MARK + b"' OR 1=1; DROP TABLE tickets; --",
    "a URL": b"https://example.org/?" + MARK,
    "a script": MARK + b"<script>alert(1)</script>",
    "ESC/POS": MARK + b"\x1b@\x1dV\x00",
    "our mark in small letters": MINE.lower(),
    "the mark alone": MARK,
    "the code without its mark": MINE.removeprefix(MARK),
    "not UTF-8": MARK + b"\xc3\x28\xa0\xa1",
    "a follow-me code": b"HTTPS://HALL.EXAMPLE/T/ABCDEFGHIJKLMNOP",
    "an enrolment code": b"KT1-ABCDEFGHIJKLMNOPQRSTUVWXYZ-",
}


def booked(code: bytes = MINE, **more: Any) -> Booking:
    said_ = {"person": None, "matters": ["pension"], "queue": "A", "start": "11:30", "end": "12:30"} | more
    return Booking(code=hashlib.sha256(code.removeprefix(MARK)).digest(), **said_)


@pytest.fixture
def office(office: Office) -> Office:
    bookings(office, booked())
    return office


def bookings(office: Office, *all_: Booking, day: str = "2026-11-20") -> None:
    office.sheet = DaySheet(day=day, version=1, key=bytes(range(32)), bookings=list(all_))


def refusal(office: Office, seen: bytes | Fault) -> Words:
    """What the page says after this was held to the scanner."""
    pages = play(booking.visit(office.desk(), Visitor()), (ScanCode, seen), (ScanCode, Nav.BACK))
    page = pages[1]
    assert isinstance(page, ScanCode)
    assert page.problem is not None
    return page.problem


def test_a_booking_becomes_a_ticket_for_what_was_booked(office: Office) -> None:
    pages = play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), *TAKEN)
    assert isinstance(pages[-1], TakeTicket)
    assert pages[-1].number == "A001"
    (issued,) = [event for event in map(decode, office.outbox.batch()) if event.kind == "ticket.issued"]
    assert (issued.body["via"], issued.body["matters"]) == (Via.BOOKING.value, ["pension"])
    assert issued.body["booking"] == booked().code
    assert issued.body["person"] is None  # a code names nobody


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_get_words_and_the_next_code_is_read(office: Office, hostile: bytes) -> None:
    pages = play(booking.visit(office.desk(), Visitor()), (ScanCode, hostile), (ScanCode, MINE), *TAKEN)
    page = pages[1]
    assert isinstance(page, ScanCode)
    assert page.problem == (say.SCAN_UNKNOWN if hostile.startswith(MARK) else say.SCAN_FOREIGN)
    assert office.counts().printed == 1


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=2_900), st.booleans())
def test_no_bytes_but_its_own_are_a_booking_of_this_hall(office: Office, hostile: bytes, marked: bool) -> None:
    assert refusal(office, MARK + hostile if marked else hostile) in (say.SCAN_FOREIGN, say.SCAN_UNKNOWN)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.TWO_CODES, say.SCAN_TWO),
        (Fault.CODE_TOO_LONG, say.SCAN_FOREIGN),
        (Fault.SCANNER_GONE, Closed(say.SCANNER_LOST, "S101").said),
    ],
)
def test_what_is_no_code_says_why(office: Office, fault: Fault, words: Words) -> None:
    assert refusal(office, fault) == words


def test_every_fault_of_a_scanner_has_words() -> None:
    assert set(booking.PROBLEMS) == set(Fault)


def test_another_hall_s_booking_is_not_known_here(office: Office) -> None:
    assert refusal(office, MARK + b"ANOTHERHALLSCODE") == say.SCAN_UNKNOWN


def test_a_booking_is_good_once(office: Office) -> None:
    play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), *TAKEN)
    assert refusal(office, MINE) == say.SCAN_USED


def test_a_booking_that_was_not_recorded_is_not_used_up(office: Office) -> None:
    with pytest.raises(WalkedAway):
        play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), (Review, WalkedAway()))
    play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), *TAKEN)


@pytest.mark.parametrize(("start", "end"), [("13:01", "13:15"), ("11:00", "11:44")])
def test_too_early_and_too_late_say_when(office: Office, start: str, end: str) -> None:
    bookings(office, booked(start=start, end=end))
    assert refusal(office, MINE) == say.fill(say.SCAN_NOT_NOW, start=start, end=end)


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-21"])
def test_another_day_s_sheet_is_no_sheet(office: Office, day: str) -> None:
    bookings(office, booked(), day=day)
    assert refusal(office, MINE) == say.SCAN_UNKNOWN


def test_without_a_sheet_no_booking_is_known(office: Office) -> None:
    office.sheet = None
    assert refusal(office, MINE) == say.SCAN_UNKNOWN


def test_a_matter_that_the_catalogue_does_not_have_yet_is_not_known(office: Office) -> None:
    bookings(office, booked(matters=["pension", "brand-new"]))
    assert refusal(office, MINE) == say.SCAN_UNKNOWN


def test_offline_a_booking_works_for_what_works_offline_and_else_says_why(office: Office) -> None:
    office.machine = replace(office.machine, online=False)
    bookings(office, booked(matters=["pension", "online-only"]))
    assert refusal(office, MINE) == say.NEEDS_NETWORK
    bookings(office, booked())
    play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), *TAKEN)


def test_a_booking_for_what_the_hall_closed_says_the_hall_s_words(office: Office) -> None:
    closed = service("pension", "养老金领取", closed=said("系统升级，下午恢复", "Upgrade, back in the afternoon"))
    office.machine = replace(office.machine, catalogue=checked(payload(services=[closed])))
    assert refusal(office, MINE).zh == "系统升级，下午恢复"


def test_a_holder_s_booking_is_offered_and_checked_in_from_the_first_page(office: Office, holder: Visitor) -> None:
    assert holder.holder is not None
    assert office.sheet is not None
    bookings(office, booked(person=office.sheet.person(holder.holder.number)))
    pages = play(card.visit(office.desk(), holder), (Home, "booked"), *TAKEN)
    home = pages[0]
    assert isinstance(home, Home)
    assert home.booked is not None
    after = play(card.visit(office.desk(), holder), (Home, "tickets"), (HaveTicket, "keep"))
    assert isinstance(after[0], Home)
    assert after[0].booked is None


def test_a_holder_whose_booking_the_catalogue_does_not_know_is_served_all_the_same(
    office: Office, holder: Visitor
) -> None:
    assert holder.holder is not None
    assert office.sheet is not None
    bookings(office, booked(person=office.sheet.person(holder.holder.number), matters=["brand-new"], queue="Z"))
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), holder), (Home, Cancelled()))


def test_a_booking_is_not_used_up_by_a_ticket_for_something_else(office: Office, holder: Visitor) -> None:
    assert holder.holder is not None
    assert office.sheet is not None
    bookings(office, booked(person=office.sheet.person(holder.holder.number)))
    play(
        card.visit(office.desk(), holder),
        (Home, "booked"),
        (Review, About("pension", remove=True)),
        (Services, Chosen(("transfer",))),
        *TAKEN,
    )
    assert office.used == set()


def test_back_from_the_scanner_ends_the_visit_without_a_card_and_leads_home_with_one(
    office: Office, holder: Visitor
) -> None:
    play(booking.visit(office.desk(), Visitor()), (ScanCode, Nav.BACK))
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), holder), (Home, "scan"), (ScanCode, Nav.BACK), (Home, Cancelled()))


def test_back_from_the_review_of_a_booking_leads_out_of_it(office: Office) -> None:
    play(booking.visit(office.desk(), Visitor()), (ScanCode, MINE), (Review, Nav.BACK))
    assert office.counts().recorded == 0
