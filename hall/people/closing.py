"""A person gives their account up: what names them goes at once, a row without a person stays."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hall.binding import bindings, tries
from hall.binding.models import BindTry
from hall.certificates.models import Certificate
from hall.models import AppliedEvent
from hall.oidc import consents
from hall.people.models import Account, AccountConflict, AccountName
from hall.tickets import Ticket


def close(session: Session, account: Account, at: int) -> None:
    """Erase the person of ``account``, end its bindings and consents, let go of its tickets and certificates.

    A code on a screen that would bind a phone to it is void.
    """
    account.subject, account.sealed, account.masked, account.closed = None, None, "", at
    session.flush()
    session.execute(update(AccountName).where(AccountName.account == account.id).values(sealed=None))
    session.execute(
        update(AccountConflict)
        .where(AccountConflict.account == account.id, AccountConflict.settled.is_(None))
        .values(settled=at)
    )
    for table in (Ticket, Certificate):
        session.execute(update(table).where(table.account == account.id).values(account=None))
    for one in session.scalars(select(BindTry).where(BindTry.account == account.id, BindTry.state.in_(tries.LIVE))):
        tries.fall(session, one, tries.Why.EXPIRED, at)
    bindings.end_all(session, account.id, at)
    consents.forget(session, account.id)


def forget_events(session: Session, account: str) -> None:
    """Erase the bytes of the openings of a closed account; the hash of each stays in the chain of its kiosk."""
    openings = select(AccountName.kiosk, AccountName.epoch, AccountName.seq).where(AccountName.account == account)
    for kiosk, epoch, seq in session.execute(openings).all():
        session.execute(
            update(AppliedEvent)
            .where(AppliedEvent.kiosk == kiosk, AppliedEvent.epoch == epoch, AppliedEvent.seq == seq)
            .values(raw=b"")
        )
