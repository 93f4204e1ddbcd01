"""A browser's way to a channel and back: what it was sent for, and that it is the same browser that returns."""

from __future__ import annotations

import hmac
import secrets
from typing import Final, Literal, NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from hall.binding.secret import hashed, token
from hall.phone.models import PhoneDoor

COOKIE: Final = "__Host-way"
LIFE_MS: Final = 10 * 60_000

Step = Literal["account", "consent"]


class Opened(NamedTuple):
    """A door, the cookie that opens it, and what the channel has to bring back."""

    door: PhoneDoor
    cookie: str
    state: str


def fresh(session: Session, channel: str, now: int, *, bind: str | None = None, back: str = "") -> Opened:
    """A door for a browser that has none, to be added to ``session``; what is over is swept away."""
    session.execute(delete(PhoneDoor).where(PhoneDoor.until <= now))
    cookie, state = secrets.token_urlsafe(32), token()
    door = PhoneDoor(
        token=hashed("way", cookie),
        state=hashed("state", state),
        step="account",
        channel=channel,
        bind=bind,
        back=back,
        csrf=secrets.token_urlsafe(32),
        until=now + LIFE_MS,
    )
    return Opened(door, cookie, state)


def of(session: Session, cookie: str, now: int) -> PhoneDoor | None:
    """The door that this browser holds."""
    door = session.get(PhoneDoor, hashed("way", cookie)) if cookie else None
    return door if door is not None and now < door.until else None


def sent(door: PhoneDoor, step: Step) -> str:
    """The ``state`` for one more way to the channel, for ``step``."""
    state = token()
    door.state, door.step = hashed("state", state), step
    return state


def holds(door: PhoneDoor, state: str) -> bool:
    """Whether the browser comes back with what it was sent with."""
    return door.state is not None and hmac.compare_digest(door.state, hashed("state", state))


def returned(door: PhoneDoor, state: str) -> bool:
    """The same, once."""
    held = holds(door, state)
    if held:
        door.state = None
    return held
