"""The hall's counter: between visits everybody who waits is called and served, or the day would fill up without end."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from hall import queue
from hall.models import Clerk
from tests.stand.hall import RunningHall

_CLERK: Final = "陈晓"


def open_counter(hall: RunningHall) -> None:
    """Somebody sits down at it."""
    hall.clerk(_CLERK, "nobody signs in with this")


def serve_all(hall: RunningHall) -> None:
    """As fast as the numbers can be called, while the hall runs."""
    with hall.beside() as (running, session):
        clerk = session.scalars(select(Clerk).where(Clerk.name == _CLERK)).one()
        letters, day = list(running.queues), running.today()
        while ticket := queue.call_next(session, clerk, letters, day, running.now()):
            queue.finish(session, clerk, ticket, running.now())
