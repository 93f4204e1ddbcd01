"""Sign-ins: begun, found again, ended. The browser holds a random token, the hall only its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from hall.models import Clerk, Role, StaffSession
from hall.store import Store

IDLE_MS: Final = 30 * 60_000
"""A sign-in that nobody used for so long is over."""

LONGEST_MS: Final = 12 * 3_600_000
"""No sign-in is longer than a working day, used or not."""

_COARSE_MS: Final = 60_000
"""Use is written down at most this often."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the page."""

    name: str
    role: Role
    counter: str
    csrf: str
    token: bytes
    """The hash, as stored."""

    @property
    def supervises(self) -> bool:
        return self.role in (Role.SUPERVISOR, Role.ADMIN)

    @property
    def shown(self) -> str:
        """The name as the page greets with it: 陈* for a Chinese name, as it is for others."""
        return self.name[0] + "*" if "\u3400" <= self.name[0] <= "\u9fff" else self.name


def begin(session: Session, name: str, now: int) -> str:
    """A new token for ``name``; what is over is swept away."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(StaffSession).where((StaffSession.expires <= now) | (StaffSession.ends <= now)))
    session.add(
        StaffSession(
            token=_hash(token), clerk=name, csrf=secrets.token_urlsafe(32), expires=now + IDLE_MS, ends=now + LONGEST_MS
        )
    )
    return token


def find(store: Store, token: str, now: int, used: bool = True) -> SignedIn | None:
    """Who signed in with ``token``; None where it is unknown or over.

    ``used`` is False for what a page asks by itself: an empty chair does not keep a sign-in alive.
    """
    with store.reading() as session:
        found = session.get(StaffSession, _hash(token))
        if found is None or now >= min(found.expires, found.ends):
            return None
        clerk = session.get_one(Clerk, found.clerk)
        person = SignedIn(clerk.name, clerk.role, clerk.counter, found.csrf, found.token)
        moved = now + IDLE_MS - found.expires
    if used and moved >= _COARSE_MS:
        with store.writing() as session:
            again = session.get(StaffSession, person.token)
            if again is not None:
                again.expires = now + IDLE_MS
    return person


def end(session: Session, person: SignedIn) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token == person.token))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
