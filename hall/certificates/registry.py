"""What the hall knows of a certificate: whether it stands, which papers there are, and how it is taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates.cbor import Malformed
from certificates.claims import HALL_ZONE
from certificates.short_code import typed
from certificates.template import Template
from certificates.verdict import Why
from hall.certificates import kiosk_keys, publishing
from hall.certificates.models import Certificate, CertificateCopy, Revocation
from hall.models import Trail
from hall.state import Hall, Templates

LONGEST_NOTE: Final = 200
_NUMBER: Final = re.compile(r"[0-9]{2}[A-Z]{2}-20[0-9]{2}-([0-9]{7,9})", re.ASCII)


class Standing(StrEnum):
    """In one word, as anybody may know it."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Entry:
    """A certificate, its copies in order, and its revocation where there is one."""

    certificate: Certificate
    copies: Sequence[CertificateCopy]
    revocation: Revocation | None

    def standing(self, now: int, digest: bytes | None = None) -> Standing:
        """Of the copy with these signed bytes, where one is named. ``now`` is milliseconds since 1970.

        Papers that came after their key was cut off are as good as revoked.
        """
        meant = [copy for copy in self.copies if copy.digest == digest] or self.copies
        if self.revocation is not None or all(copy.late for copy in meant):
            return Standing.REVOKED
        return Standing.EXPIRED if self.certificate.exp * 1000 <= now else Standing.VALID

    def good(self, digest: bytes) -> CertificateCopy | None:
        """The copy with exactly these signed bytes, if nothing was taken back."""
        good = [copy for copy in self.copies if copy.digest == digest and not copy.late]
        return good[0] if good and self.revocation is None else None


def number(certificate: Certificate, template: Template) -> str:
    """The number on its papers: ``99JZ-2026-0417283`` (docs/certificate-format.md, section 3)."""
    year = datetime.fromtimestamp(certificate.iat, HALL_ZONE).year
    return f"{template.prefix}-{year}-{certificate.status:07d}"


def last_day(certificate: Certificate) -> str:
    """The last day on which it is good, as its papers say it: ``2026-09-05``."""
    return datetime.fromtimestamp(certificate.exp - 1, HALL_ZONE).date().isoformat()


def meant(session: Session, templates: Templates, text: str) -> str | None:
    """The short code of the certificate that ``text`` names by its short code or its number; None where none is."""
    numbered = _NUMBER.fullmatch(text.strip().upper())
    if numbered:
        found = session.scalar(select(Certificate).where(Certificate.status == int(numbered[1])))
        template = templates.get((found.type, found.version)) if found else None
        return found.id if found and template and number(found, template) == numbered[0] else None
    try:
        short = typed(text)
    except Malformed:
        return None
    return short if session.get(Certificate, short) else None


def find(session: Session, short: str) -> Entry | None:
    """What is registered under a short code. It asks the same three questions whatever is there."""
    certificate = session.get(Certificate, short)
    copies = session.scalars(
        select(CertificateCopy).where(CertificateCopy.certificate == short).order_by(CertificateCopy.copy)
    ).all()
    revocation = session.scalar(
        select(Revocation).join(Certificate, Certificate.status == Revocation.status).where(Certificate.id == short)
    )
    return None if certificate is None else Entry(certificate, copies, revocation)


def revoke(session: Session, hall: Hall, short: str, why: Why, note: str, clerk: str | None) -> None:
    """Take a certificate back, and tell every verifier with the next index. What is revoked stays so.

    ``why`` is told to anybody who verifies, ``note`` to staff alone. Raises ``LookupError`` for one that is not
    registered, ``ValueError`` for a note that is too long or no line of text.
    """
    if len(note) > LONGEST_NOTE or not note.isprintable():
        raise ValueError(f"a note has at most {LONGEST_NOTE} characters")
    certificate = session.get(Certificate, short)
    if certificate is None:
        raise LookupError(f"no certificate {short}")
    if session.get(Revocation, certificate.status) is not None:
        return
    session.add(Revocation(status=certificate.status, at=hall.now(), why=why, note=note, clerk=clerk))
    detail = f"{why}: {note}" if note else why
    session.add(Trail(at=hall.now(), clerk=clerk, verb="revoke_certificate", ticket=short, detail=detail))
    publishing.publish(session, hall)


def cut(session: Session, hall: Hall, kiosk: str, clerk: str | None) -> int:
    """Cut off the keys of ``kiosk``, and tell every verifier. Answers how many. Raises ``LookupError``, ``NoRoom``."""
    kids = kiosk_keys.cut(session, kiosk, clerk, hall.now())
    publishing.publish(session, hall)
    return len(kids)
