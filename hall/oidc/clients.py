"""Departments that may sign people in: registered by an operator, known by a secret, shut out at once."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.models import Trail
from hall.oidc.models import DepartmentClient, DepartmentCode, DepartmentToken
from hall.oidc.scopes import OPENID, ordered

_ID: Final = re.compile(r"[a-z][a-z0-9-]{2,31}")
_REDIRECT: Final = re.compile(r"https://[a-z0-9.-]+(?::[0-9]{1,5})?/[A-Za-z0-9/._~-]*")
LONGEST_REDIRECT: Final = 200
_REDIRECTS: Final = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a person reads of a department before anything is handed over."""

    name_zh: str
    name_en: str
    purpose_zh: str
    purpose_en: str

    def checked(self) -> Said:
        """Raises ``ValueError`` where a text is missing, too long for the page, or not to be shown."""
        for text, longest in ((self.name_zh, 40), (self.name_en, 80), (self.purpose_zh, 80), (self.purpose_en, 160)):
            if not 1 <= len(text) <= longest or not text.isprintable():
                raise ValueError(f"a name has 1 to 40 (English 80), a purpose 1 to 80 (160) characters: {text!r}")
        return self


def add(session: Session, id: str, said: Said, redirects: Sequence[str], scopes: Sequence[str], now: int) -> str:
    """Register a department; its secret, which is nowhere else from now on. Raises ``ValueError``.

    A redirect address is https, has a path, and neither user, query nor fragment.
    """
    if not _ID.fullmatch(id):
        raise ValueError("an id has 3 to 32 letters a-z, digits and hyphens, a letter first")
    if session.get(DepartmentClient, id) is not None:
        raise ValueError(f"{id} is registered; an id that was revoked is not used again")
    if not 1 <= len(redirects) <= _REDIRECTS:
        raise ValueError(f"a department has 1 to {_REDIRECTS} redirect addresses")
    for address in redirects:
        if not _good(address):
            raise ValueError(f"not an https address with a path and nothing behind it: {address!r}")
    secret = secrets.token_urlsafe(32)
    known = said.checked()
    session.add(
        DepartmentClient(
            id=id,
            name_zh=known.name_zh,
            name_en=known.name_en,
            purpose_zh=known.purpose_zh,
            purpose_en=known.purpose_en,
            secret=hashed(secret),
            redirects=list(redirects),
            scopes=ordered([OPENID, *scopes]),
            added=now,
        )
    )
    session.add(Trail(at=now, clerk=None, verb="department_add", detail=id))
    return secret


def find(session: Session, id: str) -> DepartmentClient | None:
    """The department with this id, unless it is shut out."""
    client = session.get(DepartmentClient, id) if _ID.fullmatch(id) else None
    return client if client is not None and client.revoked is None else None


def admit(session: Session, id: str, secret: str) -> DepartmentClient | None:
    """The department, if the secret is its own. A secret is 256 random bits, so a plain hash keeps it."""
    client = find(session, id)
    right = hmac.compare_digest(hashed(secret), client.secret if client else bytes(32))
    return client if right else None


def revoke(session: Session, id: str, now: int) -> None:
    """Shut a department out, and take back what it holds. Raises ``LookupError`` where there is none."""
    client = session.get(DepartmentClient, id)
    if client is None:
        raise LookupError(f"no department {id}")
    if client.revoked is None:
        client.revoked = now
        session.add(Trail(at=now, clerk=None, verb="department_revoke", detail=id))
    session.execute(delete(DepartmentToken).where(DepartmentToken.client == id))
    session.execute(delete(DepartmentCode).where(DepartmentCode.client == id))


def every(session: Session) -> Sequence[DepartmentClient]:
    """All that were ever registered, the oldest first."""
    return session.scalars(select(DepartmentClient).order_by(DepartmentClient.added, DepartmentClient.id)).all()


def hashed(secret: str) -> bytes:
    """What is stored of a secret, a code or a token."""
    return hashlib.sha256(secret.encode()).digest()


def _good(address: str) -> bool:
    if len(address) > LONGEST_REDIRECT or not _REDIRECT.fullmatch(address):
        return False
    try:
        port = urlsplit(address).port
    except ValueError:
        return False
    return port is None or 1 <= port <= 65535
