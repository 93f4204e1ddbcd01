from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import FarHall


def test_a_ticket_reaches_the_hall(kiosk: Kiosk, far: FarHall) -> None:
    recorded = kiosk.cache.ledger.record(draft())
    sender = kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert [event.body["number"] for event in far.events()] == [recorded.number]
    sender.wake()
