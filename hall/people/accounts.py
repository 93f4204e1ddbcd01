"""Accounts, found by who a document says lies there."""

from __future__ import annotations

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.people.models import Account
from hall.state import Hall
from hall.wire import Who


def subject(key: bytes, identity: str) -> bytes:
    """The name of a person in the database: without the hall's people key it is nobody's."""
    return hmac.digest(key, b"subject\0" + identity.encode(), "sha256")


def find(session: Session, hall: Hall, who: Who) -> Account | None:
    """The open account of whoever the document names; None where there is none. The caller leaves the trail."""
    return session.scalar(select(Account).where(Account.subject == subject(hall.keys.people, who.identity)))


def of_number(session: Session, hall: Hall, number: str) -> Account | None:
    """The open account of the person with this number of 18 characters."""
    return session.scalar(select(Account).where(Account.subject == subject(hall.keys.people, number)))
