"""What the hall remembers of certificates: its tables.

Moments of the certificate format (``nbf``, ``iat``, ``exp``) are seconds since
1970, all others milliseconds. No name, no citizen number and no wording of a
certificate is stored in the clear: ``sealed`` opens with the hall's own key.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class CertificateKey(Base):
    """The key with which a kiosk signs for about thirty days. Rows stay: what it signed is checked for years."""

    __tablename__ = "certificate_key"

    kid: Mapped[bytes] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(16), index=True)
    epoch: Mapped[int]
    """0 where a restore found the key in the published lists only."""
    point: Mapped[bytes] = mapped_column(unique=True)
    nbf: Mapped[int]
    exp: Mapped[int]
    made: Mapped[int]


class CertificateCut(Base):
    """A kiosk's key that was cut off: of what it signed only ``known`` is good."""

    __tablename__ = "certificate_cut"

    kid: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[int]
    """Seconds since 1970."""
    known: Mapped[bytes]
    """The SHA-256 of each message that had arrived, sorted, one behind the other."""

    @property
    def messages(self) -> list[bytes]:
        """Each of ``known``."""
        return [self.known[start : start + 32] for start in range(0, len(self.known), 32)]


class StatusIndex(Base):
    """A place in the status lists, given once and for ever to one epoch of one kiosk."""

    __tablename__ = "status_index"

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kiosk: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[int]
    given_at: Mapped[int]

    __table_args__ = (Index("status_index_of_kiosk", "kiosk", "epoch", "given_at"),)


class Certificate(Base):
    """A certificate that a kiosk issued. ``id`` is its short code."""

    __tablename__ = "certificate"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    type: Mapped[int]
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    status: Mapped[int] = mapped_column(unique=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    reference: Mapped[str] = mapped_column(String(40))
    """What the serials of its papers begin with."""
    epoch: Mapped[int]
    seq: Mapped[int]
    iat: Mapped[int]
    exp: Mapped[int]
    day: Mapped[str] = mapped_column(String(10), index=True)
    person: Mapped[bytes | None] = mapped_column(default=None)
    """The day's name for the holder; gone after seven days."""
    language: Mapped[str] = mapped_column(String(12))
    level: Mapped[str | None] = mapped_column(String(12), default=None)
    """How sure the kiosk was of who stood there; None where it was too old to say."""
    account: Mapped[str | None] = mapped_column(ForeignKey("account.id"), default=None, index=True)
    issued: Mapped[int]
    """When it was recorded, by the kiosk's clock: the moment at the foot of its papers."""
    arrived: Mapped[int]
    """When the hall learned of it."""

    __table_args__ = (UniqueConstraint("kiosk", "epoch", "seq"),)


class CertificateCopy(Base):
    """One paper of a certificate and what became of it: printed, void, uncertain, or not yet known (None)."""

    __tablename__ = "certificate_copy"

    certificate: Mapped[str] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    copy: Mapped[int] = mapped_column(primary_key=True)
    kid: Mapped[bytes] = mapped_column(index=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the signed message on this paper."""
    paper: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str | None] = mapped_column(String(12), default=None, index=True)
    fault: Mapped[str | None] = mapped_column(String(32), default=None)
    late: Mapped[bool] = mapped_column(default=False)
    """It came after its key was cut off: nobody may accept it."""
    sealed: Mapped[bytes | None] = mapped_column(default=None)
    arrived: Mapped[int]


class Revocation(Base):
    """A status that says revoked. It outlives the certificate's row, which a restore may have lost for a while."""

    __tablename__ = "revocation"

    status: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int | None]
    """None where a restore found the published bit and nothing else."""
    why: Mapped[str | None] = mapped_column(String(12), default=None)
    """A ``Why``, which anybody may know; None with ``at``."""
    note: Mapped[str] = mapped_column(default="")
    """For staff only."""
    clerk: Mapped[str | None] = mapped_column(String(64), default=None)


class PublishedTemplate(Base):
    """A version of a template that verifiers have seen. It never changes and is published for ever."""

    __tablename__ = "published_template"

    type: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[bytes]
    data: Mapped[bytes]
    """As it stands in the template document, CBOR."""


class ListDocument(Base):
    """A signed document as it is served under ``/lists/<name>``."""

    __tablename__ = "list_document"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    hash: Mapped[bytes]
    data: Mapped[bytes]
    source: Mapped[bytes]
    """Digest of what it says and of who signs: it is made again when this changes."""
    made_at: Mapped[int]
