"""The length of the line is said as far as it is known, with its time where it is old, and else not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.line import FRESH, STALE, Standing, wait
from offline_cache.clock import HALL_ZONE
from screens.pages import Wait

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)


def standing(age: timedelta = timedelta()) -> Standing:
    return Standing(waiting=6, minutes=18, as_of=NOON - age)


def test_a_fresh_board_is_told_as_it_is() -> None:
    assert wait(standing(), 0, 10, NOON, online=True) == Wait(6, 18)


def test_tickets_taken_here_since_then_stand_in_line_too() -> None:
    assert wait(standing(), 2, 10, NOON, online=True) == Wait(8, 38)


@pytest.mark.parametrize(
    ("age", "as_of"),
    [(FRESH, None), (FRESH + timedelta(seconds=1), "11:58"), (STALE, "10:00")],
)
def test_an_old_board_says_how_old(age: timedelta, as_of: str | None) -> None:
    told = wait(standing(age), 0, 10, NOON, online=True)
    assert told is not None
    assert told.as_of == as_of


def test_a_board_that_the_hall_cannot_renew_says_its_time_although_it_is_young() -> None:
    assert wait(standing(timedelta(seconds=5)), 0, 10, NOON, online=False) == Wait(6, 18, "11:59")


@pytest.mark.parametrize("known", [None, standing(STALE + timedelta(seconds=1)), standing(timedelta(days=1))])
def test_what_is_not_known_is_not_said(known: Standing | None) -> None:
    assert wait(known, 3, 10, NOON, online=True) is None


def test_yesterday_s_board_is_nothing_although_it_is_young() -> None:
    midnight = NOON.replace(hour=0, minute=0)
    assert wait(Standing(6, 18, midnight - timedelta(seconds=10)), 0, 10, midnight, online=True) is None
