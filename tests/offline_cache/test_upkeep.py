"""Tests of devices and the paper that was filled in, over restarts."""

from __future__ import annotations

from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from offline_cache.upkeep import MOST, Supply, TestResult
from tests.offline_cache.conftest import Kiosk
from tests.offline_cache.far_hall import NOON


def test_the_last_test_of_each_device_is_the_last_noted_whatever_the_clock_said(kiosk: Kiosk) -> None:
    tests = kiosk.cache.device_tests
    tests.note("printer", True, "T-014")
    tests.note("card", True, "T-014", "an own card")
    kiosk.cache.clock.heard(NOON - 3_600_000)
    tests.note("printer", False, "T-015", "half a line")
    kiosk.restart()
    assert kiosk.cache.device_tests.latest() == {
        "card": TestResult("card", True, NOON, "T-014", "an own card"),
        "printer": TestResult("printer", False, NOON - 3_600_000, "T-015", "half a line"),
    }


def test_no_more_than_so_many_tests_are_kept(kiosk: Kiosk) -> None:
    tests = kiosk.cache.device_tests
    tests.note("voice", True, "T-014")
    for number in range(MOST):
        tests.note("printer", number % 2 == 0, "T-014", str(number))
    assert kiosk.cache.store.rows("SELECT count(*) FROM device_tests") == [(MOST,)]
    assert list(tests.latest()) == ["printer"]
    assert tests.latest()["printer"].note == str(MOST - 1)


def test_paper_is_counted_from_the_last_time_it_was_filled_in(kiosk: Kiosk) -> None:
    supplies = kiosk.cache.supplies
    supplies.used("printer", 170)
    assert supplies.of("printer") is None
    supplies.filled("printer", 80_000)
    supplies.filled("sheets", 250)
    supplies.used("printer", 170)
    supplies.used("printer", 180)
    kiosk.ticks.advance(60)
    supplies.filled("sheets", 500)
    kiosk.restart()
    assert kiosk.cache.supplies.of("printer") == Supply(NOON, 80_000, 350)
    assert kiosk.cache.supplies.of("sheets") == Supply(NOON + 60_000, 500, 0)


def test_a_kiosk_without_a_hall_keeps_them_too(kiosk: Kiosk) -> None:
    cache = Cache(kiosk.folder / "new", FakeTicks(NOON))
    cache.device_tests.note("touch", True, "T-014")
    cache.supplies.filled("printer", 30_000)
    cache.lockout.begin()
    assert set(cache.device_tests.latest()) == {"touch"}
    cache.close()
