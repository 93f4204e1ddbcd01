"""A hall that certifies technicians, and cards that it did and did not certify."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from certificates import technician_papers, x509_form
from certificates.cose import ORDER
from certificates.keys import FileKey
from certificates.technicians import Role, Technician, extensions, issuer, subject

HOST: Final = "localhost:8443"
HALL: Final = FileKey.fresh()
NOW: Final = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
ALGORITHM: Final = bytes.fromhex("300a06082a8648ce3d040302")
OLDEST: Final = timedelta(days=7)
SERIAL: Final = 0xF00D << 112
CARD: Final = ec.generate_private_key(ec.SECP256R1())
PERSON: Final = Technician("T-014", Role.TECHNICIAN, NOW + timedelta(days=365))


def card(**changed: Any) -> bytes:
    """The certificate of ``PERSON``, valid for ten minutes."""
    said = {
        "key": CARD.public_key(),
        "technician": PERSON,
        "begins": NOW - timedelta(minutes=10),
        "serial": SERIAL,
        "hall": HALL,
        "host": HOST,
    }
    return technician_papers.certificate(**{**said, **changed})


def listed(*revoked: int, **changed: Any) -> bytes:
    """A list that was made a minute ago, of these serial numbers."""
    made = changed.pop("made", NOW - timedelta(minutes=1))
    said: dict[str, Any] = {
        "number": 1_773_000_000,
        "made": made,
        "due": made + timedelta(days=2),
        "revoked": dict.fromkeys(revoked, made),
        "hall": HALL,
        "host": HOST,
    }
    return technician_papers.revocation_list(**{**said, **changed})


def odd_card(**changed: Any) -> bytes:
    """What the hall never makes, signed by its key all the same; what is not ``changed`` is as usual."""
    builder = (
        x509.CertificateBuilder()
        .serial_number(changed.get("serial", SERIAL))
        .issuer_name(changed.get("issuer", issuer(HOST)))
        .subject_name(changed.get("subject", subject("T-014", Role.TECHNICIAN)))
        .public_key(CARD.public_key())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
    )
    for extension, critical in changed.get("extensions", extensions(CARD.public_key(), HALL.public())):
        builder = builder.add_extension(extension, critical)
    return x509_form.signed(builder.sign(CARD, hashes.SHA256()).tbs_certificate_bytes, HALL)


def odd_list(*added: x509.ExtensionType) -> bytes:
    """A list of the hall's key with these extensions and no other, all of them critical."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer(HOST))
        .last_update(NOW)
        .next_update(NOW + timedelta(days=2))
    )
    for extension in added:
        builder = builder.add_extension(extension, critical=True)
    return x509_form.signed(builder.sign(CARD, hashes.SHA256()).tbs_certlist_bytes, HALL)


def signature(content: bytes) -> bytes:
    """The hall's, of what is no certificate and no list."""
    r, s = HALL.sign(content)
    return encode_dss_signature(r, min(s, ORDER - s))


def enclosed(content: bytes, signature: bytes, algorithm: bytes = ALGORITHM) -> bytes:
    """A certificate or list, in DER as asn1crypto writes it."""
    return der(0x30, content + algorithm + der(0x03, b"\x00" + signature))


def der(tag: int, content: bytes) -> bytes:
    dumped: bytes = core.OctetString(content).dump()
    return bytes([tag]) + dumped[1:]


def request(key: Any, name: str = "whoever", algorithm: Any = None) -> bytes:
    """What the tool of a card makes: a certificate signing request, PEM."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else algorithm or hashes.SHA256()
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(key, algorithm).public_bytes(Encoding.PEM)
