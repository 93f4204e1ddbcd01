"""The line through the counts: what grows is seen, what only wavers is not, and the interval is the textbook's."""

from __future__ import annotations

from random import Random

import pytest

from tests.soak.counts import PER, Count, growths
from tests.soak.slope import slope


def test_a_straight_line_has_its_slope_and_no_doubt() -> None:
    found = slope([0, 100, 200, 300], [5.0, 7.0, 9.0, 11.0])
    assert found.per_visit == pytest.approx(0.02)
    assert found.give_or_take == pytest.approx(0.0, abs=1e-9)


def test_slope_and_interval_are_those_of_a_textbook() -> None:
    """Five points; by hand: slope 0.6, residuals 2.4, standard error sqrt(0.8 / 10), t with 3 degrees 3.182."""
    found = slope([1, 2, 3, 4, 5], [2.0, 4.0, 5.0, 4.0, 5.0])
    assert found.per_visit == pytest.approx(0.6)
    assert found.give_or_take == pytest.approx(3.182 * (0.8 / 10) ** 0.5)
    assert found.at_least == pytest.approx(0.6 - 3.182 * (0.8 / 10) ** 0.5)


def test_in_nineteen_of_twenty_the_interval_holds_the_truth() -> None:
    chance, held, times = Random(4), 0, 400
    visits = [*range(0, 3_000, 100)]
    for _ in range(times):
        found = slope(visits, [0.01 * visit + chance.gauss(0, 5) for visit in visits])
        held += abs(found.per_visit - 0.01) <= found.give_or_take
    assert 0.92 < held / times < 0.98


@pytest.mark.parametrize("counts", [[], [1.0], [1.0, 2.0]])
def test_through_fewer_than_three_counts_there_is_no_line(counts: list[float]) -> None:
    with pytest.raises(ValueError, match="three counts"):
        slope([*range(len(counts))], counts)


def _counts(threads: list[int]) -> list[Count]:
    keys = ("rss", "workers_rss", "threads", "descriptors", "workers", "workers_descriptors", "qobjects", "objects")
    return [Count(at * 100, dict.fromkeys(keys, 7) | {"threads": each}) for at, each in enumerate(threads)]


def _threads(counts: list[Count], warm: int = 0) -> bool:
    return next(growth.ok for growth in growths(counts, warm) if growth.kept.key == "threads")


def test_a_thread_that_is_left_behind_now_and_then_breaks_the_limit() -> None:
    assert not _threads(_counts([10 + at // 20 for at in range(100)]))


def test_threads_that_come_and_go_keep_it() -> None:
    assert _threads(_counts([10 + at % 2 for at in range(100)]))
    assert _threads(_counts([10] * 100))


def test_what_grew_while_caches_filled_is_not_held_against_it() -> None:
    counts = _counts([*range(1, 11), *([11] * 90)])
    assert not _threads(counts)
    assert _threads(counts, warm=1_000)


def test_growth_is_told_for_ten_thousand_visits() -> None:
    growth = next(each for each in growths(_counts([*range(50)]), 0) if each.kept.key == "threads")
    assert growth.slope.per_visit * PER == pytest.approx(100.0)
