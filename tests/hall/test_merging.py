"""One person, one matter, one ticket: the earliest stays, whichever kiosk is heard first."""

from __future__ import annotations

import hashlib
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from hall import bookings
from hall.models import Told
from hall.tickets import Booking, State
from offline_cache.envelope import person_of
from tests.hall.conftest import DAY, MORNING, Counter, issued
from tests.hall.terminal import Terminal

WANG, LI = person_of(b"k" * 32, "990101198001011234"), person_of(b"k" * 32, "990101198001015678")
NOW = int(MORNING.timestamp() * 1000)


def name(letter: str) -> str:
    return letter * 16


def take(terminal: Terminal, letter: str, at: int, matters: str = "a", **changed: Any) -> bytes:
    body = issued(name(letter), f"A{ord(letter):03d}", **({"person": WANG} | changed))
    return terminal.event("ticket.issued", body | {"matters": [f"matter-{m}" for m in matters]}, NOW + at)


def standing(counter: Counter, letters: str) -> dict[str, tuple[str, str, str | None]]:
    tickets = {letter: counter.ticket(name(letter)) for letter in letters}
    return {
        letter: (
            t.state.value,
            "".join(m.removeprefix("matter-") for m in t.matters),
            t.merged_into[0] if t.merged_into else None,
        )
        for letter, t in tickets.items()
    }


@pytest.mark.parametrize("order", ["earlier first", "later first"])
def test_the_earliest_stays_whichever_kiosk_is_heard_first(counter: Counter, order: str) -> None:
    one, two = counter.enrol(), counter.enrol()
    sent = [(one, take(one, "E", 1)), (two, take(two, "L", 2))]
    for terminal, event in sent if order == "earlier first" else reversed(sent):
        counter.send(terminal, event)
    assert standing(counter, "EL") == {"E": ("waiting", "a", None), "L": ("merged", "", "E")}
    told = counter.beat(one)["told"]
    assert [row["person"] for row in told] == [WANG]
    assert "A069" in told[0]["text"]["zh"]
    assert "A069" in told[0]["text"]["en"]


def test_several_matters_end_the_same_in_every_order_of_arrival(counter: Counter) -> None:
    wanted = {"P": (1, "ab"), "Q": (2, "bc"), "R": (3, "ac"), "S": (4, "cd")}
    terminals = {letter: counter.enrol() for letter in wanted}
    for n, order in enumerate(permutations("PQRS")):
        person, mark = bytes([n]) * 32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n]
        for letter in order:
            at, matters = wanted[letter]
            event = take(terminals[letter], letter, at, matters, person=person, id=letter + mark * 15)
            counter.send(terminals[letter], event)
        result = {letter: counter.ticket(letter + mark * 15) for letter in wanted}
        assert [t.state.value for t in result.values()] == ["waiting", "waiting", "merged", "waiting"], order
        assert [t.matters for t in result.values()] == [
            ["matter-a", "matter-b"],
            ["matter-c"],
            [],
            ["matter-d"],
        ], order
        assert result["R"].merged_into == result["P"].id, order


def test_other_people_other_matters_and_people_without_a_card_are_left_alone(
    counter: Counter, terminal: Terminal
) -> None:
    events = [
        take(terminal, "A", 1),
        take(terminal, "B", 2, person=LI),
        take(terminal, "C", 3, "b"),
        take(terminal, "D", 4, person=None, via="none"),
        take(terminal, "E", 5, person=None, via="typed"),
    ]
    counter.send(terminal, *events)
    assert {state for state, _, _ in standing(counter, "ABCDE").values()} == {"waiting"}
    assert counter.beat(terminal)["told"] == []


def test_a_ticket_that_was_called_or_cancelled_takes_nothing_from_a_later_one(
    counter: Counter, terminal: Terminal
) -> None:
    counter.send(terminal, take(terminal, "A", 1))
    with counter.hall.store.writing() as session:
        ticket = session.get_one(type(counter.ticket(name("A"))), name("A"))
        ticket.state = State.CALLED
    counter.send(terminal, take(terminal, "B", 2))
    assert standing(counter, "B")["B"] == ("waiting", "a", None)


def test_the_kept_ticket_has_the_better_turn_of_both(counter: Counter) -> None:
    one, two = counter.enrol(), counter.enrol()
    with counter.hall.store.writing() as session:
        code = bookings.book(session, bookings.Slot(DAY, "08:00", "10:00"), "A", ["matter-a"])
    digest = hashlib.sha256(code.encode()).digest()
    counter.send(one, take(one, "A", 1))
    counter.send(two, take(two, "B", 2, via="booking", booking=digest))
    kept = counter.ticket(name("A"))
    assert kept.turn == NOW - 3_600_000


def cancel(terminal: Terminal, letter: str, at: int, person: bytes = WANG) -> bytes:
    body = {"day": DAY, "number": f"A{ord(letter):03d}", "person": person}
    return terminal.event("ticket.cancelled", body, NOW + at)


def test_the_holder_cancels_at_any_kiosk(counter: Counter) -> None:
    one, two = counter.enrol(), counter.enrol()
    counter.send(one, take(one, "A", 1))
    counter.send(two, cancel(two, "A", 5))
    assert standing(counter, "A")["A"][0] == "cancelled"


def test_nobody_else_cancels(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, take(terminal, "A", 1), cancel(terminal, "A", 5, LI))
    counter.send(terminal, take(terminal, "B", 6, "b", person=None, via="none"), cancel(terminal, "B", 7, bytes(32)))
    assert {state for state, _, _ in standing(counter, "AB").values()} == {"waiting"}


def test_a_cancellation_that_overtakes_its_ticket_still_counts(counter: Counter) -> None:
    one, two = counter.enrol(), counter.enrol()
    counter.send(two, cancel(two, "A", 5))
    counter.send(one, take(one, "A", 1))
    assert standing(counter, "A")["A"][0] == "cancelled"


def test_a_cancellation_before_its_ticket_in_one_batch_does_no_harm(counter: Counter, terminal: Terminal) -> None:
    ack = counter.send(terminal, cancel(terminal, "A", 1), take(terminal, "A", 2))
    assert ack["parked"] == []
    assert standing(counter, "A")["A"][0] == "cancelled"


@pytest.mark.parametrize("order", ["cancelled first", "second ticket first"])
def test_a_ticket_taken_after_a_cancellation_counts_in_either_order(counter: Counter, order: str) -> None:
    one, two = counter.enrol(), counter.enrol()
    first, gone, second = take(one, "A", 1), cancel(one, "A", 2), take(two, "B", 3)
    if order == "cancelled first":
        counter.send(one, first, gone)
        counter.send(two, second)
    else:
        counter.send(two, second)
        counter.send(one, first)
        assert standing(counter, "B")["B"][0] == "merged"
        counter.send(one, gone)
    assert standing(counter, "AB") == {"A": ("cancelled", "a", None), "B": ("waiting", "a", None)}


def test_a_ticket_that_was_merged_before_the_cancellation_stays_merged(counter: Counter) -> None:
    one, two = counter.enrol(), counter.enrol()
    counter.send(one, take(one, "A", 1))
    counter.send(two, take(two, "B", 2))
    counter.send(one, cancel(one, "A", 9))
    assert standing(counter, "AB") == {"A": ("cancelled", "a", None), "B": ("merged", "", "A")}


def settled(terminal: Terminal, letter: str, outcome: str, copy: int = 1, at: int = 9) -> bytes:
    body = {"id": name(letter), "copy": copy, "outcome": outcome, "fault": None}
    return terminal.event("ticket.settled", body, NOW + at)


def test_a_ticket_that_never_came_out_leaves_the_queue_and_gives_its_booking_back(
    counter: Counter, terminal: Terminal
) -> None:
    with counter.hall.store.writing() as session:
        code = bookings.book(session, bookings.Slot(DAY, "09:00", "10:00"), "A", ["matter-a"])
    digest = hashlib.sha256(code.encode()).digest()
    counter.send(terminal, take(terminal, "A", 1, booking=digest), settled(terminal, "A", "void"))
    assert standing(counter, "A")["A"][0] == "cancelled"
    with counter.hall.store.reading() as session:
        assert session.scalars(select(Booking.used_by)).all() == [None]
    copied = terminal.event("ticket.copied", {"id": name("A"), "copy": 2}, NOW + 10)
    counter.send(terminal, copied, settled(terminal, "A", "printed", 2))
    assert standing(counter, "A")["A"][0] == "waiting"


def test_an_uncertain_ticket_waits_and_a_void_reprint_takes_nothing_away(counter: Counter, terminal: Terminal) -> None:
    copied = {"id": name("A"), "copy": 2}
    counter.send(
        terminal,
        take(terminal, "A", 1),
        settled(terminal, "A", "uncertain"),
        terminal.event("ticket.copied", copied, NOW + 10),
        settled(terminal, "A", "void", 2),
    )
    assert standing(counter, "A")["A"][0] == "waiting"


def test_a_booking_keeps_its_time_once(counter: Counter, terminal: Terminal) -> None:
    with counter.hall.store.writing() as session:
        codes = [bookings.book(session, bookings.Slot(DAY, *span), "A", ["matter-a"]) for span in SPANS]
    early, on_time, late = (hashlib.sha256(code.encode()).digest() for code in codes)
    events = [
        take(terminal, letter, 1, person=None, via="booking", booking=digest)
        for letter, digest in (("A", early), ("B", on_time), ("C", late), ("D", on_time))
    ]
    assert counter.send(terminal, *events)["parked"] == []
    turns = {letter: counter.ticket(name(letter)).turn for letter in "ABCD"}
    assert turns == {"A": NOW + 3_600_000, "B": NOW - 600_000, "C": NOW + 1, "D": NOW + 1}


SPANS = (("10:00", "10:30"), ("08:50", "09:20"), ("08:00", "08:30"))


def test_a_kiosk_with_a_wrong_clock_gives_nobody_an_early_turn(counter: Counter, terminal: Terminal) -> None:
    long_ago = take(terminal, "A", -NOW + 5, person=None)
    ahead = take(terminal, "B", 3_600_000, person=None)
    counter.send(terminal, long_ago, ahead)
    assert {counter.ticket(name(letter)).turn for letter in "AB"} == {NOW}


def test_told_ends_with_the_day(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, take(terminal, "A", 1), take(terminal, "B", 2))
    assert len(counter.beat(terminal)["told"]) == 1
    counter.clock.forward(hours=24)
    assert counter.beat(terminal)["told"] == []
    with counter.hall.store.reading() as session:
        assert len(session.scalars(select(Told)).all()) == 1
