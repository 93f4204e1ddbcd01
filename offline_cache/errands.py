"""Questions to the hall from elsewhere in the kiosk, asked on the sender's thread.

Requests carry one growing counter, so one thread makes them all, one after the
other; who asks waits here, with a deadline of its own. A question may hold a
citizen's name: it is kept no longer than somebody waits for its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
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
        self._waiting: dict[Future[Any], Callable[[HallClient], Any]] = {}
        """In the order in which they were asked."""
        self._closed = False

    def ask(self, call: Callable[[HallClient], Answer], seconds: float) -> Answer:
        """What ``call`` gives, from any thread but the sender's. Raises ``SyncError``: ``Offline`` when it is late."""
        answer: Future[Answer] = Future()
        with self._lock:
            if self._closed:
                raise Offline("closed")
            self._waiting[answer] = call
        self._wake()
        try:
            return answer.result(seconds)
        except TooLate:
            raise Offline("no answer in time") from None
        finally:
            with self._lock:
                self._waiting.pop(answer, None)
            del answer, call  # or an error's traceback holds both, and ``answer`` the error

    @property
    def any(self) -> bool:
        return bool(self._waiting)

    def run(self, client: HallClient) -> None:
        """On the sender's thread: everything that waits now, each on its own. A failure is the asker's."""
        while (one := self._next()) is not None:
            answer, call = one
            try:
                answer.set_result(call(client))
            except BaseException as error:  # noqa: BLE001 - it belongs to who asked
                answer.set_exception(error)
            finally:
                del one, answer, call  # here too

    def close(self) -> None:
        """Nobody waits any longer."""
        with self._lock:
            self._closed = True
        while (one := self._next()) is not None:
            one[0].set_exception(Offline("closed"))

    def _next(self) -> tuple[Future[Any], Callable[[HallClient], Any]] | None:
        """The one that waits longest, taken out."""
        with self._lock:
            for answer in self._waiting:
                return answer, self._waiting.pop(answer)
        return None
