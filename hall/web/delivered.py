"""Which calls have been shown on a phone."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock


class Delivered:
    """When the page of a called ticket was first fetched, for the ``most`` newest calls.

    Kept in memory only: after a restart of the hall a call counts as not delivered until the phone asks again.
    """

    def __init__(self, most: int = 2_000) -> None:
        self._most = most
        self._first: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._lock = Lock()

    def note(self, ticket: str, called_at: int, now: int) -> None:
        with self._lock:
            self._first.setdefault((ticket, called_at), now)
            if len(self._first) > self._most:
                self._first.popitem(last=False)

    def since(self, ticket: str, called_at: int) -> int | None:
        """When the phone first fetched this call, milliseconds since 1970; None while it has not."""
        with self._lock:
            return self._first.get((ticket, called_at))
