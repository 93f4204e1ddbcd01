"""Codes and tokens: made once, presented once, gone soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from hall.oidc.clients import hashed
from hall.oidc.models import DepartmentCode, DepartmentToken

CODE_MS: Final = 60_000
TOKEN_S: Final = 300

_KEPT_MS: Final = 2 * TOKEN_S * 1000
"""A code is remembered until nothing that came of it can be good any more, so that a second use is known as one."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Who hands what to whom."""

    client: str
    account: str
    binding: str
    """The phone by which the person is signed in."""
    scopes: Sequence[str]
    level: str


def give_code(
    session: Session, code: str, handing: Handing, redirect: str, nonce: str, challenge: str, now: int
) -> None:
    """Keep a new code for its minute; what is over is swept away."""
    session.execute(delete(DepartmentCode).where(DepartmentCode.expires < now - _KEPT_MS))
    session.execute(delete(DepartmentToken).where(DepartmentToken.expires < now))
    session.add(
        DepartmentCode(
            hash=hashed(code),
            client=handing.client,
            account=handing.account,
            binding=handing.binding,
            redirect=redirect,
            scopes=list(handing.scopes),
            nonce=nonce,
            challenge=challenge,
            level=handing.level,
            expires=now + CODE_MS,
        )
    )


def present(session: Session, code: str, client: str, now: int) -> DepartmentCode | None:
    """The code, if it is ``client``'s and this is the first time that anybody presents it, in time.

    Presenting it uses it up, rightly or not. A second time somebody else has it:
    whatever came of it is taken back.
    """
    row = session.get(DepartmentCode, hashed(code))
    if row is None:
        return None
    if row.used is not None:
        session.execute(delete(DepartmentToken).where(DepartmentToken.code == row.hash))
        return None
    row.used = now
    return row if row.client == client and now < row.expires else None


def give_token(session: Session, token: str, code: DepartmentCode, now: int) -> None:
    session.add(
        DepartmentToken(
            hash=hashed(token),
            code=code.hash,
            client=code.client,
            account=code.account,
            binding=code.binding,
            scopes=list(code.scopes),
            level=code.level,
            expires=now + TOKEN_S * 1000,
        )
    )


def holding(session: Session, token: str, now: int) -> DepartmentToken | None:
    """What ``token`` is good for now."""
    row = session.get(DepartmentToken, hashed(token))
    return row if row is not None and now < row.expires else None
