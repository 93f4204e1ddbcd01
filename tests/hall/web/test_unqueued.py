"""A number that is on paper and in no queue is not forgotten: every counter sees it until its person came again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hall.models import AppliedEvent
from hall.web.unqueued import unqueued
from tests.hall.conftest import DAY, Counter
from tests.hall.people.registering import Kiosk
from tests.hall.terminal import Terminal

ID_CARD = "contribution-refund"
PERSON = bytes(range(32))


@pytest.fixture
def east(counter: Counter, terminal: Terminal) -> Kiosk:
    return Kiosk(counter, terminal)


def shown(counter: Counter, day: str = DAY, queues: tuple[str, ...] = ("A",)) -> list[tuple[str, str]]:
    with counter.hall.store.reading() as session:
        return [(each.number, each.kiosk) for each in unqueued(session, day, queues, counter.clock.ms)]


def little(east: Kiosk, **more: Any) -> str:
    """A ticket taken before its service began to need an ID card; what stands on its paper."""
    event = east.ticket(matters=[ID_CARD], level="typed", **more)
    assert east.send(event)[-1] == east.terminal.seq
    return f"{east.terminal.number}-A{east.tickets:03d}"


def test_a_number_taken_with_too_little_proof_is_shown_until_its_person_comes_again(
    counter: Counter, east: Kiosk
) -> None:
    number = little(east, person=PERSON)
    assert shown(counter) == [(number, east.terminal.number)]
    assert shown(counter, queues=("B",)) == shown(counter, day="2026-03-10") == []
    counter.clock.forward(minutes=5)
    assert east.send(east.ticket(matters=[ID_CARD], level="id-card", person=PERSON))[-1] == 1
    assert shown(counter) == []


def test_nobody_is_left_out_because_they_laid_no_card_and_what_is_read_no_more_breaks_no_page(
    counter: Counter, east: Kiosk
) -> None:
    numbers = [little(east, via="typed") for _ in range(3)]
    east.refused(east.ticket(via="typed", level="strong"))  # a lie, not a ticket of yesterday's catalogue
    assert [number for number, _ in shown(counter)] == numbers[::-1]
    with counter.hall.store.writing() as session:
        for row in session.scalars(select(AppliedEvent).where(AppliedEvent.seq < 3)):
            row.raw = b"" if row.seq == 1 else row.raw.replace(ID_CARD.encode(), b"X" * len(ID_CARD))
    assert [number for number, _ in shown(counter)] == numbers[2:]
    counter.clock.forward(days=2)
    assert shown(counter) == []
