"""Questions to the hall from elsewhere in the kiosk, asked on the sender's thread.

Requests carry one growing counter, so one thread makes them all, one after the
other; who asks waits here, with a deadline of its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from offline_cache.errors import Offline
from offline_cache.hall_client import HallClient

Answer = TypeVar("Answer")


class Errands:
    def __init__(self, wake: Callable[[], None]) -> None:
        """``wake`` rouses the sender; it must return at once."""
        self._wake = wake
        self._lock = Lock()
        self._waiting: deque[tuple[Callable[[HallClient], Any], Future[Any]]] = deque()
        self._closed = False

    def ask(self, call: Callable[[HallClient], Answer], seconds: float) -> Answer:
        """What ``call`` gives, from any thread but the sender's. Raises ``SyncError``: ``Offline`` when it is late."""
        answer: Future[Answer] = Future()
        with self._lock:
            if self._closed:
                raise Offline("closed")
            self._waiting.append((call, answer))
        self._wake()
        try:
            return answer.result(seconds)
        except TooLate:
            answer.cancel()
            raise Offline("no answer in time") from None

    @property
    def any(self) -> bool:
        return bool(self._waiting)

    def run(self, client: HallClient) -> None:
        """On the sender's thread: everything that waits now, each on its own. A failure is the asker's."""
        while self._waiting:
            call, answer = self._waiting.popleft()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(call(client))
            except BaseException as error:  # noqa: BLE001 - it belongs to who asked
                answer.set_exception(error)

    def close(self) -> None:
        """Nobody waits any longer."""
        with self._lock:
            self._closed = True
        while self._waiting:
            with suppress(InvalidStateError):
                self._waiting.popleft()[1].set_exception(Offline("closed"))
