"""Two releases on one store: the one before, which is this one without the store's newest step, and this one.

``python -m tests.stand.upgrade older FOLDER record CODE ADDRESS EVENTS`` enrols, records, and is killed.
``python -m tests.stand.upgrade older FOLDER go-on`` opens what the newer one left, and records one more ticket.
``python -m tests.stand.upgrade newer FOLDER until STATEMENT`` is killed before the first statement that begins so.
``python -m tests.stand.upgrade newer FOLDER within BYTES`` is killed by the kernel in the middle of the write that
would make any file longer than that: what fits is written, the rest is not.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from offline_cache import store
from offline_cache.cache import Cache
from offline_cache.schema import MIGRATIONS
from offline_cache.tickets import Draft, Outcome, Via
from tests.offline_cache import crashing

MATTER = "senior-card"
AWAITED = 40
"""Events that only the store's log has, and not yet its file, when the older release is killed."""


def main() -> None:
    release, folder, what, *more = sys.argv[1:]
    if release == "older":
        setattr(store, "MIGRATIONS", MIGRATIONS[:-1])  # noqa: B010
    match what, more:
        case "record", [code, address, events]:
            cache = Cache(Path(folder))
            cache.enrol(code, address)
            record(cache, int(events) - AWAITED)
            cache.store.checkpoint()
            record(cache, AWAITED)
            os.kill(os.getpid(), signal.SIGKILL)
        case "go-on", []:
            cache = Cache(Path(folder))
            assert cache.replaced is None, cache.replaced
            record(cache, 2)
            cache.close()
        case "until", [statement]:
            crashing.live(crashing.first_start, Path(folder), statement, 1, print)
        case "within", [length]:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(length), int(length)))
            Cache(Path(folder))
            os.kill(os.getpid(), signal.SIGKILL)


def record(cache: Cache, events: int) -> None:
    """Tickets that never came out: two events each."""
    queues = "ABCDEFGHIJ"
    for number in range(events // 2):
        ticket = cache.ledger.record(Draft(queues[number % 10], (MATTER,), Via.NONE, "zh-Hans", slip=b"a slip"))
        cache.ledger.settle(ticket, Outcome.VOID)


if __name__ == "__main__":
    main()
