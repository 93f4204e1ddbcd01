"""What a restored database learns of technicians: whoever was certified or taken back after the copy."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from certificates.cbor import Refused
from certificates.keys import FileKey
from certificates.technicians import SERIAL, Certified
from hall import marks
from hall.certificates.restoring import ListsLost
from hall.settings import Settings
from hall.technicians import beside, revocations
from hall.technicians.beside import Beside
from hall.technicians.models import TechnicianCertificate, TechnicianList
from hall.technicians.register import MOST_DAYS

_DAY_MS: Final = 86_400_000


def published(session: Session, settings: Settings) -> Beside | None:
    """What lies beside the database; None where nobody was ever certified. Raises ``ListsLost``, ``OSError``."""
    known = marks.number(session, revocations.NUMBER)
    try:
        found = beside.kept(settings, FileKey.load(settings.keys / "technicians.key").public())
    except Refused:
        found, known = None, 1
    if found is None and known:
        raise ListsLost(
            f"the list in {settings.technicians} is lost or damaged: technicians' certificates that were taken back"
            " after this copy would be good again. Bring the folder back; or add --forget-revocations, and then take"
            " them back once more"
        )
    return found


def leave_out(session: Session, found: Beside | None, seconds: int) -> None:
    """Take nothing back that was taken back, and number no list as the lost database may have.

    ``seconds`` is the time now, since 1970.
    """
    number = marks.number(session, revocations.NUMBER)
    if found is not None:
        number = max(number, found.revocations.number)
        _learn(session, found, seconds * 1000)
    marks.put(session, revocations.NUMBER, number)
    session.execute(delete(TechnicianList))


def _learn(session: Session, found: Beside, now: int) -> None:
    rows = {row.serial: row for row in session.scalars(select(TechnicianCertificate))}
    for one in found.certificates:
        row = _row(one)
        if row.serial not in rows:
            rows[row.serial] = row
    for number, at in found.revocations.entries().items():
        serial, revoked = number.to_bytes(SERIAL), int(at.timestamp() * 1000)
        row = rows.setdefault(serial, _nobodys(serial, revoked, now))
        row.revoked = row.revoked or revoked
    session.add_all(rows.values())


def _row(one: Certified) -> TechnicianCertificate:
    person = one.technician
    return TechnicianCertificate(
        serial=one.serial.to_bytes(SERIAL),
        name=person.name,
        role=person.role.value,
        issued=int(one.begins.timestamp() * 1000),
        until=int(person.until.timestamp() * 1000),
    )


def _nobodys(serial: bytes, revoked: int, now: int) -> TechnicianCertificate:
    """One that only the list knows. It stays listed for as long as it can be good."""
    until = now + MOST_DAYS * _DAY_MS
    return TechnicianCertificate(serial=serial, name="", role="", issued=revoked, until=until)
