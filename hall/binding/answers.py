"""What a kiosk asks about the code that it shows: is this its number, and yes, this phone."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy.orm import Session

from hall.binding import bindings, messages, tries
from hall.binding.models import BindTry
from hall.binding.secret import hashed
from hall.binding.tries import Numbers, State, Why
from hall.models import Kiosk, Trail

WRONG: Final = 2
"""Wrong numbers that make a code void."""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to a number that was typed."""

    state: Literal["waiting", "wrong", "matched", "void"]
    why: str = ""
    shown: str = field(default="", repr=False)
    phone: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Vouch:
    """The number is right; now the channel has to say whose phone it is, which takes its time."""

    bind: str
    account: str
    channel: str
    openid: str = field(repr=False)
    consent: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The answer to the kiosk's yes. ``counts_from`` is None where no phone was bound, but proved or refused."""

    done: bool
    why: str = ""
    counts_from: int | None = None


def phone_of(one: BindTry) -> bytes:
    """What stands for exactly this phone in exactly this try."""
    named = f"{one.id}\0{one.channel}\0{one.openid}"
    return hashlib.sha256(b"keting-phone\0" + named.encode()).digest()


def number(session: Session, numbers: Numbers, kiosk: Kiosk, bind: str, digits: str, now: int) -> Match | Vouch:
    """What the digits typed at ``kiosk`` are worth; empty ones only ask how it stands."""
    one = _own(session, kiosk, bind, now)
    if isinstance(one, Why):
        return Match("void", one)
    if tries.over(session, one, now):
        return Match("void", one.why or Why.REPLAYED)
    if one.state == State.OPEN:
        return Match("waiting", Why.NOT_SCANNED)
    if not digits:
        return _matched(one) if one.state == State.MATCHED else Match("waiting")
    if one.state == State.SCANNED and not tries.shows_number(one):
        return Match("waiting")
    if not hmac.compare_digest(digits, numbers.of(one)):
        one.tries += 1
        if one.tries < WRONG:
            return Match("wrong", Why.WRONG_NUMBER)
        tries.fall(session, one, Why.WRONG_NUMBER, now)
        return Match("void", one.why)
    if one.state == State.MATCHED:
        return _matched(one)
    if one.purpose == "prove":
        if not tries.proves(session, one, now):
            return Match("void", one.why)
        one.state = State.MATCHED
        return _matched(one)
    assert one.channel is not None
    assert one.openid is not None
    assert one.consent is not None
    wanted = Vouch(one.id, one.account, one.channel, one.openid, one.consent)
    one.consent = None  # good once
    return wanted


def vouched(session: Session, bind: str, held: bool, now: int) -> Match:
    """The channel has answered: the holder's phone, or not."""
    one = session.get_one(BindTry, bind)
    if tries.over(session, one, now):
        return Match("void", one.why)
    one.vouched = held
    if not held:
        tries.fall(session, one, Why.ANOTHER_NAME, now)
        return Match("void", one.why)
    one.state = State.MATCHED
    return _matched(one)


def unanswered(session: Session, wanted: Vouch) -> None:
    """The channel did not answer: the number may be typed again."""
    one = session.get_one(BindTry, wanted.bind)
    if one.state == State.SCANNED:
        one.consent = wanted.consent


def confirm(session: Session, kiosk: Kiosk, bind: str, nonce: bytes, phone: bytes, now: int) -> Confirmed:
    """The kiosk's yes to this phone in this visit: done, once, or void."""
    one = _own(session, kiosk, bind, now)
    if isinstance(one, Why):
        return Confirmed(False, one)
    why = _against(session, one, nonce, phone, now)
    if why is None:
        return _done(session, one, kiosk, now)
    if one.state != State.VOID or why != one.why:
        tries.fall(session, one, why, now)
    return Confirmed(False, why)


def _against(session: Session, one: BindTry, nonce: bytes, phone: bytes, now: int) -> Why | None:
    """What speaks against a yes; None where nothing does."""
    if tries.over(session, one, now):
        return Why.REPLAYED if one.state == State.DONE else Why(one.why)
    if not hmac.compare_digest(one.nonce, hashed("visit", nonce)):
        return Why.REPLAYED
    if one.state != State.MATCHED:
        return Why.NOT_SCANNED if one.state == State.OPEN else Why.WRONG_NUMBER
    if not hmac.compare_digest(phone, phone_of(one)):
        return Why.ANOTHER_PHONE
    if one.purpose == "bind" and one.vouched is not True:
        return Why.ANOTHER_NAME
    return None


def _done(session: Session, one: BindTry, kiosk: Kiosk, now: int) -> Confirmed:
    if one.purpose == "prove":
        if not tries.proves(session, one, now):
            return Confirmed(False, one.why)
        _proved(session, one, kiosk, now)
        counts_from = None
    else:
        account = tries.account_of(one)
        assert account is not None
        bound = bindings.bind(session, one.account, account, now, kiosk.number)
        if bound is None:
            tries.fall(session, one, Why.ANOTHER_NAME, now)
            return Confirmed(False, one.why)
        one.binding, counts_from = bound.id, bound.counts_from
    one.state = State.DONE
    tries.close(one, now)
    return Confirmed(True, counts_from=counts_from)


def _proved(session: Session, one: BindTry, kiosk: Kiosk, now: int) -> None:
    """The phone is told what it was used for: whoever was talked into it reads it on their own phone, and can unbind.

    It leads to the person's own page and no further: an objection ends a phone that was bound by somebody else.
    """
    phone = tries.account_of(one)
    used = bindings.of_phone(session, phone) if phone is not None else None
    assert used is not None
    messages.put(session, used, "proved", now, kiosk.number)
    session.add(Trail(at=now, verb="phone_proved", detail=f"{one.channel} {kiosk.id}"))


def _own(session: Session, kiosk: Kiosk, bind: str, now: int) -> BindTry | Why:
    """The try ``bind`` if this kiosk began it. Whoever else knows its name must not: then it is void."""
    one = session.get(BindTry, bind)
    if one is None:
        tries.record(session, now, f"{kiosk.id} asks for a code that is not there")
        return Why.EXPIRED
    if (one.kiosk, one.epoch) != (kiosk.id, kiosk.epoch):
        tries.fall(session, one, Why.ANOTHER_KIOSK, now)
        return Why.ANOTHER_KIOSK
    return one


def _matched(one: BindTry) -> Match:
    return Match("matched", shown=one.shown, phone=phone_of(one))
