"""The plan is the same for the same seed, and no fault is left out."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from tests.soak.faults import FAULTS
from tests.soak.plan import Turn, plan
from tests.soak.visits import KINDS

SHARES = {name: kind.share for name, kind in KINDS.items()}
THEN = {name: fault.then for name, fault in FAULTS.items()}


def made(visits: int, seed: int = 1) -> tuple[Turn, ...]:
    return plan(visits, seed, SHARES, THEN)


def test_a_seed_always_gives_the_same_plan_and_another_seed_another() -> None:
    assert made(500) == made(500)
    assert made(500) != made(500, seed=2)
    assert made(500)[7].chance.random() == made(500)[7].chance.random()


@pytest.mark.parametrize("visits", [41, 100, 10_000])
def test_every_fault_comes_and_as_often_as_every_other(visits: int) -> None:
    times = Counter(turn.fault for turn in made(visits) if turn.fault)
    assert times.keys() == FAULTS.keys()
    assert max(times.values()) - min(times.values()) <= 1
    assert times.total() == max(len(FAULTS), visits // 20)


def test_after_a_fault_comes_the_visit_that_needs_what_was_mended() -> None:
    turns = made(10_000)
    assert not turns[-1].fault
    for turn, after in pairwise(turns):
        if turn.fault:
            assert (turn.kind, after.kind, after.fault) == ("", THEN[turn.fault], "")


def test_what_people_come_for_comes_as_often_as_its_share_says() -> None:
    turns = made(20_000)
    free = [turn for before, turn in pairwise(turns) if not before.fault and not turn.fault]
    times, all_shares = Counter(turn.kind for turn in free), sum(SHARES.values())
    for kind, share in SHARES.items():
        assert times[kind] / len(free) == pytest.approx(share / all_shares, abs=0.012)


def test_what_must_work_after_a_fault_is_something_that_people_come_for() -> None:
    assert set(THEN.values()) <= set(KINDS)
