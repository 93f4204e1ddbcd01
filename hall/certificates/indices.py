"""Places in the status lists, given at random, once and for ever.

A list holds 2^20. The hall draws from one list until more draws miss than hit,
then from the next. A restored hall begins a list of its own: what the lost
database may have given lies in lists below it, so no index is ever given twice.
"""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from certificates.status import BITS, LISTS
from hall import marks
from hall.certificates.models import Certificate, StatusIndex
from hall.models import Kiosk
from hall.refusal import Refusal

MISSES: Final = 20
"""Draws of one lease that may hit what is given already, at least, before the next list is begun."""

MOST_UNUSED: Final = 400
"""Indices a kiosk may be given in a day without a certificate on them."""

DAY_MS: Final = 86_400_000

_CURRENT: Final = "status-list"
_LOST: Final = "status-lists-lost"
_RESTORES: Final = "restores"


def lease(session: Session, kiosk: Kiosk, block: int, now: int) -> list[int]:
    """``block`` indices for this epoch of ``kiosk`` and for nobody else.

    Raises ``Refusal`` 503 where it holds too many that no certificate came on, or none are left.
    """
    unused = session.scalar(
        select(func.count())
        .select_from(StatusIndex)
        .outerjoin(Certificate, Certificate.status == StatusIndex.index)
        .where(
            StatusIndex.kiosk == kiosk.id,
            StatusIndex.epoch == kiosk.epoch,
            StatusIndex.given_at > now - DAY_MS,
            Certificate.id.is_(None),
        )
    )
    if (unused or 0) + block > MOST_UNUSED:
        raise Refusal(503, "exhausted", retry_after=3600)
    given: list[int] = []
    number, missed = current(session), 0
    while len(given) < block:
        if number >= LISTS:
            raise Refusal(503, "exhausted", retry_after=86_400)
        drawn = session.scalar(
            insert(StatusIndex)
            .values(index=number * BITS + secrets.randbelow(BITS), kiosk=kiosk.id, epoch=kiosk.epoch, given_at=now)
            .on_conflict_do_nothing()
            .returning(StatusIndex.index)
        )
        if drawn is not None:
            given.append(drawn)
        elif (missed := missed + 1) > max(block, MISSES):
            number, missed = number + 1, 0
            marks.put(session, _CURRENT, number)
    return sorted(given)


def current(session: Session) -> int:
    """The list that is drawn from; all lists up to it are published."""
    return marks.number(session, _CURRENT)


def lost_lists(session: Session) -> int:
    """Lists below this one may hold indices that a lost database gave; 0 where the hall was never restored."""
    return marks.number(session, _LOST)


def leave_out(session: Session, restores: int) -> None:
    """Begin a list that no lost database can have drawn from.

    ``restores`` counts all restores of this hall, also those that the copy knows nothing of; since
    the copy, and since each of them, one more list may have been begun.
    """
    known = marks.number(session, _RESTORES)
    restores = max(restores, known + 1)
    begun = min(current(session) + 2 * (restores - known), LISTS)
    marks.put(session, _RESTORES, restores)
    marks.put(session, _CURRENT, begun)
    marks.put(session, _LOST, begun)
