"""Numbers are leased in blocks: no two kiosks ever hold the same one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from hall import marks
from hall.models import Kiosk, Lease, QueueCounter
from hall.refusal import Refusal

LAST_NUMBER: Final = 9_999


def lease(session: Session, kiosk: Kiosk, day: str, queue: str, block: int) -> Lease:
    """The next ``block`` numbers of ``queue`` on ``day``, for ``kiosk`` alone.

    One row counts for a queue and a day; it is raised in the transaction that writes the
    lease. Raises ``Refusal`` 503 when the day's numbers are used up.
    """
    start = 1 + floor(session, day)
    raised = insert(QueueCounter).values(day=day, queue=queue, next=start + block)
    following = session.scalar(
        raised.on_conflict_do_update(
            index_elements=[QueueCounter.day, QueueCounter.queue], set_={"next": QueueCounter.next + block}
        ).returning(QueueCounter.next)
    )
    if following is None or following - 1 > LAST_NUMBER:
        raise Refusal(503, "exhausted", retry_after=3600)
    given = Lease(kiosk=kiosk.id, day=day, queue=queue, first=following - block, last=following - 1)
    session.add(given)
    session.flush()
    return given


def seen(session: Session, day: str, queue: str, last: int, gap: int) -> None:
    """A kiosk holds or has printed number ``last``: never lease it again.

    Heard from kiosks after a restore. A number that is further than ``gap`` from
    the counter is not believed, so that no kiosk can use up a day's numbers.
    """
    start = 1 + floor(session, day)
    following = session.scalar(
        select(func.max(QueueCounter.next)).where(QueueCounter.day == day, QueueCounter.queue == queue)
    )
    if last < (following or start) or last >= (following or start) + gap:
        return
    raised = insert(QueueCounter).values(day=day, queue=queue, next=last + 1)
    session.execute(
        raised.on_conflict_do_update(
            index_elements=[QueueCounter.day, QueueCounter.queue],
            set_={"next": func.max(QueueCounter.next, raised.excluded.next)},
        )
    )


def floor(session: Session, day: str) -> int:
    """The highest number of ``day`` that a lost database may have leased in a queue this one has not counted yet."""
    restored = marks.text(session, marks.RESTORED_DAY)
    if not restored:
        return 0
    first = date.fromisoformat(restored)
    return marks.number(session, marks.NUMBER_FLOOR) if first <= date.fromisoformat(day) <= next_day(first) else 0


def next_day(day: date) -> date:
    return day + timedelta(days=1)
