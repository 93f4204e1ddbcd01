"""Keys of kiosks: proven, given a name, published before they first sign, and cut off when a kiosk is stolen."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from certificates.cbor import Malformed
from certificates.documents import CUT, TYPES
from certificates.index import CUTS
from certificates.keys import from_point
from hall.certificates.models import CertificateCopy, CertificateCut, CertificateKey
from hall.certificates.wire import KeyWish
from hall.models import Kiosk, Trail
from hall.refusal import Refusal

LIFE_S: Final = 30 * 86_400
"""Seconds for which a key signs."""

MOST: Final = 8
"""Keys that one kiosk may be given within the life of one.

An honest kiosk asks for two, and for one more each time that it loses its keys or has them cut off. A shard has
room for 1,100: a kiosk that asks for all it can get needs more than ten years to fill it.
"""

KNOWN: Final = (TYPES[CUT].limit - 1_024) // 34
"""Papers of a key that its cut list has room for, 34 bytes each: some 2,000 for every day of the key."""

_PROOF: Final = b"keting-certificate-key\0"


class NoRoom(ValueError):
    """More keys to cut off than an index can name. None of them was."""


def register(session: Session, kiosk: Kiosk, wish: KeyWish, now: int) -> CertificateKey:
    """The key of ``wish`` with its name and its time; the same again where it is known.

    Raises ``Refusal``: 400 for what is no key, 403 ``code`` for a proof that does not hold, 403 ``revoked`` for
    a key that was cut off or is another kiosk's, 503 for too many.
    """
    _proven(kiosk, wish)
    known = session.scalar(select(CertificateKey).where(CertificateKey.point == wish.key))
    if known is not None:
        if known.kiosk != kiosk.id or session.get(CertificateCut, known.kid) is not None:
            raise Refusal(403, "revoked")
        return known
    made = session.scalar(
        select(func.count()).where(CertificateKey.kiosk == kiosk.id, CertificateKey.made > now - LIFE_S * 1000)
    )
    if (made or 0) >= MOST:
        raise Refusal(503, "exhausted", retry_after=86_400)
    nbf = now // 1000
    key = CertificateKey(
        kid=_fresh_kid(session, kiosk.id),
        kiosk=kiosk.id,
        epoch=kiosk.epoch,
        point=wish.key,
        nbf=nbf,
        exp=nbf + LIFE_S,
        made=now,
    )
    session.add(key)
    session.add(Trail(at=now, verb="certificate_key", detail=f"{kiosk.id} {key.kid.hex()}"))
    return key


def cut(session: Session, kiosk: str, clerk: str | None, now: int) -> list[bytes]:
    """Cut off every key that ``kiosk`` ever had: from now on only papers that have arrived are good.

    Also those whose time is over: who kept one can date a paper back into it. Of a key that signed more than a list
    can name, the ``KNOWN`` papers that arrived first stay good: nobody escapes by flooding the hall. Answers the
    kids; the caller publishes. Raises ``LookupError`` for a kiosk that is not there, ``NoRoom``.
    """
    if session.get(Kiosk, kiosk) is None:
        raise LookupError(f"no kiosk {kiosk}")
    seconds = now // 1000
    gone = select(CertificateCut.kid)
    kids = session.scalars(
        select(CertificateKey.kid).where(CertificateKey.kiosk == kiosk, CertificateKey.kid.not_in(gone))
    ).all()
    room = CUTS - (session.scalar(select(func.count()).select_from(CertificateCut)) or 0)
    if len(kids) > room:
        raise NoRoom(f"{len(kids)} certificate keys of {kiosk} are not cut off: verifiers take {max(room, 0)} more")
    for kid in kids:
        session.add(CertificateCut(kid=kid, at=seconds, known=b"".join(sorted(_stay_good(session, kid)))))
        session.add(Trail(at=now, clerk=clerk, verb="cut", detail=f"{kiosk} {kid.hex()}"))
    return list(kids)


def _stay_good(session: Session, kid: bytes) -> Sequence[bytes]:
    """The papers of a key that arrived in time; those that find no room are as good as late."""
    copy = CertificateCopy
    first = select(copy.digest).where(copy.kid == kid).order_by(copy.arrived, copy.digest)
    session.execute(update(copy).where(copy.digest.in_(first.offset(KNOWN))).values(late=True))
    return session.scalars(first.limit(KNOWN)).all()


def _proven(kiosk: Kiosk, wish: KeyWish) -> None:
    r, s = int.from_bytes(wish.proof[:32]), int.from_bytes(wish.proof[32:])
    said = _PROOF + kiosk.id.encode() + b"\0" + str(kiosk.epoch).encode() + wish.key
    try:
        from_point(wish.key).verify(encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))
    except Malformed:
        raise Refusal(400, "malformed") from None
    except InvalidSignature:
        raise Refusal(403, "code") from None


def _fresh_kid(session: Session, kiosk: str) -> bytes:
    """Four bytes that no key ever had; a kiosk's keys share the first, and so the shard."""
    first = hashlib.sha256(kiosk.encode()).digest()[:1]
    while True:
        kid = first + secrets.token_bytes(3)
        if session.get(CertificateKey, kid) is None:
            return kid
