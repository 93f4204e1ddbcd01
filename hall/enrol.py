"""How a kiosk comes to belong to the hall: a one-time code, and proof that it holds its key."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from hall import marks
from hall.models import EnrolmentCode, Kiosk, Standing, Trail
from hall.refusal import Refusal

LIFE: Final = 24 * 3_600_000
"""Milliseconds for which a code is good."""

_PROOF: Final = b"keting-enrol\0"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kiosk stands."""

    zh: str
    en: str


def code(
    session: Session, fingerprint: bytes, hall: str, now: int, place: Place, kiosk: str | None = None
) -> tuple[str, str]:
    """A fresh code and the kiosk it is for: a new one, or ``kiosk`` once more with a higher epoch.

    ``hall`` is the hall's two digits. Raises ``LookupError`` for a kiosk that is not there,
    ``ValueError`` when the numbers are used up.
    """
    known = session.get(Kiosk, kiosk) if kiosk else None
    if kiosk and known is None:
        raise LookupError(f"no kiosk {kiosk}")
    number = known.number if known else _next_number(session)
    secret = _base32(secrets.token_bytes(16))
    name = known.id if known else f"K-{hall}{number}"
    session.add(
        EnrolmentCode(
            hash=_hash(secret), kiosk=name, number=number, place_zh=place.zh, place_en=place.en, expires=now + LIFE
        )
    )
    return f"KT1-{secret}-{_base32(fingerprint)}", name


def said(code: str, url: str) -> str:
    """What a QR code says that a kiosk scans in its maintenance mode: the code and the hall's address."""
    return f"{code} {url}"


def enrol(session: Session, secret: str, key: bytes, proof: bytes, now: int) -> Kiosk:
    """The kiosk that ``secret`` was made for, from now on with ``key``.

    Raises ``Refusal``: 403 for a code that is wrong, used or old, and for a proof that
    doesn't hold; 400 for a key of another kind. A refused request leaves the code as it was.
    """
    public = _public(key)
    try:
        public.verify(proof, _PROOF + secret.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refusal(403, "code") from None
    grant = session.scalar(
        update(EnrolmentCode)
        .where(EnrolmentCode.hash == _hash(secret), EnrolmentCode.used.is_(None), EnrolmentCode.expires > now)
        .values(used=now)
        .returning(EnrolmentCode)
    )
    if grant is None:
        raise Refusal(403, "code")
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    kiosk = session.get(Kiosk, grant.kiosk)
    if kiosk is None:
        epoch = max(1, marks.number(session, marks.EPOCH_FLOOR))
        kiosk = Kiosk(id=grant.kiosk, number=grant.number, key=der, epoch=epoch)
        session.add(kiosk)
    else:
        kiosk.epoch = max(kiosk.epoch + 1, marks.number(session, marks.EPOCH_FLOOR))
        kiosk.key, kiosk.state = der, Standing.ACTIVE
        kiosk.watermark = kiosk.backup = kiosk.counter = 0
        kiosk.head = bytes(32)
    kiosk.place_zh, kiosk.place_en = grant.place_zh, grant.place_en
    session.add(Trail(at=now, verb="enrol", detail=f"{kiosk.id} epoch {kiosk.epoch}"))
    return kiosk


def revoke(session: Session, kiosk: str, clerk: str | None, now: int) -> None:
    """Shut a kiosk out for good; a new code lets it in again. Raises ``LookupError``."""
    known = session.get(Kiosk, kiosk)
    if known is None:
        raise LookupError(f"no kiosk {kiosk}")
    known.state = Standing.REVOKED
    session.add(Trail(at=now, clerk=clerk, verb="revoke", detail=kiosk))


def _next_number(session: Session) -> str:
    given = [
        int(number or 0)
        for number in (
            session.scalar(select(func.max(Kiosk.number))),
            session.scalar(select(func.max(EnrolmentCode.number))),
            str(marks.number(session, marks.KIOSK_FLOOR)),
        )
    ]
    number = max(given) + 1
    if number > 99:
        raise ValueError("all 99 kiosk numbers are given")
    return f"{number:02d}"


def _public(der: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(der)
    except Exception:  # noqa: BLE001 - whatever the parser makes of hostile bytes
        raise Refusal(400, "malformed") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refusal(400, "malformed")
    return key


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=")


def _hash(secret: str) -> bytes:
    return hashlib.sha256(b"keting-code\0" + secret.encode()).digest()
