"""Harm that software can do to itself, done on purpose inside a kiosk: only its supervisor can help then."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from typing import Final

_FOR_EVER_S: Final = 3_600.0


def freeze() -> None:
    """The GUI thread does not come back to its events; every other thread goes on."""
    time.sleep(_FOR_EVER_S)


def end_sender() -> None:
    """The sender's thread ends, as by an error that nobody thought of."""
    sender = next(thread for thread in threading.enumerate() if thread.name == "sender")
    assert sender.ident is not None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(sender.ident), ctypes.py_object(SystemExit))


HARMS: Final[dict[str, Callable[[], None]]] = {"freeze": freeze, "end-sender": end_sender}
