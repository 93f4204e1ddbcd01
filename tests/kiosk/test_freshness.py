"""Which part of the kiosk gives no sign of life, and how long a citizen may finish what they came for."""

from __future__ import annotations

from functools import partial
from math import inf

import pytest

from kiosk.app import LANES
from kiosk.desk import PRINT_SECONDS
from kiosk.freshness import ERRAND, PATIENCE, Freshness, parts
from kiosk.lanes import Lane
from offline_cache.journal_lines import declared


class Hall:
    """A kiosk of two parts, whose silence and time are set by hand."""

    def __init__(self) -> None:
        self.silence = {"card": 0.0, "sender": 0.0}
        self.busy = False
        self.now = 1_000.0
        self.freshness = Freshness(
            {name: (partial(self.silence.__getitem__, name), 60.0) for name in self.silence},
            lambda: self.busy,
            lambda: self.now,
        )


def test_a_part_that_is_silent_no_longer_than_it_may_be_is_fresh() -> None:
    hall = Hall()
    hall.silence["card"] = 60.0
    assert hall.freshness.stale() == ""


@pytest.mark.parametrize("silence", [60.1, inf])
def test_a_part_that_is_silent_for_too_long_is_named(silence: float) -> None:
    hall = Hall()
    hall.silence["sender"] = silence
    assert hall.freshness.stale() == "sender"


def test_who_is_being_served_is_served_to_the_end_but_not_for_ever() -> None:
    hall = Hall()
    hall.busy = True
    hall.silence["sender"] = inf
    assert hall.freshness.stale() == ""
    hall.now += PATIENCE - 1
    assert hall.freshness.stale() == ""
    hall.busy = False
    assert hall.freshness.stale() == "sender"
    hall.busy = True
    hall.now += 1
    assert hall.freshness.stale() == "sender"


def test_a_part_that_came_back_in_time_is_forgiven() -> None:
    hall = Hall()
    hall.busy = True
    hall.silence["card"] = inf
    assert hall.freshness.stale() == ""
    hall.silence["card"] = 0.0
    hall.now += PATIENCE
    assert hall.freshness.stale() == ""
    hall.silence["card"] = inf
    assert hall.freshness.stale() == "", "the patience of the first time is not spent"


def test_no_lane_is_stale_while_a_deadline_of_a_visit_still_runs() -> None:
    assert ERRAND > PRINT_SECONDS


def test_the_journal_knows_every_part() -> None:
    assert {*LANES, "card", "id-card", "scanner", "power", "sender"} == set(declared()["kiosk.ended"]["part"])


def test_a_lane_whose_thread_has_ended_is_stale() -> None:
    lane = Lane("store")
    freshness = Freshness(parts({"store": lane}, {}, None), lambda: False)
    assert freshness.stale() == ""
    assert lane.stop()
    assert freshness.stale() == "store"
