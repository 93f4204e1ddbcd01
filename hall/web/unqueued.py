"""Numbers that somebody holds on paper and nobody would call: the hall did not take their tickets into the queue.

A kiosk that was offline when its service began to need more proof printed them in good faith. A ticket does not say
under which catalogue it was taken, so that the hall can't tell this from a kiosk that lies; staff send the person to
lay their document on a kiosk again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.models import AppliedEvent, Kiosk
from hall.poison import LESS_PROOF, Poison, parsed
from hall.tickets import Ticket
from hall.wire import Issued
from offline_cache.envelope import Refused, decode

MOST: Final = 12
DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Unqueued:
    """``kiosk`` is the number of the machine; ``at`` is by its clock."""

    number: str
    kiosk: str
    at: int


def unqueued(session: Session, day: str, queues: Sequence[str], now: int) -> list[Unqueued]:
    """The newest of ``day`` whose holder has no other ticket since, as far as the hall can know."""
    wanted = (
        select(AppliedEvent, Kiosk.number)
        .join(Kiosk, Kiosk.id == AppliedEvent.kiosk)
        .where(AppliedEvent.parked == LESS_PROOF, AppliedEvent.applied > now - DAY_MS)
        .order_by(AppliedEvent.applied.desc(), AppliedEvent.seq.desc())
    )
    found: list[Unqueued] = []
    for row, kiosk in session.execute(wanted):
        try:
            event = decode(row.raw)
            body = parsed(Issued, event)
        except (Refused, Poison):  # read under an earlier release of the hall, and other than this one reads
            continue
        if body.day == day and body.queue in queues and not _came_again(session, body, event.at):
            found.append(Unqueued(body.number, kiosk, event.at))
        if len(found) == MOST:
            break
    return found


def _came_again(session: Session, body: Issued, at: int) -> bool:
    if body.person is None:
        return False
    later = select(Ticket.id).where(Ticket.day == body.day, Ticket.person == body.person, Ticket.at > at)
    return session.scalar(later.limit(1)) is not None
