"""Answers that a kiosk does not obey, and kiosks that a hall does not trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline_cache.envelope import sign
from offline_cache.faults import Fault
from tests.offline_cache import misbehaving
from tests.offline_cache.authority import Authority
from tests.offline_cache.conftest import Kiosk, issued, record
from tests.offline_cache.far_hall import NOON, FarHall


def test_another_halls_certificate_is_refused(kiosk: Kiosk, far: FarHall, tmp_path: Path) -> None:
    record(kiosk, 1)
    far.line.wears(Authority(tmp_path, "other"))
    kiosk.go_online()
    view = kiosk.until(lambda view: view.fault is not None)
    assert (view.fault, view.online, view.pending) == (Fault.WRONG_HALL, False, 1)
    assert "/v1/heartbeat" not in [path for path, _ in far.requests]
    far.line.wears(far.authority)
    kiosk.until(lambda view: view.online and view.pending == 0)


def test_a_forged_ack_erases_nothing(kiosk: Kiosk, far: FarHall) -> None:
    record(kiosk, 3)
    before = kiosk.cache.store.rows("SELECT * FROM outbox")
    far.misbehave("/v1/events", *[misbehaving.forged] * 3)
    far.misbehave("/v1/events", misbehaving.busy(503, "600"))
    kiosk.go_online()
    kiosk.until(lambda view: view.fault is Fault.HALL_BUSY)
    assert Fault.WRONG_HALL in [view.fault for view in kiosk.views]
    assert kiosk.cache.store.rows("SELECT * FROM outbox") == before
    assert kiosk.cache.outbox.chain.acked == 0
    assert far.book.events() == []


def test_an_old_answer_played_again_is_not_obeyed(kiosk: Kiosk, far: FarHall) -> None:
    old = {"kiosk": "K-0203", "epoch": 1, "counter": 9_999} | far.board() | {"as_of": 1}
    far.misbehave("/v1/heartbeat", misbehaving.replayed(sign("board", old, far.reply_key)))
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
    far.misbehave("/v1/events", misbehaving.says(**lie), misbehaving.busy(503, "600"))
    kiosk.go_online()
    kiosk.until(lambda view: view.fault is Fault.HALL_BUSY)
    assert Fault.WRONG_HALL in [view.fault for view in kiosk.views]
    assert kiosk.cache.outbox.chain.acked == 0


def test_a_hall_restored_from_an_older_backup_gets_everything_again(kiosk: Kiosk, far: FarHall) -> None:
    numbers = record(kiosk, 4)
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    far.book.back_up()
    far.book.covers()
    numbers += record(kiosk, 3)
    sender = kiosk.sender
    assert sender is not None
    sender.wake()
    kiosk.until(lambda view: view.pending == 0 and view.backup == 4)
    far.book.restore()
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
    far.misbehave("/v1/events", misbehaving.says(head=b"?" * 32))
    kiosk.go_online()
    kiosk.until(lambda view: view.quarantined)
    beats = far.asked("/v1/heartbeat")
    far.until(lambda: far.asked("/v1/heartbeat") >= beats + 2)
    view = kiosk.until(lambda view: view.online)
    assert (view.quarantined, view.fault, view.pending) == (True, Fault.KIOSK_REFUSED, 1)
    assert far.asked("/v1/events") == 1


def test_counters_grow_over_restarts(kiosk: Kiosk, far: FarHall) -> None:
    for _ in range(3):
        kiosk.go_online()
        kiosk.until(lambda view: view.online)
        kiosk.restart()
    with far.book.lock:
        ((counter,),) = far.book.database.execute("SELECT counter FROM kiosks").fetchall()
    assert counter > 2_000  # a block for each start
