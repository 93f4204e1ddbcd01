"""Members of staff: their passwords, and who is let in."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from hall.models import Clerk, Role, SignInTry, Trail
from hall.store import Store
from hall.web.lockout import locked_for

NAME_LIMIT: Final = 64
PASSWORD_LIMIT: Final = 200
"""Characters; a longer password is refused before it costs anything."""

PASSWORD_LEAST: Final = 8

_FORGOTTEN_MS: Final = 86_400_000
_HASHER: Final = PasswordHasher()
"""Argon2id with the library's own parameters, those of RFC 9106, section 4, "low memory"."""

_ROOM: Final = BoundedSemaphore(2)
"""Hashes made at one time: each takes 64 MiB, and the queue must go on while somebody guesses."""

_NOBODY: Final = _HASHER.hash("nobody has this password")


class NotAdmitted(Exception):
    """Name or password is not right; which of them is not said."""


class Locked(NotAdmitted):
    """Too many wrong tries under this name; ``seconds`` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked for {seconds} s")
        self.seconds = seconds


class Busy(NotAdmitted):
    """Too many passwords are being looked at; this one was not."""


def add(session: Session, name: str, password: str, role: Role, counter: str = "1") -> Clerk:
    """A new member of staff. Raises ``ValueError`` for a name or a password of the wrong length."""
    if not 1 <= len(name) <= NAME_LIMIT or not name.isprintable():
        raise ValueError(f"a name has 1 to {NAME_LIMIT} characters that can be printed")
    clerk = Clerk(name=name, password_hash=hashed(password), role=role, counter=counter)
    session.add(clerk)
    return clerk


def hashed(password: str) -> str:
    """What is stored of ``password``. Raises ``ValueError`` for one of the wrong length."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_LIMIT:
        raise ValueError(f"a password has {PASSWORD_LEAST} to {PASSWORD_LIMIT} characters")
    return _HASHER.hash(password)


def admit(store: Store, name: str, password: str, now: int) -> None:
    """Return when ``name`` exists and ``password`` is theirs; else raise ``NotAdmitted``.

    A try is counted, durably, before it is looked at: tries made at the same
    moment count one by one, and a restart gives none back. A name that nobody
    has is counted, locked and timed like any other.
    """
    stored = _counted(store, name, now)
    if not _ROOM.acquire(timeout=5):
        raise Busy
    try:
        right = _matches(stored or _NOBODY, password[:PASSWORD_LIMIT]) and stored is not None
    finally:
        _ROOM.release()
    with store.writing() as session:
        if right:
            session.execute(delete(SignInTry).where(SignInTry.name == name))
        else:
            refused(session, name if stored else None, now, "wrong password" if stored else "unknown name")
    if not right:
        raise NotAdmitted


def refused(session: Session, name: str | None, now: int, why: str) -> None:
    """The trail's row for a refusal. A name that nobody has is not kept: it may be a password typed too early."""
    session.add(Trail(at=now, clerk=name, verb="refused", detail=why))


def _counted(store: Store, name: str, now: int) -> str | None:
    """Count one try of ``name``; its stored hash, None where nobody has it. Raises ``Locked``."""
    with store.writing() as session:
        session.execute(delete(SignInTry).where(SignInTry.until < now - _FORGOTTEN_MS, SignInTry.name != name))
        clerk = session.get(Clerk, name)
        tried = session.get(SignInTry, name) or SignInTry(name=name, tries=0, until=0)
        wait = tried.until - now
        if wait > 0:
            refused(session, clerk.name if clerk else None, now, "locked")
        else:
            tried.tries += 1
            tried.until = now + locked_for(tried.tries) * 1000
            session.add(tried)
    if wait > 0:
        raise Locked(-(-wait // 1000))
    return clerk.password_hash if clerk else None


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
