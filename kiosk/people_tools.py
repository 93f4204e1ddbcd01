"""What the desks for a person's own affairs share: the hall to ask, who asks, and what it means that nobody answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from devices.holder import Holder
from kiosk.visitor import Visitor
from offline_cache.accounts import Accounts
from offline_cache.errands import Errands
from offline_cache.errors import SyncError
from offline_cache.extracts import Extracts
from offline_cache.hall_client import HallClient
from offline_cache.people import Who
from offline_cache.store import StoreError

Answer = TypeVar("Answer")

HALL_SECONDS: Final = 8.0
"""How long a citizen waits for anything that only the hall can do."""


class HallAway(Exception):
    """The hall did not answer, or does not do it; ``code`` is the failure code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PeopleTools:
    """What outlives a visit. ``person`` is today's name for a holder; ``trouble`` hears of a store that fails."""

    hall: Errands
    accounts: Accounts
    extracts: Extracts
    person: Callable[[Holder], bytes | None]
    online: Callable[[], bool]
    now: Callable[[], datetime]
    wake: Callable[[], None]
    trouble: Callable[[str], None]
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def ask(self, ask: Callable[[HallClient], Answer], seconds: float = HALL_SECONDS) -> Answer:
        """What the hall says, on its lane. Raises ``HallAway``."""
        try:
            return self.hall.ask(ask, seconds)
        except SyncError as error:
            raise HallAway(error.fault.value) from None
        except StoreError as error:  # requests are counted in the store
            raise self.failed(error) from None

    def failed(self, error: StoreError) -> HallAway:
        """The store could not do it, and whoever looks after it hears so."""
        self.trouble(error.fault.value)
        return HallAway(error.fault.value)


def who(visitor: Visitor) -> Who:
    """The document that lies there, as the hall is told of it."""
    holder = visitor.holder
    assert holder is not None
    return Who(holder.name, holder.number, holder.document.value, holder.state, visitor.level.word)
