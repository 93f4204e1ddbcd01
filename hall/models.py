"""What the hall remembers of its kiosks, its staff and itself: its tables. Those of a subject live with it.

Times are milliseconds since 1970, UTC, unless a column says otherwise; a day is
the hall's business date, ``2026-03-09``. No citizen's name or number is stored
in the clear: ``person`` is a daily keyed hash and ``sealed`` opens with the
hall's own key only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, Enum, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Role(StrEnum):
    """What a member of staff may do: serve; serve and see everything; and change the fleet."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Standing(StrEnum):
    """Whether the hall listens to a kiosk."""

    ACTIVE = "active"
    REVOKED = "revoked"
    QUARANTINED = "quarantined"


_WORD: Final = Enum(
    StrEnum, native_enum=False, length=16, values_callable=lambda members: [each.value for each in members]
)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        StrEnum: _WORD,
        list[str]: JSON,
        dict[str, str]: JSON,
        bytes: LargeBinary,
    }


class Kiosk(Base):
    """A terminal, its key, how far its chain of events has been applied, and what it last said of itself."""

    __tablename__ = "kiosk"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[str] = mapped_column(String(4), unique=True)
    place_zh: Mapped[str] = mapped_column(default="")
    place_en: Mapped[str] = mapped_column(default="")
    key: Mapped[bytes]
    """P-256 public key, DER SubjectPublicKeyInfo."""
    epoch: Mapped[int] = mapped_column(default=1)
    watermark: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(default=bytes(32))
    """Hash of the event at the watermark."""
    backup: Mapped[int] = mapped_column(default=0)
    """The watermark that a verified backup covers."""
    counter: Mapped[int] = mapped_column(default=0)
    """The last request counter that was accepted."""
    state: Mapped[Standing] = mapped_column(default=Standing.ACTIVE)

    seen: Mapped[int | None] = mapped_column(default=None)
    """When the last heartbeat came, by the hall's clock."""
    said: Mapped[int | None] = mapped_column(default=None)
    """When it was sent, by the kiosk's clock."""
    version: Mapped[str] = mapped_column(default="")
    sqlite: Mapped[str] = mapped_column(default="")
    faults: Mapped[list[str]] = mapped_column(default=list)
    paper: Mapped[str] = mapped_column(default="")
    outbox: Mapped[int] = mapped_column(default=0)
    oldest: Mapped[int | None] = mapped_column(default=None)


class EnrolmentCode(Base):
    """A one-time code: only its hash is kept."""

    __tablename__ = "enrolment_code"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(16))
    number: Mapped[str] = mapped_column(String(4))
    place_zh: Mapped[str] = mapped_column(default="")
    place_en: Mapped[str] = mapped_column(default="")
    expires: Mapped[int]
    used: Mapped[int | None] = mapped_column(default=None)


class AppliedEvent(Base):
    """An event of a kiosk at or below its watermark, byte for byte until the retention time is over."""

    __tablename__ = "applied_event"

    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    applied: Mapped[int]
    hash: Mapped[bytes]
    raw: Mapped[bytes]
    parked: Mapped[str | None] = mapped_column(default=None)
    """Why it could not be applied; None where it was."""

    __table_args__ = (Index("parked_event", "kiosk", "epoch", "seq", sqlite_where=text("parked IS NOT NULL")),)


class Lease(Base):
    """Numbers ``first`` to ``last`` of a queue on a day, given to one kiosk and never to another."""

    __tablename__ = "lease"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    day: Mapped[str] = mapped_column(String(10))
    queue: Mapped[str] = mapped_column(String(4))
    first: Mapped[int]
    last: Mapped[int]

    __table_args__ = (UniqueConstraint("day", "queue", "first"),)


class QueueCounter(Base):
    """The next number of a queue on a day that no lease holds yet."""

    __tablename__ = "queue_counter"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    queue: Mapped[str] = mapped_column(String(4), primary_key=True)
    next: Mapped[int] = mapped_column(default=1)


class Clerk(Base):
    """A member of staff, and the counter they sit at."""

    __tablename__ = "clerk"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    password_hash: Mapped[str]
    role: Mapped[Role] = mapped_column(default=Role.CLERK)
    counter: Mapped[str] = mapped_column(String(16), default="1")


class StaffSession(Base):
    """A sign-in; only the hash of its token is kept."""

    __tablename__ = "staff_session"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    clerk: Mapped[str] = mapped_column(ForeignKey("clerk.name"))
    csrf: Mapped[str]
    expires: Mapped[int]
    """When it ends for want of use; moved on by each page, never past ``ends``."""
    ends: Mapped[int]


class SignInTry(Base):
    """Passwords tried in a row under one name, known or not, since the last right one."""

    __tablename__ = "sign_in_try"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    until: Mapped[int] = mapped_column(default=0)
    """No try is looked at before this moment."""


class Trail(Base):
    """Who did what, and when; ``clerk`` is None where the hall did it by its own rules."""

    __tablename__ = "trail"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
    clerk: Mapped[str | None] = mapped_column(String(64), default=None)
    verb: Mapped[str] = mapped_column(String(24))
    ticket: Mapped[str | None] = mapped_column(String(16), default=None, index=True)
    detail: Mapped[str] = mapped_column(default="")


class Told(Base):
    """Something a person is told at the kiosk when their card is next read on that day."""

    __tablename__ = "told"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    person: Mapped[bytes]
    text_zh: Mapped[str]
    text_en: Mapped[str]


class DayKey(Base):
    """The key under which a day's persons are hashed; deleting it makes them nobody."""

    __tablename__ = "day_key"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[bytes]


class HallMark(Base):
    """A single fact about the hall itself: its incarnation, the version of its bundle, and so on."""

    __tablename__ = "hall_mark"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str]
