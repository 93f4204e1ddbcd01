"""What names a person goes after seven days; what counts visits stays.

What a certificate says stays sealed as long as somebody may ask for its PDF,
an account as long as it is used, and who read of it for a year.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import String, delete, func, select, update
from sqlalchemy.orm import Session

from hall.certificates.models import Certificate, CertificateCopy
from hall.models import AppliedEvent, DayKey, Told
from hall.people import retention as people
from hall.tickets import Booking, EarlyCancel, Ticket

DAYS: Final = 7
CERTIFICATE_DAYS: Final = 30
"""Days after its end for which a certificate's sealed content is kept."""


def forget(session: Session, before: str, applied_before: int) -> None:
    """Erase the persons, names and sealed fields of all days before ``before``, and the keys that hashed them.

    Of events that were applied before the moment ``applied_before`` the hash stays, for the chain.
    """
    for table in (DayKey, Told, EarlyCancel, Booking):
        session.execute(delete(table).where(table.day < before))
    session.execute(
        update(AppliedEvent).where(AppliedEvent.applied < applied_before, AppliedEvent.raw != b"").values(raw=b"")
    )
    session.execute(update(Certificate).where(Certificate.day < before).values(person=None))
    ended = select(Certificate.id).where(Certificate.exp < applied_before // 1000 - (CERTIFICATE_DAYS - DAYS) * 86_400)
    session.execute(
        update(CertificateCopy)
        .where(CertificateCopy.certificate.in_(ended), CertificateCopy.sealed.is_not(None))
        .values(sealed=None)
    )
    session.execute(update(Ticket).where(Ticket.day < before).values(person=None, masked="", sealed=None, booking=None))
    session.execute(
        update(Ticket)
        .where(Ticket.day < before, Ticket.acting.is_not(None))
        .values(acting=func.json_object("kind", func.json_extract(Ticket.acting, "$.kind"), type_=String))
    )
    people.forget(session, applied_before + DAYS * 86_400_000, applied_before)
