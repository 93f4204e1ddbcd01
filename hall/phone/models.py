"""What the hall remembers of phones at its pages: its tables. Times are milliseconds since 1970."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class PhoneDoor(Base):
    """A browser on its way through a channel's authorisation; only hashes of what it holds are kept."""

    __tablename__ = "phone_door"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    state: Mapped[bytes | None]
    """SHA-256 of the ``state`` that has to come back; None when it did."""
    step: Mapped[str] = mapped_column(String(8))
    """``account`` or ``consent``: what it was sent to the channel for."""
    channel: Mapped[str] = mapped_column(String(16))
    bind: Mapped[str | None] = mapped_column(String(26), default=None)
    """The try whose code it scanned; None where it signs in."""
    back: Mapped[str] = mapped_column(String(2_100), default="")
    """Where a sign-in goes on to, on this host."""
    csrf: Mapped[str]
    until: Mapped[int]


class PhoneSession(Base):
    """A phone that is signed in; only the hash of its token is kept."""

    __tablename__ = "phone_session"

    token: Mapped[bytes] = mapped_column(primary_key=True)
    binding: Mapped[str] = mapped_column(ForeignKey("binding.id"), index=True)
    csrf: Mapped[str]
    expires: Mapped[int]
    """When it ends for want of use; moved on by each page, never past ``ends``."""
    ends: Mapped[int]
