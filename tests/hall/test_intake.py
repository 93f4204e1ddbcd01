"""The acceptance rule: in order, once, whole; forks are found; poison does not dam."""

from __future__ import annotations

from sqlalchemy import func, select

from hall.app import create_app
from hall.models import AppliedEvent, Kiosk, Standing
from hall.tickets import Ticket
from offline_cache.envelope import Event, link
from tests.hall.conftest import Counter, InProcess, issued
from tests.hall.terminal import Terminal, batch


def tickets(counter: Counter) -> int:
    with counter.hall.store.reading() as session:
        return session.scalar(select(func.count()).select_from(Ticket)) or 0


def test_events_in_order_take_effect_and_the_ack_names_the_head(counter: Counter, terminal: Terminal) -> None:
    events = [terminal.event("ticket.issued", issued(f"T{n}", f"A00{n}"), counter.clock.ms) for n in (2, 3, 4)]
    ack = counter.send(terminal, *events)
    assert (ack["watermark"], ack["expected"], ack["parked"]) == (3, 4, [])
    assert ack["head"] == link(events[-1])
    assert ack["counter"] == terminal.counter
    assert (ack["kiosk"], ack["epoch"]) == (terminal.id, terminal.epoch)
    assert tickets(counter) == 3


def test_the_same_events_again_have_no_effect_and_the_same_ack(counter: Counter, terminal: Terminal) -> None:
    events = [terminal.event("ticket.issued", issued(f"T{n}", f"A00{n}"), counter.clock.ms) for n in (2, 3)]
    first = counter.send(terminal, *events)
    for again in (events, events[:1], events[1:]):
        ack = counter.send(terminal, *again)
        assert {**ack, "counter": 0} == {**first, "counter": 0}
    assert tickets(counter) == 2


def test_a_batch_that_overlaps_goes_on_where_the_last_one_ended(counter: Counter, terminal: Terminal) -> None:
    events = [terminal.event("ticket.issued", issued(f"T{n}", f"A00{n}"), counter.clock.ms) for n in (2, 3, 4, 5)]
    counter.send(terminal, *events[:3])
    assert counter.send(terminal, *events[1:])["watermark"] == 4
    assert tickets(counter) == 4


def test_a_gap_is_not_applied_and_the_ack_says_where_to_go_on(counter: Counter, terminal: Terminal) -> None:
    events = [terminal.event("ticket.issued", issued(f"T{n}", f"A00{n}"), counter.clock.ms) for n in (2, 3, 4)]
    ack = counter.send(terminal, events[0], events[2])
    assert (ack["watermark"], ack["expected"]) == (1, 2)
    assert tickets(counter) == 1
    assert counter.send(terminal, *events[1:])["watermark"] == 3


def test_an_event_twice_in_one_batch_takes_effect_once(counter: Counter, terminal: Terminal) -> None:
    event = terminal.event("ticket.issued", issued("T2"), counter.clock.ms)
    assert counter.send(terminal, event, event)["watermark"] == 1
    assert tickets(counter) == 1


def test_the_same_place_with_other_bytes_is_a_fork_and_quarantines(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2"), counter.clock.ms))
    other = Event(terminal.id, 1, 1, bytes(32), counter.clock.ms + 1, "ticket.issued", issued("T3"), None).encode()
    answer = counter.ask(terminal, "POST", "/v1/events", batch([other]))
    assert (answer.status_code, answer.json()) == (403, {"error": "fork"})
    with counter.hall.store.reading() as session:
        assert session.get_one(Kiosk, terminal.id).state is Standing.QUARANTINED
    answer = counter.ask(terminal, "GET", "/v1/bundle")
    assert (answer.status_code, answer.json()) == (403, {"error": "fork"})
    assert tickets(counter) == 1


def test_the_expected_place_after_another_history_is_a_fork(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2"), counter.clock.ms))
    other = Event(terminal.id, 1, 2, b"x" * 32, counter.clock.ms, "ticket.issued", issued("T3"), None).encode()
    assert counter.ask(terminal, "POST", "/v1/events", batch([other])).json() == {"error": "fork"}
    assert tickets(counter) == 1


def test_a_new_epoch_ends_the_quarantine_and_starts_a_chain_of_its_own(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2"), counter.clock.ms))
    fork = Event(terminal.id, 1, 1, bytes(32), counter.clock.ms + 1, "ticket.issued", issued("T3"), None).encode()
    counter.ask(terminal, "POST", "/v1/events", batch([fork]))
    again = counter.enrol(terminal.id)
    assert (again.id, again.number, again.epoch) == (terminal.id, terminal.number, terminal.epoch + 1)
    event = again.event("ticket.issued", issued("T4", f"{again.number}-A301"), counter.clock.ms)
    assert counter.send(again, event)["watermark"] == 1
    assert counter.ask(terminal, "GET", "/v1/bundle").status_code == 401
    assert tickets(counter) == 2


def test_what_came_before_a_fork_in_the_same_batch_is_kept(counter: Counter, terminal: Terminal) -> None:
    event = terminal.event("ticket.issued", issued("T2"), counter.clock.ms)
    fork = Event(terminal.id, 1, 2, b"x" * 32, counter.clock.ms, "ticket.issued", issued("T3"), None).encode()
    assert counter.ask(terminal, "POST", "/v1/events", batch([event, fork])).status_code == 403
    with counter.hall.store.reading() as session:
        kiosk = session.get_one(Kiosk, terminal.id)
        assert (kiosk.watermark, kiosk.head) == (1, link(event))


def test_poison_is_parked_reported_again_and_does_not_dam(counter: Counter, terminal: Terminal) -> None:
    now = counter.clock.ms
    poison = [
        terminal.event("ticket.exploded", {}, now),
        terminal.event("ticket.issued", {"id": "x"}, now),
        terminal.event("ticket.settled", {"id": "B" * 16, "copy": 1, "outcome": "printed", "fault": None}, now),
        terminal.event("ticket.issued", issued("T2", "B001", queue="A"), now),
        terminal.event("ticket.issued", issued("T2", "77-A001"), now),
        terminal.event("ticket.issued", issued("T2", day="2026-02-30"), now),
    ]
    good = terminal.event("ticket.issued", issued("T7", "A009"), now)
    ack = counter.send(terminal, *poison, good)
    assert ack["watermark"] == 7
    assert ack["parked"] == [1, 2, 3, 4, 5, 6]
    assert counter.send(terminal, good)["parked"] == [1, 2, 3, 4, 5, 6]
    assert tickets(counter) == 1
    with counter.hall.store.reading() as session:
        parked = session.get_one(AppliedEvent, (terminal.id, 1, 2))
        assert parked.raw == poison[1]
        assert parked.parked is not None


def test_a_second_ticket_under_one_id_is_parked(counter: Counter, terminal: Terminal) -> None:
    now = counter.clock.ms
    first = terminal.event("ticket.issued", issued("T2", "A001"), now)
    second = terminal.event("ticket.issued", issued("T2", "A002"), now)
    assert counter.send(terminal, first, second)["parked"] == [2]
    assert counter.ticket("T2".ljust(16, "A")).number == "A001"


def test_events_of_another_kiosk_are_refused_whole(counter: Counter, terminal: Terminal) -> None:
    other = counter.enrol()
    own = terminal.event("ticket.issued", issued("T2"), counter.clock.ms)
    theirs = other.event("ticket.issued", issued("T3", "A002"), counter.clock.ms)
    answer = counter.ask(terminal, "POST", "/v1/events", batch([own, theirs]))
    assert (answer.status_code, answer.json()) == (403, {"error": "wrong-kiosk"})
    assert tickets(counter) == 0


def test_a_database_error_leaves_nothing_of_the_batch(counter: Counter, terminal: Terminal) -> None:
    with counter.hall.store.writing() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON copy BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    event = terminal.event("ticket.issued", issued("T2"), counter.clock.ms)
    with InProcess(create_app(counter.hall), raises=False) as client:
        answer = Counter(counter.hall, client, counter.clock).ask(terminal, "POST", "/v1/events", batch([event]))
    assert (answer.status_code, answer.json()) == (500, {"error": "broken"})
    with counter.hall.store.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER full")
        assert session.get_one(Kiosk, terminal.id).watermark == 0
    assert counter.send(terminal, event)["watermark"] == 1
    assert tickets(counter) == 1


def test_a_backlog_drains_in_whole_batches(counter: Counter, terminal: Terminal) -> None:
    now = counter.clock.ms
    for n in range(500):
        ticket = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{n:016d}")
        person = bytes([n // 256, n % 256]) * 16
        terminal.event("ticket.issued", issued(ticket, f"{terminal.number}-A{n + 1:03d}", person=person), now + n)
        terminal.event("ticket.settled", {"id": ticket, "copy": 1, "outcome": "printed", "fault": None}, now + n)
    for start in range(0, len(terminal.sent), 500):
        ack = counter.send(terminal, *terminal.sent[start : start + 500])
        assert (ack["expected"], ack["parked"]) == (start + 501, [])
    assert tickets(counter) == 500
