"""Every state, every verb: what is in the table happens, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from hall import queue
from hall.models import Clerk, Kiosk, Role, Trail
from hall.moves import MOVES, IllegalMove, Verb, after
from hall.settings import Settings
from hall.store import Store
from hall.tickets import State, Ticket
from tests.hall.conftest import DAY

STAFF = (Verb.RECALL, Verb.HOLD, Verb.RESUME, Verb.TRANSFER, Verb.ABSENT, Verb.SEND_BACK, Verb.FINISH)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A hall's database with one kiosk in it."""
    one = Store(settings.database)
    with one.writing() as session:
        session.add(Kiosk(id="K-0201", number="01", key=b""))
    yield one
    one.close()


def ticket(letter: str, state: State = State.WAITING, at: int = 1000) -> Ticket:
    at_counter = state in (State.CALLED, State.HELD, State.ABSENT, State.FINISHED)
    return Ticket(
        id=letter * 16,
        day=DAY,
        number=f"A{ord(letter):03d}",
        queue="A",
        state=state,
        at=at,
        arrived=at,
        turn=at,
        passes=0,
        matters=["matter-a"],
        asked=["matter-a"],
        via="none",
        kiosk="K-0201",
        epoch=1,
        seq=ord(letter),
        language="en",
        clerk="chen" if at_counter else None,
        counter="1" if at_counter else None,
        called_at=at if at_counter else None,
    )


def clerk(name: str = "chen", role: Role = Role.CLERK, counter: str = "1") -> Clerk:
    return Clerk(name=name, password_hash="-", role=role, counter=counter)


def do(session: Session, by: Clerk, subject: Ticket, verb: Verb) -> None:
    match verb:
        case Verb.TRANSFER:
            queue.transfer(session, by, subject, "B", 2000)
        case _:
            getattr(queue, verb)(session, by, subject, 2000)


@pytest.mark.parametrize("verb", STAFF)
@pytest.mark.parametrize("state", State)
def test_staff_can_do_what_the_table_says_and_nothing_else(store: Store, state: State, verb: Verb) -> None:
    with store.writing() as session:
        by, subject = clerk(), ticket("T", state)
        session.add_all([by, subject])
        session.flush()
        target = MOVES.get((state, verb))
        if target is None:
            with pytest.raises(IllegalMove):
                do(session, by, subject, verb)
            assert (subject.state, subject.queue, subject.turn) == (state, "A", 1000)
            assert session.scalars(select(Trail).where(Trail.ticket == subject.id)).all() == []
            return
        do(session, by, subject, verb)
        assert subject.state is target
        (row,) = session.scalars(select(Trail).where(Trail.ticket == subject.id)).all()
        assert (row.clerk, row.verb, row.at) == ("chen", verb, 2000)
        assert (subject.clerk is None) == (target is State.WAITING)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", State)
def test_the_table_is_all_there_is(state: State, verb: Verb) -> None:
    if (state, verb) in MOVES:
        assert after(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(IllegalMove):
            after(state, verb)


def test_nothing_leaves_a_finished_ticket() -> None:
    assert not [move for move in MOVES if move[0] is State.FINISHED]


def test_calling_takes_the_first_who_waits(store: Store) -> None:
    with store.writing() as session:
        by = clerk()
        session.add_all([by, ticket("B", at=2), ticket("A", at=1), ticket("C", at=3)])
        session.flush()
        assert [t.id[0] for t in queue.waiting(session, DAY, "A")] == ["A", "B", "C"]
        called = queue.call_next(session, by, ["A", "B"], DAY, 9000)
        assert called is not None
        assert (called.id[0], called.state, called.counter, called.called_at) == ("A", State.CALLED, "1", 9000)


def test_a_counter_serves_one_at_a_time(store: Store) -> None:
    with store.writing() as session:
        by, first, absent = clerk(), ticket("A"), ticket("Z", State.ABSENT)
        session.add_all([by, first, absent, ticket("B", at=2000)])
        session.flush()
        queue.call_next(session, by, ["A"], DAY, 9000)
        with pytest.raises(IllegalMove):
            queue.call_next(session, by, ["A"], DAY, 9000)
        with pytest.raises(IllegalMove):
            queue.resume(session, by, absent, 9000)
        queue.hold(session, by, first, 9000)
        assert queue.call_next(session, by, ["A"], DAY, 9000) is not None


def test_nobody_waits_nobody_is_called(store: Store) -> None:
    with store.writing() as session:
        by = clerk()
        session.add_all([by, ticket("A", State.ABSENT), ticket("B", State.MERGED)])
        session.flush()
        assert queue.call_next(session, by, ["A"], DAY, 9000) is None
        assert queue.call_next(session, by, [], DAY, 9000) is None
        assert queue.call_next(session, by, ["A"], "2026-03-10", 9000) is None


def test_a_clerk_leaves_the_tickets_of_other_counters_alone_and_a_supervisor_may_not(store: Store) -> None:
    with store.writing() as session:
        other, head, subject = clerk("li"), clerk("wang", Role.SUPERVISOR), ticket("A", State.CALLED)
        session.add_all([clerk(), other, head, subject])
        session.flush()
        with pytest.raises(IllegalMove):
            queue.finish(session, other, subject, 9000)
        queue.finish(session, head, subject, 9000)
        assert subject.finished_at == 9000


def test_who_missed_the_call_comes_back_behind_three_people(store: Store) -> None:
    with store.writing() as session:
        by, late = clerk(), ticket("A", State.ABSENT, at=1)
        session.add_all([by, late, *(ticket(letter, at=ord(letter)) for letter in "BCDEF")])
        session.flush()
        queue.send_back(session, by, late, 9000)
        session.flush()
        assert [t.id[0] for t in queue.waiting(session, DAY, "A")] == ["B", "C", "D", "A", "E", "F"]
        assert queue.ahead(session, late) == 3


def test_two_who_missed_their_calls_keep_their_order_and_both_let_three_go(store: Store) -> None:
    with store.writing() as session:
        by, one, two = clerk(), ticket("A", State.ABSENT, 1), ticket("B", State.ABSENT, 2)
        session.add_all([by, one, two, *(ticket(letter, at=ord(letter)) for letter in "CDEF")])
        session.flush()
        queue.send_back(session, by, one, 9000)
        session.flush()
        queue.send_back(session, by, two, 9001)
        session.flush()
        assert [t.id[0] for t in queue.waiting(session, DAY, "A")] == ["C", "D", "E", "A", "B", "F"]


def test_with_fewer_than_three_waiting_who_comes_back_is_last(store: Store) -> None:
    with store.writing() as session:
        by, late = clerk(), ticket("A", State.ABSENT, at=1)
        session.add_all([by, late, ticket("B", at=5), ticket("C", at=5)])
        session.flush()
        queue.send_back(session, by, late, 9000)
        session.flush()
        assert [t.id[0] for t in queue.waiting(session, DAY, "A")] == ["B", "C", "A"]


def test_a_transferred_ticket_keeps_its_turn_in_the_other_queue(store: Store) -> None:
    with store.writing() as session:
        by, moved, there = clerk(), ticket("A", State.CALLED, at=10), ticket("B", at=20)
        there.queue = "B"
        session.add_all([by, moved, there])
        session.flush()
        queue.transfer(session, by, moved, "B", 9000)
        session.flush()
        assert [t.id[0] for t in queue.waiting(session, DAY, "B")] == ["A", "B"]
        with pytest.raises(IllegalMove):
            queue.transfer(session, by, moved, "B", 9000)


def test_the_estimate_is_the_usual_time_until_the_day_shows_its_own(store: Store) -> None:
    with store.writing() as session:
        last = ticket("Z", at=99)
        session.add_all([clerk(), clerk("li", counter="2"), last, *(ticket(x, at=ord(x)) for x in "VW")])
        session.flush()
        assert queue.minutes(session, last, usual=5) == 10
        for letter in "ABCDE":
            done = ticket(letter, State.FINISHED)
            done.called_at, done.finished_at = 0, 3 * 60_000
            session.add(done)
        session.flush()
        assert queue.minutes(session, last, usual=5) == 6
        one, two = ticket("F", State.CALLED), ticket("G", State.HELD)
        two.counter = "2"
        session.add_all([one, two])
        session.flush()
        assert queue.minutes(session, last, usual=5) == 3
        assert queue.minutes(session, one) == 0
