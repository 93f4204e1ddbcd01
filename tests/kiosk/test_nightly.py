"""The nightly new start: once, in its window, at a moment of each kiosk's own, after what is still to be sent."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from kiosk.nightly import Nightly
from offline_cache.clock import HALL_ZONE

WINDOW = time(3), time(4, 30)
EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=HALL_ZONE)
THREE = datetime(2026, 3, 2, 3, 0, tzinfo=HALL_ZONE)
HALF_PAST_FOUR = THREE + timedelta(minutes=90)


def first_due(nightly: Nightly, begin: datetime, flushed_at: datetime | None, hours: float = 24) -> datetime | None:
    """The first minute at which it is due."""
    for minute in range(round(hours * 60)):
        now = begin + timedelta(minutes=minute)
        if nightly.due(now, flushed_at is not None and now >= flushed_at):
            return now
    return None


def test_it_is_due_once_in_the_window_and_not_again_for_the_kiosk_that_was_started_anew() -> None:
    at = first_due(Nightly(WINDOW, "K-0201", EVENING), EVENING, EVENING)
    assert at is not None
    assert THREE < at < HALF_PAST_FOUR
    again = first_due(Nightly(WINDOW, "K-0201", at), at, at, hours=24 * 2)
    assert again == at + timedelta(days=1)


def test_the_kiosks_of_a_hall_do_not_all_go_at_once() -> None:
    moments = {Nightly(WINDOW, f"K-02{number:02d}", EVENING).moment(HALF_PAST_FOUR) for number in range(20)}
    assert len(moments) == 20
    assert max(moments) - min(moments) > timedelta(minutes=30)
    assert max(moments) <= THREE + timedelta(minutes=60), "time is left to send what is still to be sent"


def test_what_is_still_to_be_sent_goes_first_but_not_beyond_the_window() -> None:
    sent = THREE + timedelta(minutes=80)
    assert first_due(Nightly(WINDOW, "K-0201", EVENING), EVENING, sent) == sent
    assert first_due(Nightly(WINDOW, "K-0201", EVENING), EVENING, None) == HALF_PAST_FOUR


def test_a_visit_that_outlasts_the_window_is_followed_by_the_new_start_all_the_same() -> None:
    nightly = Nightly(WINDOW, "K-0201", EVENING)
    assert first_due(nightly, THREE, THREE) is not None
    assert nightly.due(HALF_PAST_FOUR + timedelta(hours=2), False)


def test_a_clock_that_jumps_over_the_window_starts_nothing_in_the_middle_of_the_day() -> None:
    nightly = Nightly(WINDOW, "K-0201", EVENING)
    assert not nightly.due(THREE - timedelta(minutes=1), True)
    assert first_due(nightly, THREE + timedelta(hours=8), THREE, hours=12) is None


@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=1), timedelta(hours=2)])
def test_a_window_may_reach_past_midnight(after: timedelta) -> None:
    begin = datetime(2026, 3, 1, 22, 0, tzinfo=HALL_ZONE) + after
    at = first_due(Nightly((time(23, 50), time(0, 20)), "K-0201", EVENING), begin, begin)
    if after <= timedelta(hours=1):
        assert at is not None
        assert timedelta(0) < at - datetime(2026, 3, 1, 23, 50, tzinfo=HALL_ZONE) <= timedelta(minutes=21)


def test_a_window_of_no_length_is_never() -> None:
    assert first_due(Nightly((time(3), time(3)), "K-0201", EVENING), EVENING, EVENING, hours=48) is None
