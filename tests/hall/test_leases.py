"""No number is given twice: not to two kiosks, not at once, not after a restore."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from hall import leases, marks
from hall.models import Kiosk
from hall.refusal import Refusal
from tests.hall.conftest import DAY, Counter, issued
from tests.hall.terminal import Terminal


def wish(counter: Counter, terminal: Terminal, queue: str = "A", day: str = DAY, left: int = 0) -> tuple[int, int]:
    answer = counter.ask(terminal, "POST", "/v1/leases", {"day": day, "queue": queue, "left": left})
    assert answer.status_code == 200, answer.text
    lease = terminal.reply("lease", answer.content)
    assert (lease["kiosk"], lease["counter"], lease["day"]) == (terminal.id, terminal.counter, day)
    return lease["first"], lease["last"]


def test_blocks_follow_each_other_over_kiosks_queues_and_days_apart(counter: Counter) -> None:
    one, two = counter.enrol(), counter.enrol()
    assert wish(counter, one) == (1, 20)
    assert wish(counter, two) == (21, 40)
    assert wish(counter, one) == (41, 60)
    assert wish(counter, one, "B") == (1, 20)
    assert wish(counter, two, day="2026-03-10") == (1, 20)


def test_kiosks_that_ask_at_once_never_share_a_number(counter: Counter) -> None:
    terminals = [counter.enrol() for _ in range(4)]

    def take(terminal: Terminal) -> list[int]:
        numbers: list[int] = []
        for _ in range(10):
            with counter.hall.store.writing() as session:
                kiosk = session.get_one(Kiosk, terminal.id)
                lease = leases.lease(session, kiosk, DAY, "A", 7)
                numbers += range(lease.first, lease.last + 1)
        return numbers

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for taken in pool.map(take, terminals) for number in taken]
    assert sorted(numbers) == list(range(1, 281))


def test_a_day_whose_numbers_are_used_up_says_so(counter: Counter, terminal: Terminal) -> None:
    with counter.hall.store.writing() as session:
        kiosk = session.get_one(Kiosk, terminal.id)
        leases.lease(session, kiosk, DAY, "A", leases.LAST_NUMBER - 10)
    answer = counter.ask(terminal, "POST", "/v1/leases", {"day": DAY, "queue": "A", "left": 0})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, {"error": "exhausted"}, "3600")


def test_a_number_that_was_printed_or_is_held_is_never_leased(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2", "A037"), counter.clock.ms))
    assert wish(counter, terminal) == (38, 57)
    counter.beat(terminal, leases=[[DAY, "A", 61, 80]])
    assert wish(counter, terminal) == (81, 100)


def test_a_kiosk_can_not_use_up_a_day_by_naming_a_high_number(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2", "A9990"), counter.clock.ms))
    counter.beat(terminal, leases=[[DAY, "A", 9000, 9020]])
    assert wish(counter, terminal) == (1, 20)


def test_after_a_restore_queues_that_were_not_counted_begin_above_the_gap(counter: Counter, terminal: Terminal) -> None:
    with counter.hall.store.writing() as session:
        marks.put(session, marks.RESTORED_DAY, DAY)
        marks.put(session, marks.NUMBER_FLOOR, 300)
    assert wish(counter, terminal) == (301, 320)
    assert wish(counter, terminal, day="2026-03-10") == (301, 320)
    counter.clock.forward(hours=48)
    assert wish(counter, terminal, day="2026-03-11") == (1, 20)


def test_a_lease_that_can_not_be_written_raises_no_counter(counter: Counter, terminal: Terminal) -> None:
    def fail() -> None:
        with counter.hall.store.writing() as session:
            leases.lease(session, session.get_one(Kiosk, terminal.id), DAY, "A", 20)
            raise Refusal(503, "exhausted")

    with pytest.raises(Refusal):
        fail()
    assert wish(counter, terminal) == (1, 20)
