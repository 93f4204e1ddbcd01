"""What a kiosk says of itself is kept; what it hears is signed, fresh, and names nobody."""

from __future__ import annotations

from hall.models import Kiosk
from tests.hall.conftest import DAY, Counter, issued
from tests.hall.terminal import Terminal

PERSON = bytes(range(32))


def test_the_board_shows_who_waits_and_for_how_long(counter: Counter, terminal: Terminal) -> None:
    at = counter.clock.ms
    counter.send(
        terminal,
        terminal.event("ticket.issued", issued("T2", "A001", person=PERSON), at),
        terminal.event("ticket.issued", issued("T3", "A002"), at + 1),
        terminal.event("ticket.issued", issued("T4", "B001"), at + 2),
    )
    board = counter.beat(terminal)
    assert board["as_of"] == counter.clock.ms
    assert (board["day"], board["watermark"], board["kiosk"], board["epoch"]) == (DAY, 3, terminal.id, 1)
    usual = counter.hall.queues
    assert board["queues"]["A"] == {"waiting": 2, "minutes": 2 * usual["A"]}
    assert board["queues"]["B"]["waiting"] == 1
    assert set(board["queues"]) == set(usual)
    assert board["waiting"] == [{"person": PERSON, "number": "A001", "queue": "A", "matters": ["matter-a"], "at": at}]


def test_yesterdays_tickets_are_not_on_the_board(counter: Counter, terminal: Terminal) -> None:
    counter.send(terminal, terminal.event("ticket.issued", issued("T2", person=PERSON), counter.clock.ms))
    counter.clock.forward(hours=24)
    board = counter.beat(terminal)
    assert (board["queues"]["A"]["waiting"], board["waiting"]) == (0, [])


def test_the_halls_day_begins_at_its_own_midnight(counter: Counter, terminal: Terminal) -> None:
    counter.clock.forward(hours=14, minutes=59)
    assert counter.beat(terminal)["day"] == DAY
    counter.clock.forward(minutes=1)
    assert counter.beat(terminal)["day"] == "2026-03-10"


def test_what_the_kiosk_says_of_itself_is_kept(counter: Counter, terminal: Terminal) -> None:
    counter.beat(terminal, faults=["P102"], paper="near end", outbox=7, oldest=5, at=99)
    with counter.hall.store.reading() as session:
        kiosk = session.get_one(Kiosk, terminal.id)
        assert (kiosk.seen, kiosk.said) == (counter.clock.ms, 99)
        assert (kiosk.faults, kiosk.paper, kiosk.outbox, kiosk.oldest) == (["P102"], "near end", 7, 5)
