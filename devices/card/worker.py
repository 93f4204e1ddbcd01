"""The process in which PC/SC calls may hang: it lives until it is killed or its kiosk is gone.

Into its pipe go pairs (word, mark): an event or a ``Sign``, and the mark of the card it is about,
0 for none. Out of it come pairs (``keys.Key`` or ``keys.Pin``, mark of the card it is for), and at last its end, when
the kiosk ends.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
from collections.abc import Callable
from enum import Enum
from functools import partial
from multiprocessing.connection import Connection
from typing import Final

from devices.card.keys import Box
from devices.reader import ReaderEvent

BEAT: Final = 1.0
"""Seconds between two signs of life of a worker that waits for a card."""


class Sign(Enum):
    """What a worker says beside events."""

    ALIVE = "alive"
    TRYING = "trying"  # a key or PIN is being tried on the card that lies there


Word = ReaderEvent | Sign
Say = Callable[[Word, int], None]
"""Takes a word, with the mark of the card it is about."""


def main(words: Connection, name: str, wanted: str, socket: str | None, shunned: int | None, trust: str | None) -> None:
    """Watch a reader; ``monitor.watch`` says what the words are for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the kiosk, which then ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would name a citizen
    if socket is not None:
        os.environ["PCSCLITE_CSOCK_NAME"] = socket  # read by libpcsclite at the first call
    keys = Box()
    threading.Thread(target=_listen, args=(words, keys), name="kiosk's words", daemon=True).start()

    from devices.card import monitor  # here, so that the kiosk's process never loads the PC/SC library

    monitor.watch(name, wanted, partial(_say, words), shunned, keys, partial(monitor.trusted, trust))


def _say(words: Connection, word: Word, mark: int) -> None:
    words.send((word, mark))


def _listen(words: Connection, keys: Box) -> None:
    """Nothing here may hang: on this thread the worker notices that its kiosk is gone."""
    try:
        while True:
            keys.put(*words.recv())
    except (EOFError, OSError):
        os._exit(0)
