"""Why nothing came of a request to the hall. Each has its failure code; none quotes what was received."""

from __future__ import annotations

from offline_cache.faults import Fault


class SyncError(Exception):
    """``fault`` is what screens and the heartbeat name."""

    fault = Fault.HALL_UNREACHABLE


class Offline(SyncError):
    """No connection, or no whole answer before the deadline."""


class Portal(SyncError):
    """Something answered that is not the hall: a sign-in page, a redirect, a proxy's apology."""

    fault = Fault.PORTAL


class WrongHall(SyncError):
    """Its certificate, or the signature on its answer, is not our hall's."""

    fault = Fault.WRONG_HALL


class TooLong(SyncError):
    """More bytes than any right answer has; the rest was not read."""

    fault = Fault.WRONG_HALL


class Busy(SyncError):
    """The hall asks to come back in ``retry_after`` seconds."""

    fault = Fault.HALL_BUSY

    def __init__(self, status: int, retry_after: float) -> None:
        super().__init__(f"{status}, again in {retry_after:.0f} s")
        self.retry_after = retry_after


class HallRefused(SyncError):
    """The hall says no: an HTTP status from 400 on and its one ``word``."""

    fault = Fault.KIOSK_REFUSED

    def __init__(self, status: int, word: str) -> None:
        super().__init__(f"{status} {word}")
        self.status, self.word = status, word
