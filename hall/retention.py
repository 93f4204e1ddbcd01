"""What names a person goes after seven days; what counts visits stays."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from hall.models import AppliedEvent, Booking, DayKey, EarlyCancel, Ticket, Told

DAYS: Final = 7


def forget(session: Session, before: str) -> None:
    """Erase the persons, names and sealed fields of all days before ``before``, and the keys that hashed them."""
    for table in (DayKey, Told, EarlyCancel, Booking):
        session.execute(delete(table).where(table.day < before))
    old = select(Ticket.kiosk, Ticket.epoch, Ticket.seq).where(Ticket.day < before, Ticket.sealed.is_not(None))
    for kiosk, epoch, seq in session.execute(old).all():
        session.execute(
            update(AppliedEvent)
            .where(AppliedEvent.kiosk == kiosk, AppliedEvent.epoch == epoch, AppliedEvent.seq == seq)
            .values(raw=b"")
        )
    session.execute(update(Ticket).where(Ticket.day < before).values(person=None, masked="", sealed=None, booking=None))
