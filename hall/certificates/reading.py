"""Opening what a kiosk sealed about a paper, and holding it to everything that the event said of it."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from certificates import code
from certificates.cbor import Malformed
from certificates.claims import Claims, masked
from certificates.cose import WrongSignature, parsed
from certificates.keys import from_point
from certificates.template import Template
from hall.certificates.models import Certificate, CertificateKey
from hall.people import accounts
from hall.people.reading import fields
from hall.poison import Poison
from hall.state import Hall, Templates
from offline_cache.envelope import Refused


@dataclass(frozen=True, slots=True)
class Opened:
    """One paper as only the hall sees it."""

    signed: bytes = field(repr=False)
    claims: Claims = field(repr=False)
    name: str = field(repr=False)
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What opens and checks papers: the hall's seal key, and the templates."""

    seal: X25519PrivateKey = field(repr=False)
    templates: Templates = field(repr=False)

    def opened(self, sealed: bytes | None, about: str, digest: bytes, key: CertificateKey) -> Opened:
        """The paper in ``sealed``, signed with ``key``. Raises ``Poison``."""
        if sealed is None:
            raise Poison("nothing sealed")
        try:
            told = fields(sealed, about, self.seal)
            signed = b64decode(told.get("signed", ""), validate=True)
        except (Refused, ValueError):
            raise Poison("not sealed to this hall for this certificate") from None
        if hashlib.sha256(signed).digest() != digest:
            raise Poison("the sealed message is not the one that was recorded")
        return Opened(signed, self._claims(signed, key), told.get("name", ""), told.get("number", ""))

    def _claims(self, signed: bytes, key: CertificateKey) -> Claims:
        try:
            message = parsed(signed, code.LONGEST)
            if message.typ != code.TYP or message.kid != key.kid:
                raise Poison("a message of another kind, or another key's")
            message.check(from_point(key.point))
            claims = code.claims(message)
        except Malformed:
            raise Poison("not a certificate's message") from None
        except WrongSignature:
            raise Poison("a signature that does not hold") from None
        if not key.nbf <= claims.iat < key.exp:
            raise Poison("signed outside the time of its key")
        return claims

    def template(self, claims: Claims) -> Template:
        """The template of ``claims``, which fit it. Raises ``Poison``."""
        template = self.templates.get((claims.type, claims.version))
        if template is None:
            raise Poison("a template that was never published")
        try:
            template.check(claims)
        except Malformed:
            raise Poison("not the fields of the template") from None
        return template


def account_of(session: Session, hall: Hall, certificate: Certificate, number: str) -> str | None:
    """The account on whose page ``certificate`` is, or that its holder with this ``number`` has by now."""
    if certificate.account is not None:
        return certificate.account
    holder = accounts.of_number(session, hall, number)
    return holder.id if holder else None


def same_holder(opened: Opened) -> bool:
    """Whether the name and number beside the message are those in it."""
    claims = opened.claims
    return opened.name == claims.name and len(opened.number) == 18 and masked(opened.number) == claims.masked
