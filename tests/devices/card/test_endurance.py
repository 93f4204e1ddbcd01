"""Each endurance run a few times over: that it runs, and that its figures hold. The long ones are started by hand."""

from collections.abc import Callable

import pytest

from tests.devices.card.cycles import Cycles, cycles, pipe_cycles
from tests.devices.card.endurance import FAULTS, GOAL_MS, Figures, passport_pulled, pulled

WITH_OTHERS = 3 * GOAL_MS
"""Milliseconds. The goal is for a machine of its own; tests run side by side."""


@pytest.mark.parametrize("fault", [each for each in FAULTS if each not in (pulled, passport_pulled)])
def test_the_next_card_is_read_soon_after_all_is_well_again(fault: Callable[[int], Figures]) -> None:
    figures = fault(2)
    assert len(figures.read) == len(figures.told) == 2
    assert max(figures.read) < WITH_OTHERS, figures


@pytest.mark.parametrize("pull", [pulled, passport_pulled])
def test_the_next_card_after_one_that_was_pulled_is_read_soon(pull: Callable[[int, int], Figures]) -> None:
    figures = pull(1, 7)
    assert len(figures.read) >= 2
    assert max(figures.read) < WITH_OTHERS, figures


def test_a_figure_above_the_goal_is_called_too_slow() -> None:
    assert not Figures("late", [1.0], [10.0, GOAL_MS + 1]).ok
    assert not Figures("never").ok


@pytest.mark.parametrize("run", [cycles, pipe_cycles])
def test_cards_leave_no_thread_and_no_descriptor_behind(run: Callable[[int], Cycles]) -> None:
    done = run(3, warm=5) if run is cycles else run(300)
    assert done.flat, done
    assert done.growth < 2_048, done


def test_a_row_of_the_table_tells_the_worst_time() -> None:
    row = str(Figures("pcscd killed", [3.0, 5.0], [300.0, 700.0]))
    assert row.split()[-1] == "ok"
    assert "700" in row
