"""What the books read from a kiosk's file, while the kiosk has it open."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from offline_cache.envelope import link
from offline_cache.outbox import Ack
from tests.offline_cache.conftest import Kiosk, record
from tests.offline_cache.far_hall import FarHall
from tests.soak.books import recorded, unsent


def test_an_event_that_the_hall_has_not_acknowledged_is_missed_and_one_that_is_erased_is_not(tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    with closing(FarHall(tmp_path / "hall")) as far, closing(Kiosk(tmp_path / "kiosk")) as kiosk:
        kiosk.cache.enrol(far.code(), far.url)
        assert (recorded(kiosk.folder), unsent(kiosk.folder)) == (0, 0)
        record(kiosk, 3)
        assert (recorded(kiosk.folder), unsent(kiosk.folder)) == (3, 3)
        links = [link(event) for event in kiosk.cache.outbox.batch()]
        kiosk.cache.outbox.apply(Ack(2, links[1], 0, (), 3, 500))
        assert (recorded(kiosk.folder), unsent(kiosk.folder)) == (3, 1)
        kiosk.cache.outbox.apply(Ack(3, links[2], 3, (), 4, 500))
        assert (recorded(kiosk.folder), unsent(kiosk.folder)) == (3, 0)
