"""What the hall remembers of departments that sign people in: its tables.

Times are milliseconds since 1970. Secrets, codes and tokens are random and long,
and only their SHA-256 is kept. No name and no number of a person is here.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class DepartmentClient(Base):
    """A department's service: who it is, where people are sent back to, and what it may ever ask for."""

    __tablename__ = "department_client"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    purpose_zh: Mapped[str] = mapped_column(String(80))
    purpose_en: Mapped[str] = mapped_column(String(160))
    secret: Mapped[bytes]
    redirects: Mapped[list[str]]
    """The addresses people may be sent back to, compared letter by letter."""
    scopes: Mapped[list[str]]
    added: Mapped[int]
    revoked: Mapped[int | None] = mapped_column(default=None)


class DepartmentConsent(Base):
    """A person said yes to a department being handed just this; withdrawn, the row is gone."""

    __tablename__ = "department_consent"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("department_client.id"), primary_key=True, index=True)
    scopes: Mapped[str] = mapped_column(String(120), primary_key=True)
    """Words with spaces between them, in the order of ``hall.oidc.scopes``."""
    at: Mapped[int]


class DepartmentCode(Base):
    """A code that was handed to a department by way of the person's browser."""

    __tablename__ = "department_code"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("department_client.id"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    binding: Mapped[str] = mapped_column(ForeignKey("binding.id"), index=True)
    """The phone by which the person was signed in; with it this ends."""
    redirect: Mapped[str]
    scopes: Mapped[list[str]]
    nonce: Mapped[str]
    challenge: Mapped[str] = mapped_column(String(43))
    """S256 of the verifier that only the department knows (RFC 7636)."""
    level: Mapped[str] = mapped_column(String(12))
    """How sure the hall was of who sat there."""
    expires: Mapped[int]
    used: Mapped[int | None] = mapped_column(default=None)
    """When it was first presented, by whomever and rightly or not."""

    __table_args__ = (
        Index("department_code_account", "account", "client"),
        Index("department_code_expires", "expires"),
    )


class DepartmentToken(Base):
    """What a department may fetch a person's data with, for some minutes."""

    __tablename__ = "department_token"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    code: Mapped[bytes] = mapped_column(index=True)
    """The hash of the code it came of."""
    client: Mapped[str] = mapped_column(ForeignKey("department_client.id"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    binding: Mapped[str] = mapped_column(ForeignKey("binding.id"), index=True)
    scopes: Mapped[list[str]]
    level: Mapped[str] = mapped_column(String(12))
    expires: Mapped[int]

    __table_args__ = (
        Index("department_token_account", "account", "client"),
        Index("department_token_expires", "expires"),
    )
