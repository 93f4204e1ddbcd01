"""No number twice, whatever happens."""

from __future__ import annotations

from offline_cache import leases
from offline_cache.leases import Lease
from offline_cache.tickets import Outcome
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import DAY, FarHall


def numbers(kiosk: Kiosk, count: int, queue: str = "A") -> list[str]:
    return [kiosk.cache.ledger.record(draft(queue)).number for _ in range(count)]


def test_leases_are_used_up_in_order_and_then_the_kiosk_counts_by_itself(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease(DAY, "A", 21, 22))
    assert numbers(kiosk, 4) == ["A021", "A022", "03-A001", "03-A002"]
    leases.add(kiosk.cache.store, Lease(DAY, "A", 41, 41))
    assert numbers(kiosk, 2) == ["A041", "03-A003"]


def test_queues_do_not_share_numbers(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease(DAY, "A", 1, 9))
    assert numbers(kiosk, 1, "B") + numbers(kiosk, 1, "A") == ["03-B001", "A001"]


def test_another_days_lease_is_never_used(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease("2026-11-20", "A", 1, 9))
    leases.add(kiosk.cache.store, Lease("2026-11-22", "A", 50, 59))
    assert numbers(kiosk, 1) == ["03-A001"]
    kiosk.ticks.advance(86_400)
    assert numbers(kiosk, 1) == ["A050"]


def test_a_new_day_counts_from_one(kiosk: Kiosk) -> None:
    assert numbers(kiosk, 2) == ["03-A001", "03-A002"]
    kiosk.ticks.advance(86_400)
    kiosk.cache.tidy()
    assert numbers(kiosk, 1) == ["03-A001"]


def test_a_void_number_is_burnt_and_a_restart_gives_none_back(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease(DAY, "A", 1, 9))
    kiosk.cache.ledger.settle(kiosk.cache.ledger.record(draft()), Outcome.VOID)
    kiosk.restart()
    assert numbers(kiosk, 1) == ["A002"]
    assert leases.held(kiosk.cache.store) == [Lease(DAY, "A", 3, 9)]
    assert leases.left(kiosk.cache.store, DAY, "A") == 7


def test_a_lease_that_overlaps_an_earlier_one_gives_no_number_twice(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease(DAY, "A", 1, 3))
    assert numbers(kiosk, 2) == ["A001", "A002"]
    for _ in range(2):
        leases.add(kiosk.cache.store, Lease(DAY, "A", 1, 4))
    assert numbers(kiosk, 3) == ["A003", "A004", "03-A001"]


def test_a_kiosk_that_lost_its_store_today_does_not_count_from_one_again(kiosk: Kiosk, far: FarHall) -> None:
    before = numbers(kiosk, 3)
    kiosk.cache.store.close()
    (kiosk.folder / "keting.db").write_bytes(b"scratched")
    kiosk.restart()
    assert kiosk.cache.replaced is not None
    kiosk.cache.enrol(far.code(), far.url)
    assert not set(before) & set(numbers(kiosk, 3))
