"""How long the hall keeps what names a person who was registered."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from hall.certificates.models import Certificate
from hall.models import Trail
from hall.people import closing
from hall.people.models import Account, AccountConflict, AccountName, DataRead
from hall.tickets import Ticket

DAY_MS: Final = 86_400_000
UNUSED_DAYS: Final = 730
"""Days after its last use for which an account keeps its person."""

YEAR_DAYS: Final = 365
"""Days for which the trail, and what an account came for, are kept."""


def forget(session: Session, now: int, arrived_before: int) -> None:
    """Erase what is over at ``now``. Openings that arrived before ``arrived_before`` keep what they sealed only
    while staff have a difference between them to settle. All times are milliseconds since 1970.
    """
    waiting = AccountConflict.settled.is_(None)
    later = select(AccountConflict.name).where(waiting)
    other = select(AccountConflict.other).where(waiting, AccountConflict.other.is_not(None))
    session.execute(
        update(AccountName)
        .where(AccountName.arrived < arrived_before, AccountName.sealed.is_not(None))
        .where(AccountName.id.not_in(later), AccountName.id.not_in(other))
        .values(sealed=None)
    )
    session.execute(delete(DataRead).where(DataRead.at < now - YEAR_DAYS * DAY_MS))
    for table in (Ticket, Certificate):
        session.execute(
            update(table)
            .where(table.account.is_not(None), table.arrived < now - YEAR_DAYS * DAY_MS)
            .values(account=None)
        )
    unused = session.scalars(
        select(Account).where(Account.closed.is_(None), Account.used < now - UNUSED_DAYS * DAY_MS)
    ).all()
    for account in unused:
        closing.close(session, account, now)
    if unused:
        session.add(Trail(at=now, verb="accounts_expired", detail=str(len(unused))))
