"""What names a person goes after seven days; what counts visits stays."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from hall.models import AppliedEvent, Booking, DayKey, EarlyCancel, Ticket, Told

DAYS: Final = 7


def forget(session: Session, before: str, applied_before: int) -> None:
    """Erase the persons, names and sealed fields of all days before ``before``, and the keys that hashed them.

    Of events that were applied before the moment ``applied_before`` the hash stays, for the chain.
    """
    for table in (DayKey, Told, EarlyCancel, Booking):
        session.execute(delete(table).where(table.day < before))
    session.execute(
        update(AppliedEvent).where(AppliedEvent.applied < applied_before, AppliedEvent.raw != b"").values(raw=b"")
    )
    session.execute(update(Ticket).where(Ticket.day < before).values(person=None, masked="", sealed=None, booking=None))
