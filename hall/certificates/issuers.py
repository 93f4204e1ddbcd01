"""The X.509 keys with which issuers sign the PDF that a citizen may fetch: one for each issuer of a template.

In the demonstration the hall's own CA vouches for them; an office brings a
certificate of its own in the same two files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hall.authority import RENEWED_BEFORE, builder, pem, signing, usage, write

LIFE: Final = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Issuer:
    """An office that signs, and the CA that vouches for it."""

    name: str
    key: Path = field(repr=False)
    certificate: Path = field(repr=False)
    ca: Path = field(repr=False)


def create(folder: Path, names: Iterable[str], now: datetime) -> None:
    """Make what is missing in ``folder`` for these offices, and renew what ends within a month."""
    for name in sorted(set(names)):
        issuer = of(folder, name)
        if not _lasts(issuer, now):
            _certify(issuer, folder, now)


def of(folder: Path, name: str) -> Issuer:
    """The files of the office called ``name``."""
    stem = f"issuer-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return Issuer(name, folder / f"{stem}.key", folder / f"{stem}.pem", folder / "ca.pem")


def _lasts(issuer: Issuer, now: datetime) -> bool:
    if not issuer.key.exists() or not issuer.certificate.exists():
        return False
    present = x509.load_pem_x509_certificate(issuer.certificate.read_bytes())
    return now < present.not_valid_after_utc - RENEWED_BEFORE


def _certify(issuer: Issuer, folder: Path, now: datetime) -> None:
    ca, ca_key = x509.load_pem_x509_certificate(issuer.ca.read_bytes()), signing(folder / "ca.key")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, issuer.name[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{issuer.name[:50]} 电子证明"),
        ]
    )
    certificate = (
        builder(now, LIFE)
        .subject_name(name)
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    write(issuer.key, pem(key))
    write(issuer.certificate, certificate.public_bytes(serialization.Encoding.PEM))
