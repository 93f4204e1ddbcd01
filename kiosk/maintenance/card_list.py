"""The hall's list of technicians' cards that are no good any more: fetched while it can be, kept for when it can't."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from certificates.cbor import Refused
from certificates.root import Root
from certificates.technicians import newer
from offline_cache.hall_client import HallClient
from offline_cache.published import Published

ADDRESS: Final = "/lists/technicians.crl"
LARGEST: Final = 262_144
"""Bytes of such a list."""

EVERY: Final = 600.0
"""Seconds between two looks for a newer one."""

_NAME: Final = "technicians.crl"


class CardList:
    """``held`` may be called from any thread."""

    def __init__(self, shelf: Published, root: Callable[[], Root | None], note: Callable[..., None]) -> None:
        self._shelf, self._root, self._note = shelf, root, note
        self._next = 0.0
        self._declined = False

    def held(self) -> bytes | None:
        """As it was fetched; whoever reads it checks it again."""
        return self._shelf.get(_NAME)

    def tend(self, client: HallClient) -> None:
        """Fetch it when it is time to. Raises ``SyncError``, ``StoreError``."""
        if time.monotonic() >= self._next:
            self.fetch(client)

    def fetch(self, client: HallClient) -> None:
        """The newest there is, where it can be believed. On the sender's thread. Raises as ``tend``."""
        root = self._root()
        if root is None:
            return
        offered = client.published(ADDRESS, LARGEST)
        self._next = time.monotonic() + EVERY
        held = self.held()
        if offered is None or offered == held:
            return
        try:
            taken = newer(held, offered, root.keys["technicians"], root.host)
        except Refused:  # what is held stays in force, and grows old
            if not self._declined:
                self._note("hall.declined", what="technicians")
            self._declined = True
            return
        self._declined = False
        self._shelf.put({_NAME: taken})
