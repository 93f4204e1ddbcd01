"""The hall's own hand for what nobody asks for: messages to phones go out, and what is over is forgotten."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import Final

from sqlalchemy.exc import OperationalError

from hall.binding import bindings, tries
from hall.binding.delivery import send_due
from hall.channels import Channels
from hall.state import Hall

LOOKS_S: Final = 1.0
"""Seconds between two looks for messages: a message that is put goes out about so much later, whoever put it."""
SWEEPS_MS: Final = 60_000
STOP_S: Final = 5.0
"""For which a call that is under way is waited for; then its message is tried once more after the next start."""


class Deliverer:
    """A thread that delivers between ``start`` and ``stop``; ``round`` is what it does each time."""

    def __init__(self, hall: Hall, channels: Channels) -> None:
        self._hall = hall
        self._channels = channels
        self._stopped = Event()
        self._swept = 0
        self._thread: Thread | None = None

    def start(self) -> None:
        self._stopped.clear()
        self._thread = Thread(target=self._run, name="deliverer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(STOP_S)

    def round(self) -> int:
        """Forget what is over, send what is due; how many messages were taken."""
        now = self._hall.now()
        if not self._swept <= now < self._swept + SWEEPS_MS:  # a clock that was set back sweeps as well
            with self._hall.store.writing() as session:
                tries.sweep(session, now)
                bindings.forget(session, now)
            self._swept = now
        return send_due(self._hall, self._channels, self._stopped.is_set)

    def _run(self) -> None:
        while not self._stopped.is_set():
            with suppress(OperationalError):  # somebody else holds the database; nothing is lost by a later round
                self.round()
            self._stopped.wait(LOOKS_S)
