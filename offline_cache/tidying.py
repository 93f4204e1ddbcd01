"""What is erased, and when: a day's keys as soon as the hall's backup has the day, everything after a week.

First the hall is told what became of each paper; a row of which it does not know that yet stays.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from offline_cache.certificates import Certificates
from offline_cache.clock import Clock
from offline_cache.day_keys import DayKeys
from offline_cache.extracts import Extracts
from offline_cache.ledger import Ledger
from offline_cache.outbox import Outbox
from offline_cache.store import Store, StoreError

KEPT_DAYS: Final = 7
"""Days after which a paper's rows go, and with them all that a reprint needs."""


def tidy(
    store: Store,
    clock: Clock,
    outbox: Outbox,
    keys: DayKeys,
    ledger: Ledger,
    certificates: Certificates,
    extracts: Extracts,
) -> None:
    """Erase what has had its time. Cheap when there is nothing to erase. Raises ``StoreError``."""
    for papers in (ledger, certificates, extracts):
        with suppress(StoreError):  # what can't be written now is kept for the next time
            papers.settle_what_was_left()
    today = clock.day()
    oldest = (date.fromisoformat(today) - timedelta(days=KEPT_DAYS)).isoformat()
    with store.transaction() as database:
        keys.forget(database, today, oldest, outbox.chain.backup)
        ledger.forget(database, today, oldest)
        certificates.forget(database, oldest)
        extracts.forget(database, oldest)
        database.execute("DELETE FROM documents WHERE kind = 'day' AND day < ?", (today,))
    outbox.forget_older_than(clock.now() - KEPT_DAYS * 86_400_000)
    store.forget_put_aside(clock.now() - KEPT_DAYS * 86_400_000)
    store.checkpoint()
