"""Bookings are found by what was scanned or by whose card it is, and only while they can be checked in."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.day_sheet import EARLY, LATE, MARK, Booking, DaySheet, checked
from offline_cache.clock import HALL_ZONE
from offline_cache.envelope import canonical, parse, person_of

KEY = bytes(range(32))
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)


def booking(code: bytes = b"ABCDEFGHIJ", start: str = "11:30", end: str = "12:30", **more: Any) -> dict[str, Any]:
    return {
        "code": hashlib.sha256(code).digest(),
        "person": None,
        "matters": ["pension"],
        "queue": "A",
        "start": start,
        "end": end,
    } | more


def payload(*bookings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"day": "2026-11-20", "version": 1, "key": KEY, "bookings": list(bookings)} | more


def sheet(*bookings: dict[str, Any]) -> DaySheet:
    return checked(parse(canonical(payload(*bookings)), 4_000_000))


def test_a_booking_is_found_by_the_hash_of_its_code() -> None:
    found = sheet(booking(b"OTHER"), booking(b"MINE")).by_code(MARK + b"MINE")
    assert found is not None
    assert found.code == hashlib.sha256(b"MINE").digest()


@pytest.mark.parametrize("scanned", [b"MINE", MARK + b" MINE\r\n", MARK + b"MINE\x0c"])
def test_what_a_scanner_puts_around_a_code_does_not_matter(scanned: bytes) -> None:
    assert sheet(booking(b"MINE")).by_code(scanned) is not None


@given(st.binary(max_size=2_900))
def test_no_other_bytes_are_a_booking(scanned: bytes) -> None:
    assert sheet(booking(b"a code of 128 bits that nobody guesses")).by_code(scanned) is None


def test_the_code_itself_is_not_on_the_sheet() -> None:
    assert b"MINE" not in canonical(payload(booking(b"MINE")))


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        (NOON.replace(hour=11, minute=30) - EARLY - timedelta(seconds=1), False),
        (NOON.replace(hour=11, minute=30) - EARLY, True),
        (NOON, True),
        (NOON.replace(hour=12, minute=30) + LATE, True),
        (NOON.replace(hour=12, minute=30) + LATE + timedelta(seconds=1), False),
    ],
)
def test_a_booking_opens_an_hour_before_and_closes_a_quarter_after(now: datetime, open_: bool) -> None:
    assert Booking(**booking()).open_at(now) is open_


def test_the_last_booking_of_a_day_reaches_midnight() -> None:
    assert Booking(**booking(start="23:45", end="24:00")).open_at(NOON.replace(hour=23, minute=59))
    assert Booking(**booking(start="00:00", end="00:15")).open_at(NOON.replace(hour=0, minute=0))


def test_of_a_holder_s_bookings_the_next_one_that_is_open_is_meant() -> None:
    person = person_of(KEY, "990000195001010018")
    day = sheet(
        booking(b"1", "12:45", "13:00", person=person),
        booking(b"2", "12:15", "12:30", person=person),
        booking(b"3", "08:00", "08:15", person=person),
        booking(b"4", "12:00", "12:15", person=person_of(KEY, "990000195001010026")),
        booking(b"5", "12:00", "12:15"),
    )
    assert day.person("990000195001010018") == person
    found = day.of_person(person, NOON)
    assert found is not None
    assert found.code == hashlib.sha256(b"2").digest()
    assert day.of_person(bytes(32), NOON) is None


@pytest.mark.parametrize(
    "hostile",
    [
        {"code": b"short"},
        {"code": "x" * 32},
        {"person": b"short"},
        {"matters": []},
        {"matters": ["a"] * 6},
        {"matters": [1]},
        {"start": "25:00"},
        {"end": "12:00\n"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_booking_outside_its_bounds_is_refused(hostile: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        checked(payload(booking() | hostile))


@pytest.mark.parametrize(
    "hostile",
    [{"day": "2026-11-20\n"}, {"day": "today"}, {"version": 0}, {"key": b"short"}, {"bookings": {}}, {"more": 1}],
    ids=str,
)
def test_a_sheet_outside_its_bounds_is_refused(hostile: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        checked(payload() | hostile)
