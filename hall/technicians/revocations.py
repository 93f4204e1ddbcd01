"""The list of certificates that were taken back, as kiosks fetch it.

Made anew in the transaction that changes something, and when it is asked for
and older than a day, so that a kiosk with a network always finds a fresh one.
Its number grows with each and is never below the seconds since 1970: also a
restored database gives none twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from certificates import technician_papers
from certificates.cbor import Refused
from certificates.technicians import revocation_list
from hall import marks
from hall.state import Hall
from hall.technicians import beside
from hall.technicians.models import TechnicianCertificate, TechnicianList

NUMBER: Final = "technicians-list"
"""The mark of the highest number so far."""

FRESH: Final = timedelta(days=1)
LIFE: Final = timedelta(days=2)
"""From a list to its nextUpdate. Kiosks go by an age of their own."""

KEPT: Final = timedelta(days=7)
"""For so long after its end a certificate stays listed: more than a kiosk's clock may be behind its list."""


def document(session: Session) -> bytes | None:
    """The list that is served, DER; None before the first."""
    row = _served(session)
    return row.data if row else None


def due(session: Session, hall: Hall) -> bool:
    """Whether to make a list: for the age of the last, or because another key or address signed it."""
    row = _served(session)
    if row is None or not 0 <= hall.now() - row.made < FRESH / timedelta(milliseconds=1):
        return True
    try:
        revocation_list(row.data, hall.keys.technicians.public(), hall.settings.authority)
    except Refused:
        return True
    return False


def publish(session: Session, hall: Hall) -> None:
    """Make the list of today. Raises ``ValueError`` where it grows too long, ``OSError``."""
    session.flush()
    now = hall.now()
    number = max(marks.number(session, NUMBER) + 1, now // 1000)
    ended = (moment(now) - KEPT).timestamp() * 1000
    rows = session.scalars(
        select(TechnicianCertificate)
        .where(TechnicianCertificate.revoked.is_not(None), TechnicianCertificate.until > ended)
        .order_by(TechnicianCertificate.serial)
    )
    revoked = {int.from_bytes(row.serial): moment(row.revoked or now) for row in rows}
    data = technician_papers.revocation_list(
        number, moment(now), moment(now) + LIFE, revoked, hall.keys.technicians, hall.settings.authority
    )
    session.execute(delete(TechnicianList))
    session.add(TechnicianList(number=number, data=data, made=now))
    marks.put(session, NUMBER, number)
    beside.keep_list(hall.settings, data)


def moment(ms: int) -> datetime:
    """X.509 knows whole seconds."""
    return datetime.fromtimestamp(ms // 1000, UTC)


def _served(session: Session) -> TechnicianList | None:
    return session.scalar(select(TechnicianList))
