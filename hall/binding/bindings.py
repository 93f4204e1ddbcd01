"""The phones of an account: bound, shown, unbound."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from hall.binding import messages
from hall.binding.models import Binding
from hall.binding.secret import SHORT, hashed, token
from hall.channels import PhoneAccount
from hall.models import Trail
from hall.oidc.models import DepartmentCode, DepartmentToken
from hall.phone.models import PhoneSession

Ended = Literal["kiosk", "phone", "objected", "closed"]

DAY_MS: Final = 24 * 3_600_000
WAIT_MS: Final = DAY_MS
"""For which a phone that is not the first proves nothing, so that whoever had one before it can object."""
REMEMBERED_MS: Final = 30 * DAY_MS
"""For which a phone that was unbound is one that was there before."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A bound phone as its owner is shown it. Times are milliseconds since 1970."""

    channel: str
    shown: str = field(repr=False)
    """The phone's account, masked."""
    since: int
    counts_from: int
    """Before this moment it proves nothing."""


def of(session: Session, account: str) -> list[Channel]:
    """The channels of an account that are bound now, the newest first."""
    return [Channel(each.channel, each.shown, each.since, each.counts_from) for each in live(session, account)]


def live(session: Session, account: str, channel: str = "") -> list[Binding]:
    """The bindings of an account that have not ended, the newest first; only those of ``channel`` where it is named."""
    wanted = select(Binding).where(Binding.account == account, Binding.ended.is_(None))
    if channel:
        wanted = wanted.where(Binding.channel == channel)
    return list(session.scalars(wanted.order_by(Binding.since.desc(), Binding.id)))


def of_phone(session: Session, phone: PhoneAccount) -> Binding | None:
    """The binding of a phone's account, whether it counts yet or not."""
    return session.scalar(
        select(Binding).where(Binding.channel == phone.channel, Binding.openid == phone.openid, Binding.ended.is_(None))
    )


def counts(session: Session, account: str, phone: PhoneAccount, now: int) -> bool:
    """Whether this phone proves today that it is the account's."""
    found = of_phone(session, phone)
    return found is not None and found.account == account and found.counts_from <= now


def bind(session: Session, account: str, phone: PhoneAccount, now: int, number: str) -> Binding | None:
    """The phone belongs to the account from now on; ``number`` is that of the kiosk where it was bound.

    None where it belongs to another account. A phone that is bound to this one already stays as it is.
    Those who are there before, or were within thirty days, are told, and can object by the link of their message.
    """
    found = of_phone(session, phone)
    if found is not None:
        return found if found.account == account else None
    before = _before(session, account, phone, now)
    secret = token()
    fresh = Binding(
        id=token(SHORT),
        account=account,
        channel=phone.channel,
        openid=phone.openid,
        shown=phone.shown,
        since=now,
        counts_from=now + WAIT_MS if live(session, account) or _lately(session, account, now) else now,
        objection=hashed("objection", secret),
    )
    session.add(fresh)
    link = messages.OBJECTION + secret
    messages.put(session, fresh, "bound", now, number, link)
    for old in before:
        messages.put(session, old, "rebound", now, number, link)
    session.add(Trail(at=now, verb="bind", detail=f"{fresh.channel} kiosk {number}"))
    return fresh


def end(session: Session, binding: Binding, why: Ended, now: int, number: str = "") -> None:
    """Unbind: the phone proves nothing from now on, is signed out, and is told. Once is enough.

    What departments were given by its sign-ins, codes and tokens, is good for nothing either.
    """
    if binding.ended is not None:
        return
    binding.ended, binding.why = now, why
    for kind in (PhoneSession, DepartmentCode, DepartmentToken):
        session.execute(delete(kind).where(kind.binding == binding.id))
    messages.put(session, binding, "unbound", now, number)
    session.add(Trail(at=now, verb="unbind", detail=f"{binding.channel} {why}"))


def end_all(session: Session, account: str, at: int) -> None:
    """Unbind every channel of an account that is closed at ``at``."""
    for each in live(session, account):
        end(session, each, "closed", at)


def objected_by(session: Session, secret: str, now: int) -> Binding | None:
    """The binding that the link with ``secret`` can stop; None where there is none, or it is thirty days old."""
    found = session.scalar(select(Binding).where(Binding.objection == hashed("objection", secret)))
    return found if found is not None and now < found.since + REMEMBERED_MS else None


def call(session: Session, account: str, number: str, counter: str, now: int) -> None:
    """Tell the phones of an account that count that its ticket ``number`` is called to ``counter``."""
    short = len(counter) <= messages.COUNTER
    for each in live(session, account):
        if each.counts_from <= now and short:
            messages.put(session, each, "called", now, number, counter=counter)
        elif each.counts_from <= now:
            messages.put(session, each, "called-look", now, number)


def forget(session: Session, now: int) -> None:
    """Of phones that were unbound thirty days ago nothing stays but that there was one."""
    session.execute(
        update(Binding)
        .where(Binding.ended < now - REMEMBERED_MS, or_(Binding.openid.is_not(None), Binding.shown != ""))
        .values(openid=None, shown="")
    )


def _before(session: Session, account: str, phone: PhoneAccount, now: int) -> list[Binding]:
    """One binding for each other phone that is the account's, or was within thirty days, the newest first.

    A phone that somebody objected to was never the person's, and one that is another account's by now is left alone.
    """
    wanted = select(Binding).where(
        Binding.account == account,
        Binding.openid.is_not(None),
        or_(Binding.ended.is_(None), Binding.ended > now - REMEMBERED_MS),
        Binding.why != "objected",
    )
    found: dict[PhoneAccount, Binding] = {}
    for each in session.scalars(wanted.order_by(Binding.since.desc(), Binding.id)):
        assert each.openid is not None
        known = PhoneAccount(each.channel, each.openid, "")
        elsewhere = of_phone(session, known)
        if (known.channel, known.openid) != (phone.channel, phone.openid) and (
            elsewhere is None or elsewhere.account == account
        ):
            found.setdefault(known, each)
    return list(found.values())


def _lately(session: Session, account: str, now: int) -> bool:
    """Whether the account had a phone within thirty days."""
    return (
        session.scalar(
            select(Binding.id).where(Binding.account == account, Binding.ended > now - REMEMBERED_MS).limit(1)
        )
        is not None
    )
