"""What the hall makes for technicians: a certificate for the key on a card, and the list of those taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from certificates import x509_form
from certificates.cbor import Malformed
from certificates.keys import SigningKey
from certificates.technicians import LIST_LIMIT, Technician, extensions, issuer, list_extensions, subject
from certificates.x509_form import parsing

REQUEST_LIMIT: Final = 16_384

CardKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

_CURVES: Final = (ec.SECP256R1, ec.SECP384R1)
_RSA_BITS: Final = (2_048, 3_072)
_HASHES: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)


def asked(request: bytes) -> CardKey:
    """The key in a certificate signing request (PKCS#10, PEM), whose own signature shows that who asks has it.

    Nothing else of the request is looked at: what the certificate says is the hall's word. Raises ``Malformed``.
    """
    if len(request) > REQUEST_LIMIT:
        raise Malformed(f"longer than {REQUEST_LIMIT} bytes")
    with parsing("a certificate signing request"):
        said = x509.load_pem_x509_csr(request)
        key = said.public_key()
        if not isinstance(said.signature_hash_algorithm, _HASHES) or not said.is_signature_valid:
            raise Malformed("the request is not signed by the key that it names")
    return _allowed(key)


def certificate(
    key: CardKey, technician: Technician, begins: datetime, serial: int, hall: SigningKey, host: str
) -> bytes:
    """The certificate, DER, that ``technician.until`` ends. Raises what ``x509_form.signed`` raises."""
    builder = (
        x509.CertificateBuilder()
        .serial_number(serial)
        .issuer_name(issuer(host))
        .subject_name(subject(technician.name, technician.role))
        .public_key(key)
        .not_valid_before(begins)
        .not_valid_after(technician.until)
    )
    for extension, critical in extensions(key, hall.public()):
        builder = builder.add_extension(extension, critical)
    return x509_form.signed(builder.sign(_anybody(), hashes.SHA256()).tbs_certificate_bytes, hall)


def revocation_list(
    number: int, made: datetime, due: datetime, revoked: Mapping[int, datetime], hall: SigningKey, host: str
) -> bytes:
    """The list, DER, of serial numbers and when each was taken back; a newer one is ``due`` by then.

    Raises ``ValueError`` where it grows beyond what a kiosk takes, and what ``x509_form.signed`` raises.
    """
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer(host)).last_update(made).next_update(due)
    for extension, critical in list_extensions(number, hall.public()):
        builder = builder.add_extension(extension, critical)
    for serial, at in revoked.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    data = x509_form.signed(builder.sign(_anybody(), hashes.SHA256()).tbs_certlist_bytes, hall)
    if len(data) > LIST_LIMIT:
        raise ValueError(f"a list of {len(revoked)} certificates is longer than kiosks take")
    return data


def _allowed(key: object) -> CardKey:
    """A key that a PIV card has for signing in (NIST SP 800-78-5, table 9). Raises ``Malformed``."""
    match key:
        case ec.EllipticCurvePublicKey() if isinstance(key.curve, _CURVES):
            return key
        case rsa.RSAPublicKey() if key.key_size in _RSA_BITS and key.public_numbers().e >= 65_537:
            return key
    raise Malformed("a key that is no P-256, no P-384 and no RSA of 2048 or 3072 bits")


def _anybody() -> CertificateIssuerPrivateKeyTypes:
    """The library writes what is to be signed only while it signs; that signature is thrown away."""
    return ec.generate_private_key(ec.SECP256R1())
