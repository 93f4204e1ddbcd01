"""Lists that are held already, for tests of what becomes of them."""

from __future__ import annotations

import pytest

from certificates.holding import load, refresh
from tests.certificates.hall_stand import T0, Hall, MemoryShelf

KID = bytes.fromhex("17616263")
OTHER_KID = bytes.fromhex("18616263")


def refreshed(hall: Hall) -> MemoryShelf:
    """What a kiosk holds after its first refresh."""
    hall.kiosk_key(KID)
    hall.kiosk_key(OTHER_KID)
    hall.cut(KID, b"a message")
    hall.publish()
    shelf = MemoryShelf()
    refresh(shelf, hall.pinned, hall.fetch, T0)
    hall.asked.clear()
    return shelf


def refused(shelf: MemoryShelf, hall: Hall, why: type[Exception], now: int = T0) -> None:
    """A refresh that fails so and leaves everything as it was."""
    before = dict(shelf.items)
    with pytest.raises(why):
        refresh(shelf, hall.pinned, hall.fetch, now)
    assert shelf.items == before
    assert load(shelf, hall.pinned) is not None
