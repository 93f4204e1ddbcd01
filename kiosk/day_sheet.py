"""The day sheet: today's key for recognising card holders, and today's bookings. Good for one day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from offline_cache.envelope import person_of

MARK: Final = b"KETING-B:"
"""What a booking code begins with, so that other codes are told apart before anything is looked up."""

EARLY: Final = timedelta(minutes=60)
LATE: Final = timedelta(minutes=15)

Hash = Annotated[bytes, Field(min_length=32, max_length=32)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Booking(_Strict):
    code: Hash
    person: Hash | None
    matters: Annotated[list[str], Field(min_length=1, max_length=5)]
    queue: str
    start: Clock
    end: Clock

    def open_at(self, now: datetime) -> bool:
        """Whether it can be checked in at ``now``: from an hour before its start to a quarter after its end."""
        return _on(now, self.start) - EARLY <= now <= _on(now, self.end) + LATE


class DaySheet(_Strict):
    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    version: Annotated[int, Field(ge=1)]
    key: Hash
    bookings: Annotated[list[Booking], Field(max_length=20_000)]

    def person(self, number: str) -> bytes:
        return person_of(self.key, number)

    def by_code(self, scanned: bytes) -> Booking | None:
        code = hashlib.sha256(scanned.removeprefix(MARK).strip()).digest()
        return next((booking for booking in self.bookings if booking.code == code), None)

    def of_person(self, person: bytes, now: datetime) -> Booking | None:
        """The next booking of a card holder that can be checked in now."""
        theirs = (b for b in self.bookings if b.person == person and b.open_at(now))
        return min(theirs, key=lambda booking: booking.start, default=None)


def _on(now: datetime, clock: str) -> datetime:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))


def checked(payload: dict[str, Any]) -> DaySheet:
    """The sheet in a signed document's payload. Raises ``ValueError``."""
    return DaySheet.model_validate(payload)
