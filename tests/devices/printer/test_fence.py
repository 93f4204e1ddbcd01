"""Marks between bands."""

from __future__ import annotations

from itertools import islice

import pytest

from devices.printer import Paper
from devices.printer.fence import OutOfStep, ProcessIdFence, QueuedStatusFence, names
from devices.printer.status import ProcessId, Queued, RealTime


def test_marks_are_passed_one_by_one() -> None:
    fence = ProcessIdFence(names())
    marks = [fence.mark()[-4:] for _ in range(3)]
    assert fence.waiting == 3
    assert [fence.hear(ProcessId(mark)) for mark in marks] == [True, True, True]
    assert fence.waiting == 0


def test_a_mark_passed_before_the_one_before_it_is_out_of_step() -> None:
    fence = ProcessIdFence(names())
    _, second = fence.mark(), fence.mark()
    with pytest.raises(OutOfStep):
        fence.hear(ProcessId(second[-4:]))


def test_an_answer_to_an_older_slip_is_passed_over() -> None:
    fresh = names()
    old, now = ProcessIdFence(fresh), ProcessIdFence(fresh)
    stale, mark = old.mark()[-4:], now.mark()[-4:]
    assert not now.hear(ProcessId(stale))
    assert not now.hear(RealTime(0x12))
    assert not now.hear(Queued(Paper.OK))
    assert now.waiting == 1
    assert now.hear(ProcessId(mark))


def test_names_are_printable_and_do_not_repeat() -> None:
    made = list(islice(names(), 20_000))
    assert len(set(made)) == len(made)
    assert all(len(name) == 4 and all(0x20 <= byte <= 0x7E for byte in name) for name in made)


def test_an_answer_nobody_waits_for_is_out_of_step_where_answers_have_no_name() -> None:
    fence = QueuedStatusFence()
    with pytest.raises(OutOfStep):
        fence.hear(Queued(Paper.OK))


def test_a_mark_passed_without_paper_is_out_of_step() -> None:
    fence = QueuedStatusFence()
    fence.mark()
    with pytest.raises(OutOfStep):
        fence.hear(Queued(Paper.OUT))
