"""What the hall says reaches the kiosk: numbers, documents, the board."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from offline_cache import leases
from offline_cache.bundle import Kind
from tests.offline_cache.conftest import SELDOM, Kiosk, record
from tests.offline_cache.far_hall import DAY, NOON, FarHall
from tests.offline_cache.line import send


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
        send(request, status, "application/json", b'{"error": "%s"}' % word, Retry_After="3600")
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


def test_what_is_published_never_changes_afterwards(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.go_online()
    view = kiosk.until(lambda view: view.board is not None)
    with pytest.raises(AttributeError):
        view.online = False  # type: ignore[misc]  # frozen: the promise
    assert view.board is not None
    with pytest.raises(TypeError):
        view.board.queues["B"] = view.board.queues["A"]  # type: ignore[index]  # likewise
