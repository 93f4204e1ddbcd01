"""A code on a kiosk's screen: made, scanned, and void the moment anything is not as it should be."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.binding import bindings
from hall.binding.models import BindTry
from hall.binding.secret import hashed, token
from hall.channels import PhoneAccount
from hall.models import Kiosk, Trail

LIFE_MS: Final = 120_000
RECORDED_PER_SECOND: Final = 0.2
"""Requests from one address that are refused and go into the trail; more are refused without a row."""
KEPT_MS: Final = 30 * 24 * 3_600_000
"""For which it is remembered that there was one, and what became of it."""

Purpose = Literal["bind", "prove"]


class State(StrEnum):
    OPEN = "open"
    SCANNED = "scanned"
    MATCHED = "matched"
    DONE = "done"
    VOID = "void"


LIVE: Final = (State.OPEN, State.SCANNED, State.MATCHED)


class Why(StrEnum):
    """Why a code, or what was asked about it, is good for nothing (docs/sync.md)."""

    EXPIRED = "expired"
    SECOND_SCAN = "second-scan"
    WRONG_NUMBER = "wrong-number"
    ANOTHER_NAME = "another-name"
    ANOTHER_PHONE = "another-phone"
    ANOTHER_KIOSK = "another-kiosk"
    NOT_BOUND = "not-bound"
    REFUSED = "refused"
    REPLAYED = "replayed"
    NOT_SCANNED = "not-scanned"


class Begun(NamedTuple):
    """A fresh try, and what its code says, which nobody keeps."""

    one: BindTry
    token: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The four digits that a phone shows. They are kept nowhere: whoever holds this key makes them again."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def of(self, one: BindTry) -> str:
        """Those of this try on this phone."""
        made = hmac.digest(self.key, one.id.encode() + b"\0" + (one.door or b""), "sha256")
        return f"{int.from_bytes(made) % 10_000:04d}"


def begin(session: Session, kiosk: Kiosk, account: str, purpose: Purpose, nonce: bytes, now: int) -> Begun:
    """A code for the person whose document lies at ``kiosk``. An earlier one of this kiosk is void."""
    for old in session.scalars(select(BindTry).where(BindTry.kiosk == kiosk.id, BindTry.state.in_(LIVE))):
        fall(session, old, Why.EXPIRED, now)
    secret = token()
    one = BindTry(
        id=token(),
        purpose=purpose,
        account=account,
        kiosk=kiosk.id,
        epoch=kiosk.epoch,
        nonce=hashed("visit", nonce),
        token=hashed("bind", secret),
        state=State.OPEN,
        began=now,
        until=now + LIFE_MS,
        tries=0,
    )
    session.add(one)
    return Begun(one, secret)


def sweep(session: Session, now: int) -> None:
    """A code whose time is over is void though nobody asks for it, and one of thirty days ago is forgotten."""
    for old in session.scalars(select(BindTry).where(BindTry.state.in_(LIVE), BindTry.until <= now)):
        fall(session, old, Why.EXPIRED, now)
    session.execute(delete(BindTry).where(BindTry.began < now - KEPT_MS))


def of_token(session: Session, secret: str) -> BindTry | None:
    """The try whose code says ``secret``."""
    return session.scalar(select(BindTry).where(BindTry.token == hashed("bind", secret)))


def scanned(session: Session, one: BindTry, door: bytes, now: int) -> bool:
    """A phone has read the code; True where it is the first. A second one makes it void for both."""
    if one.door is not None and one.door != door:
        fall(session, one, Why.SECOND_SCAN, now)
        return False
    if over(session, one, now) or one.door is not None:
        return False
    one.state, one.door = State.SCANNED, door
    return True


def arrived(session: Session, one: BindTry, phone: PhoneAccount, now: int) -> None:
    """The phone that scanned it said which account it is. Saying so again, as another, makes it void."""
    if over(session, one, now):
        return
    if one.state != State.SCANNED or one.openid is not None:
        fall(session, one, Why.ANOTHER_PHONE, now)
        return
    one.channel, one.openid, one.shown = phone.channel, phone.openid, phone.shown
    if one.purpose == "prove":
        proves(session, one, now)


def consented(session: Session, one: BindTry, code: str, now: int) -> None:
    """The phone's owner lets the channel compare name and number, once, by ``code``."""
    if not over(session, one, now) and one.state == State.SCANNED and one.openid is not None and one.vouched is None:
        one.consent = code


def proves(session: Session, one: BindTry, now: int) -> bool:
    """Whether the phone of a ``prove`` is one of the account's, today; otherwise the try is void."""
    phone = account_of(one)
    if phone is not None and bindings.counts(session, one.account, phone, now):
        return True
    fall(session, one, Why.NOT_BOUND, now)
    return False


def account_of(one: BindTry) -> PhoneAccount | None:
    """The phone's account; None before it said so, and when all is over."""
    if one.channel is None or one.openid is None:
        return None
    return PhoneAccount(one.channel, one.openid, one.shown)


def shows_number(one: BindTry) -> bool:
    """Whether the phone came so far that its number may be typed."""
    return one.state == State.SCANNED and one.openid is not None and (one.purpose == "prove" or one.consent is not None)


def over(session: Session, one: BindTry, now: int) -> bool:
    """Whether nothing can be done with it any more."""
    if one.state in LIVE and now >= one.until:
        fall(session, one, Why.EXPIRED, now)
    return one.state not in LIVE


def fall(session: Session, one: BindTry, why: Why, now: int) -> None:
    """Void, for this reason; what is over already stays what it is. Either way the trail has it."""
    if one.state in LIVE:
        one.state, one.why = State.VOID, why
        close(one, now)
    record(session, now, f"{one.kiosk} {one.purpose} {why}")


def close(one: BindTry, now: int) -> None:
    """It is over, at ``now``: nothing of the phone stays in it."""
    one.ended, one.openid, one.shown, one.consent = now, None, "", None


def record(session: Session, now: int, detail: str) -> None:
    """A try that failed, in the trail; ``detail`` names no person."""
    session.add(Trail(at=now, verb="bind_refused", detail=detail))
