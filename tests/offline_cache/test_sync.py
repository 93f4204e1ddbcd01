"""The way to the hall, and everything that can stand in it."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from math import inf

import pytest

from offline_cache.faults import Fault
from offline_cache.store import StoreInUse
from offline_cache.sync import Sender
from offline_cache.tickets import Outcome
from offline_cache.view import Pace, Report
from tests.offline_cache import misbehaving
from tests.offline_cache.conftest import QUICK, SELDOM, Kiosk, draft, issued, record
from tests.offline_cache.far_hall import FarHall, Misbehaviour
from tests.offline_cache.line import send


def test_what_was_recorded_offline_arrives_in_order_and_once(kiosk: Kiosk, far: FarHall) -> None:
    numbers = record(kiosk, 30)
    far.batch = 7
    kiosk.go_online()
    view = kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers
    assert (view.fault, view.quarantined, view.parked) == (None, False, ())


def test_a_new_ticket_is_sent_at_once_and_not_with_the_next_heartbeat(kiosk: Kiosk, far: FarHall) -> None:
    sender = kiosk.go_online(SELDOM)
    kiosk.until(lambda view: view.online)
    (number,) = record(kiosk, 1)
    sender.wake()
    far.until(lambda: issued(far) == [number])
    assert far.asked("/v1/heartbeat") == 1


@pytest.mark.parametrize(
    "fault",
    [misbehaving.reply_lost, misbehaving.request_cut, misbehaving.portal, misbehaving.redirect, misbehaving.flood],
)
def test_each_event_takes_effect_once_however_often_it_is_sent(kiosk: Kiosk, far: FarHall, fault: Misbehaviour) -> None:
    numbers = record(kiosk, 12)
    far.batch = 5
    far.misbehave("/v1/events", fault, fault)
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers
    assert far.asked("/v1/events") >= 3


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        (misbehaving.portal, Fault.PORTAL),
        (misbehaving.redirect, Fault.PORTAL),
        (misbehaving.bottomless, Fault.PORTAL),
        (misbehaving.flood, Fault.WRONG_HALL),
        (misbehaving.huge, Fault.WRONG_HALL),
        (misbehaving.trickle, Fault.HALL_UNREACHABLE),
        (misbehaving.slow_headers, Fault.HALL_UNREACHABLE),
        (misbehaving.silence, Fault.HALL_UNREACHABLE),
        (misbehaving.request_cut, Fault.HALL_UNREACHABLE),
        (misbehaving.busy(429, "0"), Fault.HALL_BUSY),
        (misbehaving.busy(503, "0"), Fault.HALL_BUSY),
    ],
)
def test_each_way_of_failing_has_its_name_and_passes(
    kiosk: Kiosk, far: FarHall, how: Misbehaviour, fault: Fault
) -> None:
    numbers = record(kiosk, 1)
    far.misbehave("/v1/heartbeat", how)
    kiosk.go_online(deadline=0.4)
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert fault in [view.fault for view in kiosk.views]
    assert issued(far) == numbers


def test_a_flood_is_not_read_to_its_end(kiosk: Kiosk, far: FarHall) -> None:
    far.misbehave("/v1/heartbeat", misbehaving.flood)
    kiosk.go_online()
    kiosk.until(lambda view: view.online)
    assert 0 < far.flooded < 20_000_000


def test_a_hall_that_is_not_there_is_named_and_found_again(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.go_online()
    kiosk.until(lambda view: view.online)
    far.line.go_away()
    view = kiosk.until(lambda view: not view.online)
    assert view.fault is Fault.HALL_UNREACHABLE
    assert view.board is not None  # old, and its as_of says so
    numbers = record(kiosk, 3)
    far.line.come_back()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers


def test_busy_means_later_even_when_something_new_is_recorded(kiosk: Kiosk, far: FarHall) -> None:
    far.misbehave("/v1/heartbeat", misbehaving.busy(503, "600"))
    sender = kiosk.go_online()
    kiosk.until(lambda view: view.fault is Fault.HALL_BUSY)
    record(kiosk, 1)
    sender.wake()
    assert sender._sleep() > 500
    assert not sender._due()
    assert (far.asked("/v1/heartbeat"), far.asked("/v1/events")) == (1, 0)


def test_back_off_grows_to_its_bound_and_is_spread(kiosk: Kiosk, far: FarHall) -> None:
    sender = Sender(kiosk.cache, lambda: Report("0.1"), lambda view: None, Pace())
    waits = []
    for _ in range(400):
        sender._back_off(Fault.HALL_UNREACHABLE)
        waits.append(sender._sleep())
    sender.stop()
    assert waits[0] <= 1.0
    assert max(waits[:5]) <= 16.0
    assert max(waits) <= 300.0
    assert min(waits[20:]) < 60 < 240 < max(waits[20:])


def test_a_batch_the_hall_finds_too_long_is_halved(kiosk: Kiosk, far: FarHall) -> None:
    numbers = record(kiosk, 8)

    def too_long(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        send(request, 413, "application/json", b'{"error": "too-long"}')
        return True

    far.misbehave("/v1/events", *[too_long] * 7)
    far.batch = 3
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers
    sizes = [size for path, size in far.requests if path == "/v1/events"]
    assert min(sizes) < max(sizes) / 2


def test_a_parked_event_dams_nothing_and_is_told(kiosk: Kiosk, far: FarHall) -> None:
    far.book.poison = {"ticket.settled"}
    recorded = kiosk.cache.ledger.record(draft())
    kiosk.cache.ledger.settle(recorded, Outcome.PRINTED)
    record(kiosk, 1)
    kiosk.go_online()
    view = kiosk.until(lambda view: view.online and view.pending == 0)
    assert view.parked == (2,)
    assert len(issued(far)) == 2


def test_one_sender_for_a_store(kiosk: Kiosk) -> None:
    kiosk.go_online()
    with pytest.raises(StoreInUse):
        Sender(kiosk.cache, lambda: Report("0.1"), lambda view: None, QUICK)


@pytest.mark.parametrize("how", [misbehaving.silence, misbehaving.trickle])
def test_stop_ends_a_request_in_the_middle(kiosk: Kiosk, far: FarHall, how: Misbehaviour) -> None:
    reached = threading.Event()

    def reach(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        reached.set()
        return how(hall, request, body)

    far.misbehave("/v1/heartbeat", reach)
    sender = kiosk.go_online(deadline=60)
    assert reached.wait(10)
    started = time.monotonic()
    kiosk.go_offline()
    assert time.monotonic() - started < 3
    assert not sender.alive


def test_stop_ends_a_handshake_that_never_ends(kiosk: Kiosk, far: FarHall) -> None:
    far.line.go_away()
    with socket.create_server(("127.0.0.1", far.line.port)) as server:
        sender = kiosk.go_online(deadline=60)
        connection, _ = server.accept()
        with connection:
            assert connection.recv(1) == b"\x16"  # the hello of TLS; no answer comes
            started = time.monotonic()
            kiosk.go_offline()
    assert time.monotonic() - started < 3
    assert not sender.alive
    far.line.come_back()


def test_a_sender_that_waits_as_it_said_is_not_silent_and_one_that_hangs_is(kiosk: Kiosk, far: FarHall) -> None:
    sender = kiosk.go_online(SELDOM, deadline=60)
    kiosk.until(lambda view: view.online)
    assert sender.silent() == 0
    far.misbehave("/v1/events", misbehaving.silence)
    record(kiosk, 1)
    sender.wake()
    far.until(lambda: sender.silent() > 0.2)
    kiosk.go_offline()
    assert sender.silent() == inf


def test_tickets_are_taken_while_the_sender_works(kiosk: Kiosk, far: FarHall) -> None:
    far.batch, far.lease_size = 9, 15
    sender = kiosk.go_online()
    kiosk.until(lambda view: view.online)

    def visits() -> None:
        for _ in range(12):
            kiosk.cache.ledger.settle(kiosk.cache.ledger.record(draft()), Outcome.PRINTED)
            sender.wake()

    terminals = [threading.Thread(target=visits) for _ in range(4)]
    for one in terminals:
        one.start()
    for one in terminals:
        one.join(30)
    far.until(lambda: len(issued(far)) == 48)
    kiosk.until(lambda view: view.pending == 0)
    assert len(set(issued(far))) == 48
    assert kiosk.cache.ledger.counts().printed == 48
