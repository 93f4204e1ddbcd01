"""A kiosk that dies at a chosen place. Run as a child: ``crashing.py FOLDER PLACE NTH``.

It records, settles and copies, says on stdout what it was told is durable, and
kills itself before the NTH statement that begins with PLACE. The place is found
by SQLite's own trace, so the product knows nothing of it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from offline_cache.cache import Cache
from offline_cache.tickets import Outcome
from tests.offline_cache.conftest import draft


def main(folder: str, place: str, nth: str) -> None:
    cache = Cache(Path(folder))
    left = int(nth)

    def trace(statement: str) -> None:
        nonlocal left
        if statement.lstrip().startswith(place):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    cache.store._db.conn.set_trace_callback(trace)
    said = sys.stdout
    while True:
        recorded = cache.ledger.record(draft(person=b"w" * 32))
        said.write(f"recorded {recorded.id} {recorded.number}\n")
        said.flush()
        cache.ledger.settle(recorded, Outcome.PRINTED)
        said.write(f"printed {recorded.id} {recorded.number}\n")
        said.flush()
        cache.ledger.copy(recorded.id)
        cache.ledger.tidy()


if __name__ == "__main__":
    main(*sys.argv[1:])
