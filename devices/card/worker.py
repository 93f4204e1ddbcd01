"""The process in which PC/SC calls may hang: it lives until it is killed or its kiosk is gone."""

from __future__ import annotations

import os
import resource
import signal
import threading
from multiprocessing.connection import Connection
from typing import Final

BEAT: Final = 1.0
"""Seconds between two signs of life of a worker that waits for a card."""


def main(words: Connection, name: str, wanted: str, socket: str | None, shunned: int | None) -> None:
    """Watch a reader and send (event, mark) pairs into ``words``, as ``monitor.Say`` has them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the kiosk, which then ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would name a citizen
    if socket is not None:
        os.environ["PCSCLITE_CSOCK_NAME"] = socket  # read by libpcsclite at the first call
    threading.Thread(target=_end_with_kiosk, args=(words,), name="end with kiosk", daemon=True).start()

    from devices.card import monitor  # here, so that the kiosk's process never loads the PC/SC library

    monitor.watch(name, wanted, lambda event, mark: words.send((event, mark)), shunned)


def _end_with_kiosk(words: Connection) -> None:
    """Nothing is ever said to a worker: what comes is the end of the line."""
    try:
        words.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
