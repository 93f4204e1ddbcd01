"""Status indices: at random, once and for ever, and the service closes where a kiosk holds too many."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from certificates.status import BITS, LISTS
from hall import marks
from hall.certificates import indices
from hall.certificates.models import StatusIndex
from hall.models import Kiosk
from hall.refusal import Refusal
from tests.hall.certificates.machine import Machine, Verifier
from tests.hall.conftest import Counter


def test_two_kiosks_never_share_an_index(counter: Counter, verifier: Verifier) -> None:
    machines = [Machine(counter, counter.enrol()) for _ in range(3)]
    given = [index for _ in range(10) for machine in machines for index in machine.lease()]
    assert len(given) == len(set(given)) == 600
    assert all(0 <= index < BITS for index in given)
    assert max(given) - min(given) > BITS // 2  # at random, not in a row
    with counter.hall.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(StatusIndex)) == 600


def test_a_kiosk_that_hoards_is_refused_until_it_issues_or_a_day_has_passed(machine: Machine) -> None:
    while len(machine.indices) + 20 <= indices.MOST_UNUSED:
        machine.indices += machine.lease(left=20)
    answer = machine.counter.ask(machine.terminal, "POST", "/v1/indices", {"left": 0})
    assert (answer.status_code, answer.json()) == (503, {"error": "exhausted"})
    assert answer.headers["retry-after"] == "3600"
    for _ in range(20):
        machine.issue()
    machine.indices += machine.lease()
    machine.counter.clock.forward(days=1, seconds=1)
    assert len(machine.lease()) == 20


@pytest.mark.parametrize("wish", [{}, {"left": -1}, {"left": 41}, {"left": "0"}, {"left": 0, "more": 1}])
def test_a_wish_that_is_none_is_refused(machine: Machine, wish: dict[str, object]) -> None:
    answer = machine.counter.ask(machine.terminal, "POST", "/v1/indices", wish)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


def test_a_list_that_fills_up_gives_way_to_the_next_which_verifiers_had_before(
    machine: Machine, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(verifier.lists().index.status) == {0, 1}
    taken = machine.lease()[0]
    draws = iter([taken] * 21)
    monkeypatch.setattr("hall.certificates.indices.secrets.randbelow", lambda bits: next(draws, None) or _draw(bits))
    assert all(index // BITS == 1 for index in machine.lease())
    assert set(verifier.lists().index.status) == {0, 1, 2}


def test_after_the_last_list_nothing_is_given(counter: Counter) -> None:
    terminal = counter.enrol()
    with counter.hall.store.writing() as session:
        marks.put(session, "status-list", LISTS)
        with pytest.raises(Refusal, match="exhausted"):
            indices.lease(session, session.get_one(Kiosk, terminal.id), 1, counter.hall.now())


_next = iter(range(10_000))


def _draw(bits: int) -> int:
    return next(_next) % bits
