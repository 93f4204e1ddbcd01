"""The hall and the kiosk's own cache, each as it is, over one cable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from offline_cache.cache import Cache
from offline_cache.clock import SystemTicks
from offline_cache.envelope import unseal
from offline_cache.sync import Sender
from offline_cache.tickets import Draft, Outcome, Via
from offline_cache.view import HallView, Pace, Report
from tests.stand.hall import RunningHall

QUICK = Pace(heartbeat=0.2, jitter=0.02, first=0.05, longest=0.2, tidy=5.0)


class Kiosk:
    """A kiosk without its screens: cache, ledger, sender."""

    def __init__(self, folder: Path, hall: RunningHall) -> None:
        self.cache = Cache(folder, SystemTicks())
        self.cache.enrol(hall.code(), hall.url)
        self._changed = threading.Condition()
        self._view: HallView | None = None
        self.sender = Sender(self.cache, lambda: Report("0.1"), self._see, QUICK, 10.0)
        self.sender.start()

    def until(self, condition: Callable[[HallView], bool]) -> HallView:
        with self._changed:
            assert self._changed.wait_for(lambda: self._view is not None and condition(self._view), 20), self._view
            assert self._view is not None
            return self._view

    def _see(self, view: HallView) -> None:
        with self._changed:
            self._view = view
            self._changed.notify_all()

    def take(self, name: str) -> str:
        draft = Draft(
            "A",
            ("pension-query",),
            Via.CARD,
            "zh-Hans",
            person=bytes(32),
            masked="王*",
            personal={"name": name, "number": "990101199001011234", "document": "social-card"},
        )
        recorded = self.cache.ledger.record(draft)
        self.cache.ledger.settle(recorded, Outcome.PRINTED)
        self.sender.wake()
        return recorded.id

    def close(self) -> None:
        self.sender.stop()
        self.cache.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with RunningHall(tmp_path / "hall") as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, hall: RunningHall) -> Iterator[Kiosk]:
    one = Kiosk(tmp_path / "kiosk", hall)
    yield one
    one.close()


def drained(view: HallView) -> bool:
    return view.online and view.pending == 0


def test_a_ticket_reaches_the_hall_leased_sealed_and_settled(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.until(lambda view: drained(view) and view.bundle > 0)
    hall_numbers = hall.rows("SELECT count(*) FROM lease")
    ticket = kiosk.take("王小明")
    kiosk.until(lambda view: drained(view) and hall.rows("SELECT outcome FROM copy") == [("printed",)])
    ((number, state, masked, sealed),) = hall.rows("SELECT number, state, masked, sealed FROM ticket")
    assert (number[0], len(number), state, masked) == ("A", 4, "waiting", "王*")
    assert unseal(sealed, ticket, hall.keys.seal)["name"] == "王小明"
    assert hall.rows("SELECT parked FROM applied_event WHERE parked IS NOT NULL") == []
    assert hall_numbers != [(0,)]


def test_a_hall_restored_from_an_older_copy_is_sent_what_it_lost(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.until(drained)
    copy = hall.backup()
    kept = [kiosk.take("王小明") for _ in range(3)]
    kiosk.until(lambda view: drained(view) and hall.rows("SELECT count(*) FROM copy WHERE outcome NOT NULL") == [(3,)])
    hall.restore(copy)
    last = kiosk.take("李四")
    kiosk.until(lambda view: drained(view) and hall.rows("SELECT count(*) FROM ticket") == [(4,)])
    assert {row[0] for row in hall.rows("SELECT id FROM ticket")} == {*kept, last}
    numbers = [row[0] for row in hall.rows("SELECT number FROM ticket")]
    assert len(set(numbers)) == 4
