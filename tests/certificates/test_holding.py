"""Lists are kept up to date, and never go back."""

from __future__ import annotations

import pytest

from certificates.holding import Expired, RolledBack, load, refresh
from certificates.keys import point
from tests.certificates.hall_stand import TEMPLATE, DAY, T0, Hall, MemoryShelf

KID = bytes.fromhex("17616263")


def test_what_was_fetched_is_held_the_next_day_without_a_network(hall: Hall) -> None:
    key = hall.kiosk_key(KID)
    hall.revoked = {0: {5}, 2: set()}
    hall.cut(KID, b"a message")
    hall.publish()
    shelf = MemoryShelf()
    fresh = refresh(shelf, hall.pinned, hall.fetch, T0)
    held = load(shelf, hall.pinned)
    for lists in (fresh, held):
        assert lists is not None
        found = lists.key(KID)
        assert found is not None
        assert point(found.key) == point(key.public())
        assert [lists.status(index) for index in (5, 6, 2**20, 2 * 2**20)] == [True, False, None, False]
        assert lists.template(1, 1) == TEMPLATE
        assert lists.template(1, 2) is None
        cut = lists.cut(KID)
        assert cut is not None
        assert len(cut.known) == 1
        assert (lists.host, lists.iat, lists.next, lists.expired(T0)) == (hall.host, T0, T0 + DAY, False)
