"""What kiosks send about certificates, strictly parsed (docs/sync.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from certificates.claims import COPIES, INDICES
from hall.people.levels import Level
from hall.wire import Body, Count, Day, Found, Language, Line, Person, TicketId

ShortCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJKMNP-TV-Z]{16}$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,39}$")]
Small = Annotated[int, Field(ge=1, le=65_535)]
Seconds = Annotated[int, Field(gt=0, lt=2**32)]
Kid = Annotated[bytes, Field(min_length=4, max_length=4)]
Digest = Annotated[bytes, Field(min_length=32, max_length=32)]
Half = Annotated[bytes, Field(min_length=64, max_length=64)]
CopyNumber = Annotated[int, Field(ge=1, le=COPIES)]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,16}-[0-9]{1,10}-[0-9]{6,12}$")]
"""What the serials of its papers begin with: a kiosk that is enrolled again tells them under a new epoch and seq."""

PaperName = Literal["a4", "80mm"]


class IndexWish(Body):
    """``POST /v1/indices``"""

    left: Count


class KeyWish(Body):
    """``POST /v1/certificate-key``"""

    key: Half
    proof: Half


class RecordWish(Body):
    """``POST /v1/record``"""

    kind: Kind
    name: Annotated[Line, Field(min_length=1)]
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{17}[0-9X]$")]


class CertificateIssued(Body):
    """``certificate.issued``; what a kiosk of an earlier release does not say is None."""

    id: ShortCode
    reference: Reference
    day: Day
    kind: Kind
    type: Small
    version: Small
    status: Annotated[int, Field(ge=0, lt=INDICES)]
    kid: Kid
    copy_: Literal[1] = Field(alias="copy")
    digest: Digest
    person: Person | None
    iat: Seconds
    exp: Seconds
    paper: PaperName
    language: Language
    level: Level | None = None
    account: TicketId | None = None


class CertificateCopied(Body):
    """``certificate.copied``"""

    id: ShortCode
    copy_: Annotated[int, Field(ge=2, le=COPIES, alias="copy")]
    kid: Kid
    digest: Digest
    paper: PaperName


class CertificateSettled(Body):
    """``certificate.settled``"""

    id: ShortCode
    copy_: CopyNumber = Field(alias="copy")
    outcome: Literal["printed", "void", "uncertain"]
    fault: Annotated[Line, Field(max_length=32)] | None


class CertificateFound(Found):
    """``certificate.found``"""

    id: ShortCode
