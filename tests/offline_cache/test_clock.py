"""A clock that anyone may have set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from offline_cache.clock import Clock, FakeTicks, SystemTicks, day_of
from offline_cache.faults import Fault
from offline_cache.store import Store
from tests.offline_cache.far_hall import DAY, NOON

HOUR = 3_600_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store(tmp_path / "keting.db")
    yield one
    one.close()


def test_somebody_who_sets_the_clock_does_not_set_the_time(store: Store) -> None:
    ticks = FakeTicks(NOON)
    clock = Clock(store, ticks)
    ticks.set_wall(0)
    ticks.advance(10)
    assert clock.now() == NOON + 10_000
    assert clock.skew().fault is Fault.CLOCK_SUSPECT


@pytest.mark.parametrize("wall", [0, NOON - HOUR, NOON - 24 * HOUR])
def test_after_a_start_the_time_is_never_before_what_it_was(store: Store, wall: int) -> None:
    Clock(store, FakeTicks(NOON)).keep()
    later = Clock(store, FakeTicks(wall))
    assert later.now() == NOON
    assert later.skew().fault is Fault.CLOCK_SUSPECT


def test_a_clock_far_ahead_is_suspect_until_the_hall_speaks(store: Store) -> None:
    Clock(store, FakeTicks(NOON)).keep()
    ticks = FakeTicks(4_000_000_000_000)
    clock = Clock(store, ticks)
    assert clock.skew().suspect
    clock.heard(NOON + HOUR)
    assert clock.now() == NOON + HOUR
    assert clock.skew().confirmed
    assert clock.skew().suspect  # the computer's clock is still wrong, and that is named
    ticks.set_wall(NOON + HOUR)
    assert not clock.skew().suspect


def test_a_wrong_time_of_once_does_not_stay_for_ever(store: Store) -> None:
    clock = Clock(store, FakeTicks(4_000_000_000_000))
    clock.keep()
    clock.heard(NOON)
    assert Clock(store, FakeTicks(NOON)).now() == NOON


def test_a_night_switched_off_is_nothing_to_suspect(store: Store) -> None:
    Clock(store, FakeTicks(NOON)).keep()
    assert not Clock(store, FakeTicks(NOON + 14 * HOUR)).skew().suspect


def test_the_way_back_is_half_of_the_waiting(store: Store) -> None:
    clock = Clock(store, FakeTicks(NOON))
    clock.heard(NOON, waited=2.0)
    assert clock.now() == NOON + 1000


def test_time_does_not_jitter_with_the_line_but_follows_the_hall(store: Store) -> None:
    clock = Clock(store, FakeTicks(NOON))
    clock.heard(NOON + HOUR)
    clock.heard(NOON + HOUR - 1_500)
    assert clock.now() == NOON + HOUR
    clock.heard(NOON + HOUR - 2_500)
    assert clock.now() == NOON + HOUR - 2_500


def test_the_business_day_is_the_halls() -> None:
    midnight = NOON + 12 * HOUR
    assert (day_of(NOON), day_of(midnight - 1), day_of(midnight)) == (DAY, DAY, "2026-11-22")


def test_the_real_clock_runs(store: Store) -> None:
    ticks = SystemTicks()
    assert ticks.running() <= ticks.running()
    assert abs(Clock(store, ticks).now() - ticks.wall()) < 5_000
