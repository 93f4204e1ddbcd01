"""A hall that looks like an ordinary working day: staff who can sign in, people who booked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hall.bookings import Slot, book
from hall.models import Clerk, Role
from hall.state import Hall
from hall.web import staff

PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("clerk", Role.CLERK, "1"),
    ("clerk2", Role.CLERK, "2"),
    ("supervisor", Role.SUPERVISOR, "3"),
    ("admin", Role.ADMIN, "4"),
)


def seed(session: Session, hall: Hall, password: str) -> list[str]:
    """Staff who share ``password``, and bookings for the whole of today; the codes of the bookings."""
    for name, role, counter in PEOPLE:
        if session.get(Clerk, name) is None:
            staff.add(session, name, password, role, counter)
    services = hall.catalogue.bundle()["services"]
    slot = Slot(hall.today(), "00:00", "23:59")
    return [book(session, slot, service["queue"], [service["id"]]) for service in services[:3]]
