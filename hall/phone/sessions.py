"""A phone's sign-in: begun when its channel said whose it is, found again, ended.

The browser holds a random token, the hall only its hash. A sign-in lives no longer than the binding that it stands on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from hall.binding.models import Binding
from hall.binding.secret import hashed
from hall.phone.models import PhoneSession
from hall.store import Store

COOKIE: Final = "__Host-phone"

IDLE_MS: Final = 30 * 60_000
"""A sign-in that nobody used for so long is over."""
LONGEST_MS: Final = 12 * 3_600_000
"""And no one is longer, used or not."""

_COARSE_MS: Final = 60_000
"""Use is written down at most this often."""


@dataclass(frozen=True, slots=True)
class SignedPhone:
    """Whose phone it is, for as long as this answer is being made."""

    account: str
    channel: str
    openid: str = field(repr=False)
    shown: str = field(repr=False)
    csrf: str = field(repr=False)
    """What every form of this sign-in carries."""
    binding: str
    token: bytes = field(repr=False)
    """The hash, as stored."""


def begin(session: Session, binding: Binding, now: int) -> str:
    """A new token for the phone of ``binding``, which counts; what is over is swept away."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(PhoneSession).where((PhoneSession.expires <= now) | (PhoneSession.ends <= now)))
    session.add(
        PhoneSession(
            token=hashed("phone", token),
            binding=binding.id,
            csrf=secrets.token_urlsafe(32),
            expires=now + IDLE_MS,
            ends=now + LONGEST_MS,
        )
    )
    return token


def find(store: Store, token: str, now: int) -> SignedPhone | None:
    """Whose phone signed in with ``token``; None where it is unknown or over, or the phone is not bound any more."""
    with store.reading() as session:
        phone = holding(session, token, now)
        if phone is None:
            return None
        moved = now + IDLE_MS - session.get_one(PhoneSession, phone.token).expires
    if moved >= _COARSE_MS:
        with store.writing() as session:
            again = session.get(PhoneSession, phone.token)
            if again is not None:
                again.expires = now + IDLE_MS
    return phone


def holding(session: Session, token: str, now: int) -> SignedPhone | None:
    """The same within a transaction of the caller's; it is no use of the sign-in."""
    found = session.get(PhoneSession, hashed("phone", token))
    if found is None or now >= min(found.expires, found.ends):
        return None
    binding = session.get_one(Binding, found.binding)
    if binding.ended is not None or binding.openid is None or now < binding.counts_from:
        return None
    return SignedPhone(
        account=binding.account,
        channel=binding.channel,
        openid=binding.openid,
        shown=binding.shown,
        csrf=found.csrf,
        binding=binding.id,
        token=found.token,
    )


def end(session: Session, phone: SignedPhone) -> None:
    session.execute(delete(PhoneSession).where(PhoneSession.token == phone.token))
