"""Whoever tries PINs waits, whatever is done to the kiosk and its clock meanwhile."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_cache.clock import Clock, FakeTicks
from offline_cache.lockout import FIRST, FREE, LONGEST, Lockout, pause
from offline_cache.store import Store, StoreFull
from tests.offline_cache.far_hall import NOON

DAY_MS = 86_400_000


class Door:
    """A kiosk whose maintenance mode is tried, with a computer that can be switched off and its clock set."""

    def __init__(self, folder: Path) -> None:
        self.ticks = FakeTicks(NOON)
        self._path = folder / "keting.db"
        self._open()

    def _open(self) -> None:
        self.store = Store(self._path)
        self.clock = Clock(self.store, self.ticks)
        self.lockout = Lockout(self.store, self.clock)

    def restart(self, off: float = 0.0, wall: int | None = None) -> None:
        """Without a good-bye; the computer is off for so many seconds, then its clock says ``wall``."""
        self.store.close()
        wall = self.ticks.wall() + round(off * 1000) if wall is None else wall
        self.ticks = FakeTicks(wall)
        self._open()

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    one = Door(tmp_path)
    yield one
    one.close()


def test_the_first_two_are_free_and_then_each_waits_twice_as_long(door: Door) -> None:
    waits = []
    for _ in range(17):
        door.lockout.begin()
        waits.append(door.lockout.wait())
        door.ticks.advance(waits[-1])
    assert waits[:7] == [0, 0, 15, 30, 60, 120, 240]
    assert waits[-3:] == [61_440, LONGEST, LONGEST]
    assert door.lockout.wait() == 0


def test_a_right_pin_forgets_all_wrong_ones(door: Door) -> None:
    for _ in range(6):
        door.lockout.begin()
    door.lockout.passed()
    assert door.lockout.wait() == 0
    door.restart()
    door.lockout.begin()
    door.lockout.begin()
    assert door.lockout.wait() == 0


def test_a_power_cut_before_the_card_answers_is_no_free_try(door: Door) -> None:
    for tries in range(1, 6):
        door.lockout.begin()
        door.restart()
        assert door.lockout.wait() == pause(tries)
        door.ticks.advance(door.lockout.wait())


def test_what_is_over_before_a_restart_is_over_after_it(door: Door) -> None:
    for _ in range(5):
        door.lockout.begin()
    door.ticks.advance(20)
    door.restart(off=10)
    assert door.lockout.wait() == 60 - 30
    door.restart(off=31)
    assert door.lockout.wait() == 0


def test_somebody_who_sets_the_clock_back_waits_once_more_and_not_for_ever(door: Door) -> None:
    for _ in range(4):
        door.lockout.begin()
    door.restart(wall=NOON - DAY_MS)
    assert door.lockout.wait() == 30
    door.ticks.advance(30)
    assert door.lockout.wait() == 0


def test_a_clock_that_is_set_while_the_kiosk_runs_changes_no_wait(door: Door) -> None:
    for _ in range(4):
        door.lockout.begin()
    door.ticks.set_wall(NOON + DAY_MS)
    door.clock.heard(NOON + DAY_MS)
    assert door.lockout.wait() == 30


def test_where_nothing_can_be_written_no_try_is_begun(door: Door) -> None:
    pages = door.store.rows("PRAGMA page_count")[0][0]
    door.store.rows(f"PRAGMA max_page_count = {pages}")
    with door.store.transaction() as database:
        database.execute(
            "CREATE TRIGGER full AFTER INSERT ON facts BEGIN "
            "INSERT INTO published (name, data) VALUES ('ballast', zeroblob(900000)); END"
        )
    with pytest.raises(StoreFull):
        door.lockout.begin()
    assert door.lockout.wait() == 0


STEPS = st.lists(
    st.one_of(
        st.just(("try", 0)),
        st.just(("pass", 0)),
        st.tuples(st.just("time"), st.integers(0, 2 * LONGEST)),
        st.tuples(st.just("restart"), st.integers(0, 3_600)),
        st.tuples(st.just("set back"), st.integers(0, 3 * LONGEST)),
        st.tuples(st.just("set back before the start"), st.integers(0, 3 * LONGEST)),
        st.tuples(st.just("set forward"), st.integers(0, 3 * LONGEST)),
        st.tuples(st.just("the hall says it is earlier"), st.integers(0, 3 * LONGEST)),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(deadline=None, max_examples=150)
def test_no_sequence_of_tries_restarts_and_clocks_shortens_a_wait_or_makes_it_longer_than_its_own(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder))
        tries, due, ahead = 0, 0.0, 0
        """Tries in a row, the seconds that must still pass, and by how much the computer's clock is put forward."""
        for what, amount in steps:
            match what:
                case "try":
                    door.lockout.begin()
                    tries += 1
                    due = pause(tries)
                case "pass":
                    door.lockout.passed()
                    tries, due = 0, 0.0
                case "time":
                    door.ticks.advance(amount)
                    due = max(0.0, due - amount)
                case "restart":
                    door.restart(amount, door.ticks.wall() + amount * 1000 - ahead)
                    due, ahead = max(0.0, due - amount), 0
                case "set back":
                    door.ticks.set_wall(door.ticks.wall() - amount * 1000)
                case "set back before the start":
                    door.restart(wall=door.ticks.wall() - ahead - amount * 1000)
                    ahead = 0
                case "set forward":
                    door.ticks.set_wall(door.ticks.wall() + amount * 1000)
                    ahead += amount * 1000
                case _:
                    door.clock.heard(door.clock.now() - amount * 1000)
            left = door.lockout.wait()
            assert due - 0.002 <= left <= pause(tries)
            assert (left > 0) <= (tries > FREE)
        door.close()


def test_the_first_wait_is_a_quarter_of_a_minute() -> None:
    assert (FREE, FIRST, pause(FREE), pause(FREE + 1)) == (2, 15, 0, 15)
