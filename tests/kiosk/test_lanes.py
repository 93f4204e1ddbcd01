"""A lane: one call at a time, in order, each told once; one that hangs costs its thread and nothing else."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from functools import partial
from math import inf
from queue import SimpleQueue
from typing import Any

import pytest

from kiosk.lanes import Lane
from tests.kiosk.room import Hang
from tests.stand.kiosk import until

Outcome = tuple[Any, BaseException | None]


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane("store")
    yield lane
    assert lane.stop()


class Told:
    """What the lane told, in order."""

    def __init__(self) -> None:
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()

    def __call__(self, result: Any, error: BaseException | None) -> None:
        self._outcomes.put((result, error))

    def next(self) -> Outcome:
        return self._outcomes.get(timeout=5)

    @property
    def empty(self) -> bool:
        return self._outcomes.empty()


def test_calls_are_done_in_order_on_one_thread_of_that_name(lane: Lane) -> None:
    told = Told()
    for at in range(50):
        lane.submit(partial(_where, at), told)
    assert [told.next()[0] for _ in range(50)] == [(at, "lane-store") for at in range(50)]


def test_an_error_is_told_and_the_lane_goes_on(lane: Lane) -> None:
    told = Told()
    lane.submit(lambda: 1 / 0, told)
    lane.submit(lambda: "fine", told)
    result, error = told.next()
    assert result is None
    assert isinstance(error, ZeroDivisionError)
    assert told.next() == ("fine", None)


def test_a_call_abandoned_before_its_end_is_never_told(lane: Lane) -> None:
    told, hang = Told(), Hang("late")
    errand = lane.submit(hang, told)
    assert hang.began.wait(5)
    assert errand.abandon()
    assert not errand.abandon()  # the right to tell is taken once
    lane.replace()
    lane.submit(lambda: "next", told)
    assert told.next() == ("next", None)
    hang.go.set()
    assert hang.thread is not None
    hang.thread.join(5)
    assert not hang.thread.is_alive()
    assert told.empty


def test_a_call_that_was_told_cannot_be_abandoned(lane: Lane) -> None:
    told = Told()
    errand = lane.submit(lambda: 1, told)
    assert told.next() == (1, None)
    assert not errand.abandon()


def test_what_waited_behind_a_call_that_hangs_is_still_told(lane: Lane) -> None:
    told, hang = Told(), Hang("first")
    lane.submit(hang, told)
    lane.submit(lambda: "second", told)
    assert hang.began.wait(5)
    lane.replace()
    hang.go.set()
    assert [told.next()[0] for _ in range(2)] == ["first", "second"]


def test_stop_says_whether_the_thread_still_hangs() -> None:
    lane, hang = Lane("printer"), Hang()
    lane.submit(hang, Told())
    assert hang.began.wait(5)
    assert not lane.stop(0.01)
    hang.go.set()
    assert lane.stop()


def test_a_lane_is_silent_while_an_errand_hangs_and_for_ever_without_its_thread() -> None:
    lane, hang = Lane("store"), Hang()
    assert lane.silent() == 0
    lane.submit(hang, Told())
    assert hang.began.wait(5)
    until("it is silent", lambda: lane.silent() > 0.05, 5)
    lane.replace()
    assert lane.silent() == 0
    hang.go.set()
    assert lane.stop()
    assert lane.silent() == inf


def _where(at: int) -> tuple[int, str]:
    return at, threading.current_thread().name


class Said:
    """What a citizen said."""


def test_an_idle_lane_holds_nothing_of_its_last_call(lane: Lane) -> None:
    said, told = Said(), Told()
    left = weakref.ref(said)
    lane.submit(partial(str, said), told)
    told.next()
    del said
    until("nothing of it is left", lambda: left() is None, 5)
