"""What a person allowed a department to be handed; taken back as easily as it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.oidc.models import DepartmentClient, DepartmentCode, DepartmentConsent, DepartmentToken
from hall.oidc.scopes import ordered, written


@dataclass(frozen=True, slots=True)
class Allowed:
    """One department as my page lists it."""

    client: str
    name_zh: str
    name_en: str
    scopes: Sequence[str]
    """Everything that was ever allowed it and not taken back."""
    since: int
    """When it was first allowed something, ms."""


def covers(session: Session, account: str, client: str, scopes: Sequence[str]) -> bool:
    """Whether one yes of this person covers all of ``scopes``; several that do so together are none."""
    given = session.scalars(
        select(DepartmentConsent.scopes).where(DepartmentConsent.account == account, DepartmentConsent.client == client)
    )
    return any(set(scopes) <= set(one.split(" ")) for one in given)


def give(session: Session, account: str, client: str, scopes: Sequence[str], now: int) -> None:
    """Remember a yes; given again it keeps its first date."""
    key = {"account": account, "client": client, "scopes": written(scopes)}
    if session.get(DepartmentConsent, key) is None:
        session.add(DepartmentConsent(**key, at=now))


def of(session: Session, account: str) -> list[Allowed]:
    """The departments that this person allowed something, the first allowed first."""
    rows = session.execute(
        select(DepartmentConsent, DepartmentClient)
        .join(DepartmentClient, DepartmentClient.id == DepartmentConsent.client)
        .where(DepartmentConsent.account == account, DepartmentClient.revoked.is_(None))
        .order_by(DepartmentConsent.at, DepartmentConsent.client)
    ).all()
    found: dict[str, Allowed] = {}
    for consent, client in rows:
        before = found.get(client.id)
        scopes = ordered([*(before.scopes if before else ()), *consent.scopes.split(" ")])
        since = before.since if before else consent.at
        found[client.id] = Allowed(client.id, client.name_zh, client.name_en, scopes, since)
    return list(found.values())


def withdraw(session: Session, account: str, client: str) -> bool:
    """Take back all that was allowed ``client``, tokens and codes included; False where there was nothing."""
    taken = session.execute(
        delete(DepartmentConsent)
        .where(DepartmentConsent.account == account, DepartmentConsent.client == client)
        .returning(DepartmentConsent.scopes)
    ).all()
    for kind in (DepartmentToken, DepartmentCode):
        session.execute(delete(kind).where(kind.account == account, kind.client == client))
    return bool(taken)


def forget(session: Session, account: str) -> None:
    """Take back everything, from every department: for an account that is closed."""
    for kind in (DepartmentConsent, DepartmentToken, DepartmentCode):
        session.execute(delete(kind).where(kind.account == account))
