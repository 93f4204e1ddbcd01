"""A kiosk that dies at a chosen place, in a process of its own.

It lives one of the lives below, tells through a pipe what it was told is
durable, and kills itself before the nth statement that begins with a given
text. The place is found by SQLite's own trace on every connection, so the
product knows nothing of it.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from offline_cache.cache import Cache
from offline_cache.sync import Sender
from offline_cache.tickets import Outcome
from offline_cache.view import Report
from tests.offline_cache.conftest import QUICK, certificate_draft, draft, signed_again

Say = Callable[[str], None]


def day(folder: Path, say: Say, tidy: bool = True) -> None:
    """Tickets, reprints and tidying, without end."""
    cache = Cache(folder)
    ledger = cache.ledger
    while True:
        recorded = ledger.record(draft(person=b"w" * 32))
        say(f"recorded {recorded.id} {recorded.number}")
        ledger.settle(recorded, Outcome.PRINTED)
        say(f"printed {recorded.id} {recorded.number}")
        if tidy:
            ledger.copy(recorded.id)
            cache.tidy()


def steady(folder: Path, say: Say) -> None:
    """Tickets only: nothing but each record's own commit makes it durable."""
    day(folder, say, tidy=False)


def papers(folder: Path, say: Say) -> None:
    """Certificates and their reprints, without end."""
    cache = Cache(folder)
    while True:
        issued = cache.certificates.issue(certificate_draft())
        say(f"recorded {issued.id} 1")
        cache.certificates.settle(issued, Outcome.PRINTED)
        say(f"printed {issued.id} 1")
        again = cache.certificates.copy(issued.id, "80mm", signed_again)
        say(f"recorded {issued.id} 2")
        cache.certificates.settle(again, Outcome.VOID)


def online(folder: Path, say: Say) -> None:
    """The sender at work."""
    Sender(Cache(folder), lambda: Report("0.1"), lambda view: None, QUICK).start()
    threading.Event().wait()


def first_start(folder: Path, say: Say) -> None:
    """The file is made."""
    Cache(folder)
    say("opened")


def live(life: Callable[[Path, Say], None], folder: Path, place: str, nth: int, say: Say) -> None:
    """``life`` in ``folder``, until the ``nth`` statement that begins with ``place``."""
    left = nth

    def trace(statement: str) -> None:
        nonlocal left
        if statement.lstrip().startswith(place):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    class Watched(sqlite3.Connection):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.set_trace_callback(trace)

    setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))  # noqa: B010
    life(folder, say)
