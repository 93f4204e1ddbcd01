"""What lives is counted, and nothing of another thread's is in the way of that thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from tests.stand.alive import alive

COUNTS = 5
MANY = 50_000
"""So many that a count lasts for many turns of another thread."""


class Kept:
    def __init__(self) -> None:
        self.itself = [self]


def test_what_was_made_is_counted() -> None:
    _all, before = alive(Kept)
    kept = [Kept() for _ in range(3)]
    assert alive(Kept)[1] - before == len(kept)


@pytest.fixture
def short_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("short_turns")
def test_a_thread_that_is_making_a_tuple_meanwhile_makes_it() -> None:
    done, failed = threading.Event(), list[BaseException]()

    def makes_tuples() -> None:
        try:
            while not done.is_set():
                tuple(-number for number in range(2_000))
        except SystemError as error:
            failed.append(error)

    kept = [Kept() for _ in range(MANY)]
    maker = threading.Thread(target=makes_tuples)
    maker.start()
    try:
        counted = [alive(Kept)[1] for _ in range(COUNTS)]
    finally:
        done.set()
        maker.join()
    assert failed == []
    assert set(counted) == {len(kept)}
