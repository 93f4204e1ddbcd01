"""The way to the hall, and everything that can stand in it."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from offline_cache import leases
from offline_cache.bundle import Kind
from offline_cache.envelope import sign
from offline_cache.faults import Fault
from offline_cache.store import StoreInUse
from offline_cache.sync import Sender
from offline_cache.tickets import Outcome
from offline_cache.view import Pace, Report
from tests.offline_cache import far_hall
from tests.offline_cache.conftest import QUICK, Kiosk, draft
from tests.offline_cache.far_hall import DAY, NOON, Authority, FarHall

SELDOM = Pace(heartbeat=600, jitter=0, first=0.01, longest=0.05, tidy=600)


def record(kiosk: Kiosk, count: int) -> list[str]:
    return [kiosk.cache.ledger.record(draft()).number for _ in range(count)]


def issued(far: FarHall) -> list[str]:
    return [event.body["number"] for event in far.events() if event.kind == "ticket.issued"]


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
    "fault", [far_hall.reply_lost, far_hall.request_cut, far_hall.portal, far_hall.redirect, far_hall.flood]
)
def test_each_event_takes_effect_once_however_often_it_is_sent(
    kiosk: Kiosk, far: FarHall, fault: far_hall.Misbehaviour
) -> None:
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
        (far_hall.portal, Fault.PORTAL),
        (far_hall.redirect, Fault.PORTAL),
        (far_hall.bottomless, Fault.PORTAL),
        (far_hall.flood, Fault.WRONG_HALL),
        (far_hall.huge, Fault.WRONG_HALL),
        (far_hall.trickle, Fault.HALL_UNREACHABLE),
        (far_hall.slow_headers, Fault.HALL_UNREACHABLE),
        (far_hall.silence, Fault.HALL_UNREACHABLE),
        (far_hall.request_cut, Fault.HALL_UNREACHABLE),
        (far_hall.busy(429, "0"), Fault.HALL_BUSY),
        (far_hall.busy(503, "0"), Fault.HALL_BUSY),
    ],
)
def test_each_way_of_failing_has_its_name_and_passes(
    kiosk: Kiosk, far: FarHall, how: far_hall.Misbehaviour, fault: Fault
) -> None:
    numbers = record(kiosk, 1)
    far.misbehave("/v1/heartbeat", how)
    kiosk.go_online(deadline=0.4)
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert fault in [view.fault for view in kiosk.views]
    assert issued(far) == numbers


def test_a_flood_is_not_read_to_its_end(kiosk: Kiosk, far: FarHall) -> None:
    far.misbehave("/v1/heartbeat", far_hall.flood)
    kiosk.go_online()
    kiosk.until(lambda view: view.online)
    assert 0 < far.flooded < 20_000_000


def test_a_hall_that_is_not_there_is_named_and_found_again(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.go_online()
    kiosk.until(lambda view: view.online)
    far.go_away()
    view = kiosk.until(lambda view: not view.online)
    assert view.fault is Fault.HALL_UNREACHABLE
    assert view.board is not None  # old, and its as_of says so
    numbers = record(kiosk, 3)
    far.come_back()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers


def test_busy_means_later_even_when_something_new_is_recorded(kiosk: Kiosk, far: FarHall) -> None:
    far.misbehave("/v1/heartbeat", far_hall.busy(503, "600"))
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


def test_another_halls_certificate_is_refused(kiosk: Kiosk, far: FarHall, tmp_path: Path) -> None:
    record(kiosk, 1)
    far.wears(Authority(tmp_path, "other"))
    kiosk.go_online()
    view = kiosk.until(lambda view: view.fault is not None)
    assert (view.fault, view.online, view.pending) == (Fault.WRONG_HALL, False, 1)
    assert "/v1/heartbeat" not in [path for path, _ in far.requests]
    far.wears(far.authority)
    kiosk.until(lambda view: view.online and view.pending == 0)


def test_a_forged_ack_erases_nothing(kiosk: Kiosk, far: FarHall) -> None:
    record(kiosk, 3)
    before = kiosk.cache.store.rows("SELECT * FROM outbox")
    far.misbehave("/v1/events", *[far_hall.forged] * 3)
    far.misbehave("/v1/events", far_hall.busy(503, "600"))
    kiosk.go_online()
    kiosk.until(lambda view: view.fault is Fault.HALL_BUSY)
    assert Fault.WRONG_HALL in [view.fault for view in kiosk.views]
    assert kiosk.cache.store.rows("SELECT * FROM outbox") == before
    assert kiosk.cache.outbox.chain.acked == 0
    assert far.events() == []


def test_an_old_answer_played_again_is_not_obeyed(kiosk: Kiosk, far: FarHall) -> None:
    old = {"kiosk": "K-0203", "epoch": 1, "counter": 9_999} | far.board() | {"as_of": 1}
    far.misbehave("/v1/heartbeat", far_hall.replayed(sign("board", old, far.reply_key)))
    kiosk.go_online()
    kiosk.until(lambda view: view.online)
    assert Fault.WRONG_HALL in [view.fault for view in kiosk.views]
    assert kiosk.cache.clock.now() >= NOON


@pytest.mark.parametrize(
    "lie",
    [
        {"watermark": -1},
        {"watermark": "2"},
        {"head": b"short"},
        {"batch": 0},
        {"parked": [2.5]},
        {"counter": 0},
        {"kiosk": "K-0204"},
        {"epoch": 2},
    ],
)
def test_an_authentic_answer_that_makes_no_sense_changes_nothing(
    kiosk: Kiosk, far: FarHall, lie: dict[str, object]
) -> None:
    record(kiosk, 2)
    far.misbehave("/v1/events", far_hall.says(**lie), far_hall.busy(503, "600"))
    kiosk.go_online()
    kiosk.until(lambda view: view.fault is Fault.HALL_BUSY)
    assert Fault.WRONG_HALL in [view.fault for view in kiosk.views]
    assert kiosk.cache.outbox.chain.acked == 0


def test_a_hall_restored_from_an_older_backup_gets_everything_again(kiosk: Kiosk, far: FarHall) -> None:
    numbers = record(kiosk, 4)
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    far.back_up()
    far.covers()
    numbers += record(kiosk, 3)
    sender = kiosk.sender
    assert sender is not None
    sender.wake()
    kiosk.until(lambda view: view.pending == 0 and view.backup == 4)
    far.restore()
    assert issued(far) == numbers[:4]
    far.until(lambda: issued(far) == numbers)
    kiosk.until(lambda view: view.online and view.pending == 0)
    numbers += record(kiosk, 1)
    sender.wake()
    far.until(lambda: issued(far) == numbers)


def test_a_copied_disk_is_found_out_and_loses_nothing(kiosk: Kiosk, far: FarHall, tmp_path: Path) -> None:
    kiosk.cache.store.checkpoint()
    twin = tmp_path / "twin"
    twin.mkdir()
    for path in kiosk.folder.iterdir():
        (twin / path.name).write_bytes(path.read_bytes())
        (twin / path.name).chmod(0o600)
    other = Kiosk(twin)
    record(kiosk, 1)
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    kiosk.go_offline()
    record(other, 2)
    other.cache.client()._counter.take()
    with other.cache.store.transaction() as database:
        database.execute("UPDATE facts SET value = 50000 WHERE name = 'request counter'")
    before = other.cache.store.rows("SELECT * FROM outbox")
    other.go_online()
    view = other.until(lambda view: view.quarantined)
    assert view.fault is Fault.KIOSK_REFUSED
    assert other.cache.store.rows("SELECT * FROM outbox") == before
    other.close()


def test_a_quarantined_kiosk_sends_nothing_keeps_everything_and_comes_back(kiosk: Kiosk, far: FarHall) -> None:
    far.refuse = (403, "quarantined")
    numbers = record(kiosk, 2)
    kiosk.go_online()
    view = kiosk.until(lambda view: view.quarantined)
    assert (view.fault, view.pending) == (Fault.KIOSK_REFUSED, 2)
    far.until(lambda: far.asked("/v1/heartbeat") >= 3)
    assert far.asked("/v1/events") == 0
    far.refuse = None
    kiosk.until(lambda view: view.online and not view.quarantined and view.pending == 0)
    assert issued(far) == numbers


def test_a_hall_that_knows_more_than_the_store_is_a_fork_that_does_not_pass(kiosk: Kiosk, far: FarHall) -> None:
    record(kiosk, 1)
    far.misbehave("/v1/events", far_hall.says(head=b"?" * 32))
    kiosk.go_online()
    kiosk.until(lambda view: view.quarantined)
    beats = far.asked("/v1/heartbeat")
    far.until(lambda: far.asked("/v1/heartbeat") >= beats + 2)
    view = kiosk.until(lambda view: view.online)
    assert (view.quarantined, view.fault, view.pending) == (True, Fault.KIOSK_REFUSED, 1)
    assert far.asked("/v1/events") == 1


def test_a_batch_the_hall_finds_too_long_is_halved(kiosk: Kiosk, far: FarHall) -> None:
    numbers = record(kiosk, 8)

    def too_long(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        far_hall.send(request, 413, "application/json", b'{"error": "too-long"}')
        return True

    far.misbehave("/v1/events", *[too_long] * 7)
    far.batch = 3
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert issued(far) == numbers
    sizes = [size for path, size in far.requests if path == "/v1/events"]
    assert min(sizes) < max(sizes) / 2


def test_a_parked_event_dams_nothing_and_is_told(kiosk: Kiosk, far: FarHall) -> None:
    far.poison = {"ticket.settled"}
    recorded = kiosk.cache.ledger.record(draft())
    kiosk.cache.ledger.settle(recorded, Outcome.PRINTED)
    record(kiosk, 1)
    kiosk.go_online()
    view = kiosk.until(lambda view: view.online and view.pending == 0)
    assert view.parked == (2,)
    assert len(issued(far)) == 2


def test_leases_are_topped_up_and_numbers_come_from_them(kiosk: Kiosk, far: FarHall) -> None:
    far.lease_size = 12
    sender = kiosk.go_online()
    kiosk.until(lambda view: view.bundle == 1)  # which is asked for after the numbers
    sender_numbers = record(kiosk, 3)
    sender.wake()
    far.until(lambda: far.asked("/v1/leases") == 2)
    assert sender_numbers == ["A001", "A002", "A003"]
    far.until(lambda: bool(far.reports) and far.reports[-1]["leases"] == [[DAY, "A", 4, 12], [DAY, "A", 13, 24]])
    assert leases.left(kiosk.cache.store, DAY, "A") == 21


@pytest.mark.parametrize(("status", "word"), [(400, b"malformed"), (503, b"exhausted")])
def test_a_hall_that_gives_no_numbers_stops_nothing_else(kiosk: Kiosk, far: FarHall, status: int, word: bytes) -> None:
    def no(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        far_hall.send(request, status, "application/json", b'{"error": "%s"}' % word, Retry_After="3600")
        return True

    far.misbehave("/v1/leases", no)
    kiosk.go_online(SELDOM)
    view = kiosk.until(lambda view: view.bundle == 1 and view.online)
    assert view.declined == ("lease",)
    assert record(kiosk, 1) == ["03-A001"]


def test_bundle_and_day_sheet_come_when_the_board_names_newer_ones(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.go_online()
    kiosk.until(lambda view: view.bundle == 1 and view.sheet == (DAY, 1))
    assert kiosk.cache.documents.day_key(DAY) == b"k" * 32
    far.bundle = {"version": 5, "hall": {"name": "new"}}
    kiosk.until(lambda view: view.bundle == 5)
    assert far.asked("/v1/bundle") == 2
    bundle = kiosk.cache.documents.current(Kind.BUNDLE)
    assert bundle is not None
    assert bundle.payload["hall"] == {"name": "new"}


def test_a_bundle_the_kiosk_cannot_use_is_asked_for_once_and_stops_no_ticket(kiosk: Kiosk, far: FarHall) -> None:
    def check(payload: dict[str, object]) -> None:
        raise ValueError("no services")

    kiosk.cache.documents._checks = {Kind.BUNDLE: check}
    kiosk.go_online()
    view = kiosk.until(lambda view: "bundle" in view.declined and view.online)
    assert (view.bundle, view.sheet) == (-1, (DAY, 1)) or view.sheet == ("", -1)
    record(kiosk, 1)
    beats = far.asked("/v1/heartbeat")
    far.until(lambda: far.asked("/v1/heartbeat") >= beats + 2)
    kiosk.until(lambda view: view.pending == 0)
    assert far.asked("/v1/bundle") == 1


def test_the_heartbeat_reports_and_the_board_is_heard(kiosk: Kiosk, far: FarHall) -> None:
    person = b"w" * 32
    far.now = NOON + 3_000
    far.waiting = [{"person": person, "number": "A900", "queue": "A", "matters": ["medical"], "at": NOON}]
    far.told = [{"person": person, "text": {"zh": "合并", "en": "merged"}}]
    record(kiosk, 1)
    kiosk.go_online()
    view = kiosk.until(lambda view: view.board is not None and view.pending == 0)
    report = far.reports[0]
    assert set(report) == {"version", "sqlite", "faults", "paper", "outbox", "oldest", "leases", "acked", "at"}
    assert (report["outbox"], report["oldest"], report["acked"]) == (1, NOON, 0)
    assert view.board is not None
    assert view.board.queues["A"].waiting == 3
    assert view.board.told[0].zh == "合并"
    assert [w.number for w in kiosk.cache.ledger.waiting_for(person)] == ["A900"]
    assert abs(kiosk.cache.clock.now() - far.now) < 1_000
    assert "合并" not in repr(view)
    assert repr(person) not in repr(view)


def test_a_clock_that_somebody_set_is_told_to_the_hall(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.ticks.set_wall(NOON + 24 * 3_600_000)
    kiosk.go_online()
    kiosk.until(lambda view: view.board is not None)
    assert far.reports[0]["faults"] == ["L103"]


def test_counters_grow_over_restarts(kiosk: Kiosk, far: FarHall) -> None:
    for _ in range(3):
        kiosk.go_online()
        kiosk.until(lambda view: view.online)
        kiosk.restart()
    with far._lock:
        ((counter,),) = far.database.execute("SELECT counter FROM kiosks").fetchall()
    assert counter > 2_000  # a block for each start


def test_one_sender_for_a_store(kiosk: Kiosk) -> None:
    kiosk.go_online()
    with pytest.raises(StoreInUse):
        Sender(kiosk.cache, lambda: Report("0.1"), lambda view: None, QUICK)


@pytest.mark.parametrize("how", [far_hall.silence, far_hall.trickle])
def test_stop_ends_a_request_in_the_middle(kiosk: Kiosk, far: FarHall, how: far_hall.Misbehaviour) -> None:
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
    far.go_away()
    with socket.create_server(("127.0.0.1", far.port)) as server:
        sender = kiosk.go_online(deadline=60)
        connection, _ = server.accept()
        with connection:
            assert connection.recv(1) == b"\x16"  # the hello of TLS; no answer comes
            started = time.monotonic()
            kiosk.go_offline()
    assert time.monotonic() - started < 3
    assert not sender.alive
    far.come_back()


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


def test_what_is_published_never_changes_afterwards(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.go_online()
    view = kiosk.until(lambda view: view.board is not None)
    with pytest.raises(AttributeError):
        view.online = False  # type: ignore[misc]  # frozen: the promise
    assert view.board is not None
    with pytest.raises(TypeError):
        view.board.queues["B"] = view.board.queues["A"]  # type: ignore[index]  # likewise
