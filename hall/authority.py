"""The hall's keys: its demo CA, its server certificate, and one key for each kind of thing it says.

All files are readable by their owner only and are made once, by ``hall init``.
Certificates begin ten minutes in the past, for kiosks whose clock is slow.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certificates.keys import FileKey

BACKDATED: Final = timedelta(minutes=10)
CA_LIFE: Final = timedelta(days=3650)
SERVER_LIFE: Final = timedelta(days=397)
RENEWED_BEFORE: Final = timedelta(days=30)
SECRET: Final = 32
"""Bytes of the key that names persons."""

CERTIFYING: Final = ("kiosks", "lists", "templates", "technicians")
"""The keys that a root document names, each for one kind of thing (docs/certificate-format.md, section 4.2)."""

PrivateKey = ec.EllipticCurvePrivateKey | X25519PrivateKey


@dataclass(frozen=True, slots=True)
class Keys:
    """What the running hall holds. No key serves two kinds."""

    ca: x509.Certificate
    bundle: ec.EllipticCurvePrivateKey
    reply: ec.EllipticCurvePrivateKey
    seal: X25519PrivateKey
    kiosks: FileKey
    lists: FileKey
    templates: FileKey
    technicians: FileKey
    people: bytes
    """Names persons in the database: without it no account is found again, and none can be guessed at."""
    server_certificate: Path
    server_key: Path

    def __repr__(self) -> str:
        return "Keys(...)"

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the CA certificate's DER, as an enrolment code carries it."""
        return self.ca.fingerprint(hashes.SHA256())


def create(folder: Path, hall: str, now: datetime) -> None:
    """Make what is missing in ``folder``; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in ("ca", "bundle", "reply", *CERTIFYING):
        _keep(folder / f"{name}.key", ec.generate_private_key(ec.SECP256R1()))
    _keep(folder / "seal.key", X25519PrivateKey.generate())
    if not (folder / "people.key").exists():
        write(folder / "people.key", secrets.token_bytes(SECRET))
    if not (folder / "ca.pem").exists():
        write(folder / "ca.pem", _ca(signing(folder / "ca.key"), hall, now))


def load(folder: Path, hosts: tuple[str, ...], now: datetime) -> Keys:
    """The keys in ``folder``, with a server certificate that is good for ``hosts`` today.

    Raises ``FileNotFoundError`` where ``create`` has not run, ``ValueError`` where a file is no key.
    """
    ca = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    certificate, key = folder / "server.pem", folder / "server.key"
    if not _serves(certificate, key, hosts, now):
        private = ec.generate_private_key(ec.SECP256R1())
        write(key, pem(private))
        write(certificate, _server(private, hosts, ca, signing(folder / "ca.key"), now))
    return Keys(
        ca=ca,
        bundle=signing(folder / "bundle.key"),
        reply=signing(folder / "reply.key"),
        seal=_sealing(folder / "seal.key"),
        **{name: FileKey.load(folder / f"{name}.key") for name in CERTIFYING},
        people=_secret(folder / "people.key"),
        server_certificate=certificate,
        server_key=key,
    )


def _ca(key: ec.EllipticCurvePrivateKey, hall: str, now: datetime) -> bytes:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, hall),
            x509.NameAttribute(NameOID.COMMON_NAME, "Keting demo CA"),
        ]
    )
    certificate = (
        builder(now, CA_LIFE)
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)


def _server(
    key: ec.EllipticCurvePrivateKey,
    hosts: tuple[str, ...],
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> bytes:
    certificate = (
        builder(now, SERVER_LIFE)
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])]))
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)


def builder(now: datetime, life: timedelta) -> x509.CertificateBuilder:
    """A certificate that is good from ten minutes ago, for ``life``."""
    start = now.astimezone(UTC) - BACKDATED
    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
    )


def usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _serves(certificate: Path, key: Path, hosts: tuple[str, ...], now: datetime) -> bool:
    if not certificate.exists() or not key.exists():
        return False
    present = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = tuple(names.get_values_for_type(x509.DNSName)) == hosts
    return covered and present.not_valid_before_utc <= now < present.not_valid_after_utc - RENEWED_BEFORE


def _keep(path: Path, key: PrivateKey) -> None:
    if not path.exists():
        write(path, pem(key))


def pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def signing(path: Path) -> ec.EllipticCurvePrivateKey:
    """The P-256 key in ``path``. Raises ``ValueError`` where it holds another."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path.name} is not an elliptic curve key")
    return key


def _sealing(path: Path) -> X25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, X25519PrivateKey):
        raise ValueError(f"{path.name} is not an X25519 key")
    return key


def _secret(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != SECRET:
        raise ValueError(f"{path.name} is not a key of {SECRET} bytes")
    return key


def write(path: Path, data: bytes) -> None:
    """Durable, readable by its owner only, in one step."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
