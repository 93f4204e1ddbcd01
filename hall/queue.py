"""The queue: who is next, how long it takes, and what staff do with a number.

Functions on an open session; the caller's transaction makes them one step.
``now`` is milliseconds since 1970. Every verb leaves a ``Trail`` row.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from hall.models import Clerk, Role, Trail
from hall.moves import IllegalMove, Verb, after
from hall.tickets import State, Ticket

__all__ = [
    "IllegalMove",
    "absent",
    "ahead",
    "call_next",
    "estimate",
    "finish",
    "hold",
    "minutes",
    "recall",
    "resume",
    "send_back",
    "transfer",
    "waiting",
]

PLACES_BACK: Final = 3
"""How many waiting people go first when somebody who missed their call comes back."""

USUAL_MINUTES: Final = 6
"""What one ticket takes where the day has not shown it yet."""

_SHOWN: Final = 5
"""Finished tickets from which the day's own pace is believed."""


def waiting(session: Session, day: str, queue: str) -> list[Ticket]:
    """Who waits, in the order they will be called: a kept booking counts as arrived at its start."""
    return list(session.scalars(_in_order(day, [queue])))


def ahead(session: Session, ticket: Ticket) -> int:
    """People who are called before ``ticket``; 0 where it does not wait."""
    if ticket.state is not State.WAITING:
        return 0
    order = [other.id for other in waiting(session, ticket.day, ticket.queue)]
    return order.index(ticket.id)


def minutes(session: Session, ticket: Ticket, usual: int = USUAL_MINUTES) -> int:
    """The estimated wait of ``ticket``, from the pace of its queue today."""
    return estimate(session, ticket.day, ticket.queue, ahead(session, ticket), usual)


def estimate(session: Session, day: str, queue: str, people: int, usual: int = USUAL_MINUTES) -> int:
    """Minutes until ``people`` have been called: their number by the pace by the counters that serve the queue.

    ``usual`` minutes for each stand in until five tickets of the day are finished.
    """
    pace, done = session.execute(
        select(func.avg(Ticket.finished_at - Ticket.called_at), func.count()).where(
            Ticket.day == day, Ticket.queue == queue, Ticket.state == State.FINISHED
        )
    ).one()
    each = float(pace) / 60_000 if done >= _SHOWN else float(usual)
    counters = session.scalar(
        select(func.count(Ticket.counter.distinct())).where(
            Ticket.day == day, Ticket.queue == queue, Ticket.state.in_([State.CALLED, State.HELD])
        )
    )
    return ceil(people * each / max(counters or 0, 1))


def call_next(session: Session, clerk: Clerk, queues: Sequence[str], day: str, now: int) -> Ticket | None:
    """Call whoever is next in ``queues`` to the clerk's counter; None where nobody waits.

    Raises ``IllegalMove`` while another called ticket is at that clerk.
    """
    at_hand = session.scalar(
        select(Ticket).where(Ticket.day == day, Ticket.clerk == clerk.name, Ticket.state == State.CALLED).limit(1)
    )
    if at_hand is not None:
        raise IllegalMove(f"{at_hand.number} is at the counter")
    ticket = session.scalar(_in_order(day, queues).limit(1))
    if ticket is not None:
        _move(session, clerk, ticket, Verb.CALL, now)
        _take(ticket, clerk, now)
    return ticket


def recall(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """Call the number once more."""
    _move(session, clerk, ticket, Verb.RECALL, now)


def hold(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """Set the ticket aside at this counter: a form is being filled in, a paper fetched."""
    _move(session, clerk, ticket, Verb.HOLD, now)


def resume(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """Call a held or absent ticket back to the counter. ``IllegalMove`` while another is there."""
    _at_most_one(session, clerk, ticket)
    _move(session, clerk, ticket, Verb.RESUME, now)
    _take(ticket, clerk, ticket.called_at or now)


def transfer(session: Session, clerk: Clerk, ticket: Ticket, queue: str, now: int) -> None:
    """Move the ticket to another queue, where it keeps the turn it had."""
    if queue == ticket.queue:
        raise IllegalMove(f"already in queue {queue}")
    _move(session, clerk, ticket, Verb.TRANSFER, now, f"{ticket.queue} to {queue}")
    ticket.queue = queue
    _release(ticket)


def absent(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """Nobody came to the counter."""
    _move(session, clerk, ticket, Verb.ABSENT, now)


def send_back(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """Back to the queue, behind the next three who wait there."""
    _move(session, clerk, ticket, Verb.SEND_BACK, now)
    before = [other for other in waiting(session, ticket.day, ticket.queue) if other is not ticket][:PLACES_BACK]
    if before:
        ticket.turn = before[-1].turn
        ticket.passes = before[-1].passes + 1
    _release(ticket)


def finish(session: Session, clerk: Clerk, ticket: Ticket, now: int) -> None:
    """The matter is done."""
    _move(session, clerk, ticket, Verb.FINISH, now)
    ticket.finished_at = now


def _in_order(day: str, queues: Sequence[str]) -> Select[Ticket]:
    return (
        select(Ticket)
        .where(Ticket.day == day, Ticket.queue.in_(queues), Ticket.state == State.WAITING)
        .order_by(Ticket.turn, Ticket.passes, Ticket.at, Ticket.id)
    )


def _move(session: Session, clerk: Clerk, ticket: Ticket, verb: Verb, now: int, detail: str = "") -> None:
    state = after(ticket.state, verb)
    if ticket.state in (State.CALLED, State.HELD) and clerk.role is Role.CLERK and ticket.clerk != clerk.name:
        raise IllegalMove(f"{ticket.number} is at counter {ticket.counter}")
    session.add(
        Trail(at=now, clerk=clerk.name, verb=verb, ticket=ticket.id, detail=detail or f"{ticket.state} to {state}")
    )
    ticket.state = state


def _at_most_one(session: Session, clerk: Clerk, ticket: Ticket) -> None:
    at_hand = session.scalar(
        select(Ticket)
        .where(
            Ticket.day == ticket.day,
            Ticket.clerk == clerk.name,
            Ticket.state == State.CALLED,
            Ticket.id != ticket.id,
        )
        .limit(1)
    )
    if at_hand is not None:
        raise IllegalMove(f"{at_hand.number} is at the counter")


def _take(ticket: Ticket, clerk: Clerk, now: int) -> None:
    ticket.clerk = clerk.name
    ticket.counter = clerk.counter
    ticket.called_at = now


def _release(ticket: Ticket) -> None:
    ticket.clerk = ticket.counter = ticket.called_at = None
