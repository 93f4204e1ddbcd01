"""What the hall remembers of tickets, their papers and bookings: its tables.

Times, days and persons are as in ``hall.models``.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class State(StrEnum):
    """Where a ticket is on its way through the hall."""

    WAITING = "waiting"
    CALLED = "called"
    HELD = "held"
    ABSENT = "absent"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    MERGED = "merged"


class Ticket(Base):
    """One person's place in a queue, for one or several matters.

    Every column that names a ticket has an index: SQLite looks through them all for each
    new ticket while a reference of the same transaction is still open.
    """

    __tablename__ = "ticket"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[str] = mapped_column(String(10))
    number: Mapped[str] = mapped_column(String(12))
    queue: Mapped[str] = mapped_column(String(4))
    state: Mapped[State] = mapped_column(default=State.WAITING)
    at: Mapped[int]
    """When it was issued, by the kiosk's clock."""
    arrived: Mapped[int]
    """When the hall learned of it."""
    turn: Mapped[int]
    """What the call order goes by: ``at``, or the start of a booking that was kept."""
    passes: Mapped[int] = mapped_column(default=0)
    """How often it was sent back to the queue."""
    called_at: Mapped[int | None] = mapped_column(default=None)
    finished_at: Mapped[int | None] = mapped_column(default=None)
    counter: Mapped[str | None] = mapped_column(String(16), default=None)
    clerk: Mapped[str | None] = mapped_column(ForeignKey("clerk.name"), default=None)
    matters: Mapped[list[str]]
    """What is still to be done on this ticket."""
    asked: Mapped[list[str]]
    """What it was taken for, before another ticket of the same person took matters over."""
    via: Mapped[str] = mapped_column(String(8))
    person: Mapped[bytes | None] = mapped_column(default=None)
    masked: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    booking: Mapped[bytes | None] = mapped_column(default=None)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    epoch: Mapped[int]
    seq: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    level: Mapped[str | None] = mapped_column(String(12), default=None)
    """How sure the kiosk was of who stood there; None where it was too old to say."""
    account: Mapped[str | None] = mapped_column(ForeignKey("account.id"), default=None, index=True)
    acting: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True), default=None)
    """``{kind, masked}`` of whom it is taken for, where that is somebody else."""
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("ticket.id"), default=None, index=True)

    __table_args__ = (
        UniqueConstraint("kiosk", "epoch", "seq"),
        Index("ticket_order", "day", "queue", "state", "turn"),
        Index("ticket_number", "day", "number"),
        Index("ticket_person", "day", "person"),
    )


class EarlyCancel(Base):
    """A cancellation that overtook its ticket: the ticket came to another kiosk, which has not told the hall yet."""

    __tablename__ = "early_cancel"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    person: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[int]


class Copy(Base):
    """One paper of a ticket and what became of it: printed, void, uncertain, or not yet known (None)."""

    __tablename__ = "copy"

    ticket: Mapped[str] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    copy: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str | None] = mapped_column(String(12), default=None)
    fault: Mapped[str | None] = mapped_column(String(32), default=None)


class Booking(Base):
    """A time slot somebody booked; ``start`` and ``end`` are HH:MM of the hall's clock."""

    __tablename__ = "booking"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    person: Mapped[bytes | None] = mapped_column(default=None)
    matters: Mapped[list[str]]
    queue: Mapped[str] = mapped_column(String(4))
    start: Mapped[str] = mapped_column(String(5))
    end: Mapped[str] = mapped_column(String(5))
    used_by: Mapped[str | None] = mapped_column(ForeignKey("ticket.id"), default=None, index=True)
