"""Who may open the maintenance mode: a certificate on the technician's own card, and a list of those taken back.

Both are X.509, signed by the hall's technicians key, which the root document
names (docs/decisions/0017). Kiosks read them without a network, the hall reads
what it once signed; ``technician_papers`` makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certificates import x509_form
from certificates.cbor import Malformed, Refused
from certificates.cose import PublicKey
from certificates.x509_form import parsing

CERTIFICATE_LIMIT: Final = 4_096
LIST_LIMIT: Final = 262_144
NAME: Final = re.compile(r"[A-Z0-9-]{1,16}")
"""A staff number."""

AHEAD: Final = timedelta(days=1)
"""A list from farther in the future says that the clock is wrong."""

SERIAL: Final = 16
"""Bytes of a serial number."""


class Role(StrEnum):
    """What the hall lets somebody do at a kiosk. The value is the certificate's organizational unit."""

    TECHNICIAN = "technician"
    SITE_MANAGER = "site-manager"
    VENDOR = "vendor"


class Why(StrEnum):
    """Why a card opens nothing."""

    NO_LIST = "no-list"
    LIST_OLD = "list-old"
    NOT_OURS = "not-ours"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    REVOKED = "revoked"


class NotAdmitted(Exception):
    """The one reason is ``why``."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Older(Refused):
    """The list goes back behind one that was seen before."""


@dataclass(frozen=True, slots=True)
class Technician:
    """Somebody whom the hall vouches for; ``until`` is the last moment of that."""

    name: str
    role: Role
    until: datetime


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate of the hall says."""

    serial: int
    begins: datetime
    technician: Technician


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list of certificates that were taken back. ``number`` grows with each list; ``made`` is its thisUpdate."""

    number: int
    made: datetime
    _list: x509.CertificateRevocationList

    def revoked(self, serial: int) -> bool:
        """Raises ``Malformed``."""
        with parsing("a revocation list"):
            return self._list.get_revoked_certificate_by_serial_number(serial) is not None

    def entries(self) -> dict[int, datetime]:
        """Every serial number, and when it was taken back. Raises ``Malformed``."""
        with parsing("a revocation list"):
            return {each.serial_number: each.revocation_date_utc for each in self._list}


def admitted(
    certificate: bytes, crl: bytes | None, key: PublicKey, host: str, now: datetime, oldest: timedelta
) -> Technician:
    """Whom ``certificate`` belongs to, by the hall ``host`` whose technicians key is ``key``, at ``now``.

    ``crl`` is the list that was fetched last, None without one; it is believed
    up to the age ``oldest``, whenever a newer one was due. Whoever lays down the
    card has yet to prove that the key is theirs. Raises ``NotAdmitted``: what
    another hall would say first, then what no clock and no network can mend.
    """
    try:
        card = certified(certificate, key, host)
    except Refused:
        raise NotAdmitted(Why.NOT_OURS) from None
    made, revoked = _listed(crl, key, host, card.serial)
    if revoked:
        raise NotAdmitted(Why.REVOKED)
    if now < card.begins:
        raise NotAdmitted(Why.NOT_YET)
    if now > card.technician.until:
        raise NotAdmitted(Why.EXPIRED)
    if made is None:
        raise NotAdmitted(Why.NO_LIST)
    if made > now + AHEAD:
        raise NotAdmitted(Why.NOT_YET)
    if made < now - oldest:
        raise NotAdmitted(Why.LIST_OLD)
    return card.technician


def newer(held: bytes | None, offered: bytes, key: PublicKey, host: str) -> bytes:
    """The list to keep from now on: ``offered``, where it does not go back behind ``held``.

    What is held under a key of before, or was damaged, holds nothing up. Raises ``Refused``.
    """
    fresh = revocation_list(offered, key, host)
    try:
        known = revocation_list(held, key, host) if held is not None else None
    except Refused:
        known = None
    if known and (fresh.number < known.number or (fresh.number == known.number and offered != held)):
        raise Older
    return offered


def certified(data: bytes, key: PublicKey, host: str) -> Certified:
    """A certificate of this hall, in force or not. Raises ``Refused``."""
    x509_form.opened(data, CERTIFICATE_LIMIT, key)
    with parsing("a technician's certificate"):
        said = x509.load_der_x509_certificate(data)
        [name], [unit] = (
            [str(each.value) for each in said.subject.get_attributes_for_oid(oid)]
            for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
        )
        role = Role(unit)
        if not NAME.fullmatch(name) or said.subject != subject(name, role) or said.issuer != issuer(host):
            raise Malformed("another name")
        wanted = extensions(said.public_key(), key)
        if said.version is not x509.Version.v3 or _told(said.extensions) != wanted:
            raise Malformed("not a certificate for signing in")
        if not 0 < said.serial_number < 1 << 8 * SERIAL:
            raise Malformed("another serial number")
        return Certified(
            said.serial_number, said.not_valid_before_utc, Technician(name, role, said.not_valid_after_utc)
        )


def revocation_list(data: bytes, key: PublicKey, host: str) -> RevocationList:
    """A list of this hall, of whatever age. Raises ``Refused``."""
    x509_form.opened(data, LIST_LIMIT, key)
    with parsing("a revocation list"):
        said = x509.load_der_x509_crl(data)
        number = said.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        if said.issuer != issuer(host) or _told(said.extensions) != list_extensions(number, key):
            raise Malformed("not the list of this hall")  # a delta, or another's certificates, would be told by more
        return RevocationList(number, said.last_update_utc, said)


def issuer(host: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, host),
            x509.NameAttribute(NameOID.COMMON_NAME, "Keting technicians"),
        ]
    )


def subject(name: str, role: Role) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, role.value),
        ]
    )


def extensions(card: CertificatePublicKeyTypes, key: PublicKey) -> list[tuple[x509.ExtensionType, bool]]:
    """What a certificate of ``card``'s key has, just this and in this order; whether each is critical."""
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_SIGNING_IN, True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.SubjectKeyIdentifier.from_public_key(card), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(key), False),
    ]


def list_extensions(number: int, key: PublicKey) -> list[tuple[x509.ExtensionType, bool]]:
    """As ``extensions``, of a list."""
    return [
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(key), False),
        (x509.CRLNumber(number), False),
    ]


def _listed(crl: bytes | None, key: PublicKey, host: str, serial: int) -> tuple[datetime | None, bool]:
    """When the list was made and whether ``serial`` is on it; a list that is none was never made."""
    if crl is None:
        return None, False
    try:
        known = revocation_list(crl, key, host)
        return known.made, known.revoked(serial)
    except Refused:
        return None, False


def _told(said: x509.Extensions) -> list[tuple[x509.ExtensionType, bool]]:
    return [(each.value, each.critical) for each in said]


_SIGNING_IN: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
