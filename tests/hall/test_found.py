"""What a technician found of a paper in doubt: known at the hall, and never more than was seen."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hall.models import Trail
from hall.tickets import Copy, State
from tests.hall.conftest import Counter, issued
from tests.hall.terminal import Terminal


def settled(terminal: Terminal, ticket: str, outcome: str, at: int) -> bytes:
    body = {"id": ticket, "copy": 1, "outcome": outcome, "fault": "P102"}
    return terminal.event("ticket.settled", body, at)


def found(terminal: Terminal, ticket: str, at: int, **changed: Any) -> bytes:
    body = {"id": ticket, "copy": 1, "found": "whole", "by": "T-014"} | changed
    return terminal.event("ticket.found", body, at)


def copy_of(counter: Counter, ticket: str) -> Copy:
    with counter.hall.store.reading() as session:
        copy = session.get(Copy, (ticket, 1))
        assert copy is not None
        return copy


def trail(counter: Counter) -> list[tuple[str, str]]:
    with counter.hall.store.reading() as session:
        return [(row.ticket or "", row.detail) for row in session.scalars(select(Trail).where(Trail.verb == "found"))]


@pytest.fixture
def doubtful(counter: Counter, terminal: Terminal) -> str:
    """A ticket whose slip may or may not be out."""
    ticket = "T" * 16
    now = counter.clock.ms
    new = terminal.event("ticket.issued", issued(ticket), now)
    assert counter.send(terminal, new, settled(terminal, ticket, "uncertain", now))["parked"] == []
    return ticket


def test_a_slip_that_was_found_whole_is_printed(counter: Counter, terminal: Terminal, doubtful: str) -> None:
    assert counter.send(terminal, found(terminal, doubtful, counter.clock.ms))["parked"] == []
    copy = copy_of(counter, doubtful)
    assert (copy.outcome, copy.fault) == ("printed", "P102")
    assert trail(counter) == [(doubtful, "copy 1 whole, T-014")]


@pytest.mark.parametrize("what", ["spoilt", "gone"])
def test_a_slip_that_was_not_stays_in_doubt_and_its_ticket_waits(
    counter: Counter, terminal: Terminal, doubtful: str, what: str
) -> None:
    assert counter.send(terminal, found(terminal, doubtful, counter.clock.ms, found=what))["parked"] == []
    assert copy_of(counter, doubtful).outcome == "uncertain"
    assert counter.ticket(doubtful).state is State.WAITING
    assert trail(counter) == [(doubtful, f"copy 1 {what}, T-014")]


@pytest.mark.parametrize("outcome", ["printed", "void"])
def test_what_was_not_in_doubt_cannot_be_found(counter: Counter, terminal: Terminal, outcome: str) -> None:
    ticket, now = "T" * 16, counter.clock.ms
    new = terminal.event("ticket.issued", issued(ticket), now)
    ack = counter.send(terminal, new, settled(terminal, ticket, outcome, now), found(terminal, ticket, now))
    assert ack["parked"] == [3]
    assert copy_of(counter, ticket).outcome == outcome


@pytest.mark.parametrize(
    "changed",
    [{"found": "torn"}, {"by": "王小明"}, {"by": ""}, {"copy": 2}, {"copy": 0}, {"id": "X" * 16}, {"more": 1}],
)
def test_what_is_no_finding_is_parked(
    counter: Counter, terminal: Terminal, doubtful: str, changed: dict[str, Any]
) -> None:
    assert counter.send(terminal, found(terminal, doubtful, counter.clock.ms, **changed))["parked"] == [3]
    assert copy_of(counter, doubtful).outcome == "uncertain"


def test_of_a_printed_list_nothing_but_the_chain_knows(counter: Counter, terminal: Terminal) -> None:
    body = {"id": "L" * 16, "copy": 1, "found": "gone", "by": "T-014"}
    assert counter.send(terminal, terminal.event("extract.found", body, counter.clock.ms))["parked"] == []
