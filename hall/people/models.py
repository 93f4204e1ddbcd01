"""What the hall remembers of persons: its tables.

Times are milliseconds since 1970. Name, number, birth and expiry lie in
``sealed``, which opens with the hall's own key only; ``subject`` is a hash
under a key that lies beside the database and in no copy of it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class Account(Base):
    """A person who was registered. When it is closed a row without a person stays."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    """The id of the opening that was applied first."""
    subject: Mapped[bytes | None] = mapped_column(unique=True)
    """Keyed hash of the identity; None when closed, so that the person may come back as somebody new."""
    masked: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(String(12))
    """The highest level it was opened with."""
    language: Mapped[str] = mapped_column(String(12))
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    epoch: Mapped[int]
    seq: Mapped[int]
    opened: Mapped[int]
    """By the kiosk's clock."""
    notice: Mapped[int]
    """The latest version of the notice that was agreed to."""
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    """``{name, number, document, state, birth, expires}``, and ``others`` (the ends of other documents), sealed about
    ``id``."""
    used: Mapped[int]
    """When it was last used for anything, by the hall's clock."""
    closed: Mapped[int | None] = mapped_column(default=None)

    __table_args__ = (Index("account_used", "used"),)


class AccountName(Base):
    """An opening as a kiosk told it: the account's own and, later, other names of the same account."""

    __tablename__ = "account_name"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    epoch: Mapped[int]
    seq: Mapped[int]
    at: Mapped[int]
    """By the kiosk's clock."""
    arrived: Mapped[int]
    """When the hall learned of it."""
    document: Mapped[str] = mapped_column(String(24))
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    """As in ``Account``, sealed about this ``id``."""


class AccountConflict(Base):
    """Two openings of one person that say different things: staff look at both."""

    __tablename__ = "account_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(ForeignKey("account_name.id"), index=True)
    """The later opening."""
    other: Mapped[str | None] = mapped_column(ForeignKey("account_name.id"), default=None)
    """The opening that it differs from; None where only the account itself is known to say otherwise."""
    what: Mapped[str] = mapped_column(String(16))
    """``name``, ``document-expiry``, ``birth`` or ``state``."""
    at: Mapped[int]
    settled_by: Mapped[str | None] = mapped_column(String(64), default=None)
    settled: Mapped[int | None] = mapped_column(default=None, index=True)


class DataRead(Base):
    """Somebody read personal fields of an account. Rows are added by ``hall.people.trail`` and never changed."""

    __tablename__ = "data_read"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    at: Mapped[int]
    who_kind: Mapped[str] = mapped_column(String(12))
    """``kiosk``, ``clerk``, ``department``, ``hall``, ``phone`` or ``paper``."""
    who: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(120))
    """Words with commas between them: ``name,number``."""
    why: Mapped[str] = mapped_column(String(24))
    about: Mapped[str | None] = mapped_column(String(64), default=None)
    """The ticket, certificate or opening it was read for."""

    __table_args__ = (Index("data_read_account", "account", "at"), Index("data_read_at", "at"))
