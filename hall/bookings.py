"""Time slots that people booked, checked in at a kiosk by QR code or card."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from hall import bundles
from hall.tickets import Booking
from offline_cache.envelope import person_of

QR_PREFIX: Final = "KETING-B:"
"""What the QR code of a booking begins with; the code follows."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and a span of it; ``start`` and ``end`` are HH:MM of the hall's clock."""

    day: str
    start: str
    end: str

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError("a slot ends after it starts")


def book(session: Session, slot: Slot, queue: str, matters: Sequence[str], citizen: str | None = None) -> str:
    """Book ``slot`` and return its code; only the code's hash is kept, and of ``citizen`` the day's hash."""
    code = b32encode(secrets.token_bytes(10)).decode()
    person = person_of(bundles.day_key(session, slot.day), citizen) if citizen else None
    session.add(
        Booking(
            code_hash=hashlib.sha256(code.encode()).digest(),
            day=slot.day,
            person=person,
            matters=list(matters),
            queue=queue,
            start=slot.start,
            end=slot.end,
        )
    )
    return code
