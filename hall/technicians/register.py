"""Who has a certificate: issued for the key on a card, taken back for good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates import technician_papers
from certificates.technicians import NAME, SERIAL, Role, Technician
from hall.authority import BACKDATED
from hall.models import Trail
from hall.state import Hall
from hall.technicians import beside, revocations
from hall.technicians.models import TechnicianCertificate

MOST_DAYS: Final = 3 * 365
"""A certificate ends before its holder has long been somebody else's."""


@dataclass(frozen=True, slots=True)
class Issued:
    """``certificate`` is DER; ``replaced`` says whether the name had another, which is taken back now."""

    certificate: bytes = field(repr=False)
    replaced: bool


def certify(session: Session, hall: Hall, request: bytes, name: str, role: Role, days: int) -> Issued:
    """A certificate for the key in ``request`` (PKCS#10, PEM), good for ``days`` from now.

    What the name had before is taken back in the same step. Raises ``Refused``
    for the request, ``ValueError`` for the rest, ``OSError`` where nothing can be
    kept beside the database.
    """
    if hall.settings.authority.endswith(":0"):
        raise ValueError("the hall has no fixed address yet: set port or address")
    if not NAME.fullmatch(name):
        raise ValueError("a name is a staff number: at most 16 of A to Z, 0 to 9 and -")
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a certificate is good for 1 to {MOST_DAYS} days")
    now, serial = hall.now(), secrets.token_bytes(SERIAL)
    at = revocations.moment(now)
    person = Technician(name, role, at + timedelta(days=days))
    der = technician_papers.certificate(
        technician_papers.asked(request),
        person,
        at - BACKDATED,
        int.from_bytes(serial),
        hall.keys.technicians,
        hall.settings.authority,
    )
    replaced = _take_back(session, name, now)
    until = int(person.until.timestamp() * 1000)
    session.add(TechnicianCertificate(serial=serial, name=name, role=role.value, issued=now, until=until))
    session.add(Trail(at=now, verb="technician_certify", detail=f"{name} {role.value} {serial.hex()}"))
    beside.keep(hall.settings, serial, der)
    revocations.publish(session, hall)
    return Issued(der, replaced)


def revoke(session: Session, hall: Hall, name: str) -> None:
    """Take back what ``name`` has; kiosks know it with the next list that they fetch. Raises ``LookupError``."""
    if not _take_back(session, name, hall.now()):
        raise LookupError(f"no technician {name} with a certificate")
    session.add(Trail(at=hall.now(), verb="technician_revoke", detail=name))
    revocations.publish(session, hall)


def every(session: Session) -> list[TechnicianCertificate]:
    """All certificates that were ever issued, by name, the newest of a name last."""
    known = select(TechnicianCertificate).order_by(TechnicianCertificate.name, TechnicianCertificate.issued)
    return list(session.scalars(known))


def _take_back(session: Session, name: str, now: int) -> bool:
    """Whether there was anything."""
    in_force = select(TechnicianCertificate).where(
        TechnicianCertificate.name == name, TechnicianCertificate.revoked.is_(None)
    )
    rows = session.scalars(in_force).all()
    for row in rows:
        row.revoked = now
    session.flush()
    return bool(rows)
