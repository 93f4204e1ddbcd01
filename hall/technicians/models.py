"""What the hall remembers of technicians: its tables. Times are milliseconds since 1970."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class TechnicianCertificate(Base):
    """A certificate that was issued. Of those of one name one at most is not taken back."""

    __tablename__ = "technician_certificate"

    serial: Mapped[bytes] = mapped_column(primary_key=True)
    """Sixteen bytes."""
    name: Mapped[str] = mapped_column(String(16), index=True)
    """A staff number; empty where a restore found the serial number in the list only."""
    role: Mapped[str] = mapped_column(String(16))
    """A ``certificates.technicians.Role``, or empty with ``name``."""
    issued: Mapped[int]
    until: Mapped[int]
    revoked: Mapped[int | None] = mapped_column(default=None)


class TechnicianList(Base):
    """The revocation list as it is served: one row at most."""

    __tablename__ = "technician_list"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]
    made: Mapped[int]
