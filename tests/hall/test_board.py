"""What a kiosk says of itself is kept; what it hears is signed, fresh, and names nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall.models import Kiosk
from tests.hall.conftest import DAY, Counter, heartbeat, issued
from tests.hall.terminal import Terminal, cbor

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


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "\x1b[2J"},
        {"version": "x" * 65},
        {"faults": ["x"] * 65},
        {"faults": "x"},
        {"leases": [["2026-03-09", "A", 1]]},
        {"leases": [["2026-03-09", "A", 1, -1]]},
        {"outbox": 1.5},
        {"outbox": -1},
        {"oldest": "now"},
        {"at": 2**60},
        {"surprise": 1},
    ],
)
def test_a_strange_heartbeat_is_refused(counter: Counter, terminal: Terminal, changed: dict[str, Any]) -> None:
    answer = counter.ask(terminal, "POST", "/v1/heartbeat", heartbeat(1) | changed)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(["/v1/heartbeat", "/v1/events", "/v1/leases"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS, st.binary(max_size=200) | st.builds(cbor, VALUES))
def test_whatever_is_signed_and_sent_is_answered_or_refused_never_broken(
    counter: Counter, terminal: Terminal, path: str, body: bytes
) -> None:
    answer = counter.ask(terminal, "POST", path, body)
    assert answer.status_code in (200, 400), answer.text


def test_deep_and_duplicate_cbor_is_refused(counter: Counter, terminal: Terminal) -> None:
    for body in (
        b"\x81" * 5000,
        b"\xa2\x61a\x01\x61a\x02",
        b"\x9f\xff",
        b"\xbf\xff",
        b"\xf9\x7e\x00",
        b"\x5b" + b"\xff" * 8,
    ):
        for path in ("/v1/heartbeat", "/v1/events", "/v1/leases"):
            assert counter.ask(terminal, "POST", path, body).status_code == 400


def test_501_events_are_too_many(counter: Counter, terminal: Terminal) -> None:
    answer = counter.ask(terminal, "POST", "/v1/events", cbor([b""] * 501))
    assert (answer.status_code, answer.json()) == (413, {"error": "too-long"})
