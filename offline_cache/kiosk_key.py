"""The kiosk's own key: what signs its requests, behind an interface that a TPM can stand behind too."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_PUBLIC: Final = "kiosk-key.pub.pem"


class KioskKey(Protocol):
    """A P-256 key that signs and never leaves."""

    def public(self) -> bytes:
        """DER SubjectPublicKeyInfo."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256, DER."""


class FileKey:
    """For development and kiosks without a TPM: a PEM file that only its owner reads."""

    def __init__(self, path: Path) -> None:
        """Read the key, or make one. Raises ``PermissionError`` where others may read the file."""
        if not path.exists():
            _write(path)
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"{path.name} can be read by others")
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError(f"{path.name} holds no P-256 key")
        self._key = key

    def public(self) -> bytes:
        return self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def publish(folder: Path, key: KioskKey) -> None:
    """Lay the public half into ``folder``, for whoever checks what was signed; at the next start where it is full."""
    pem = serialization.load_der_public_key(key.public()).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    path = folder / _PUBLIC
    with suppress(OSError):
        if not path.exists() or path.read_bytes() != pem:
            new = path.with_suffix(".new")
            new.write_bytes(pem)
            new.replace(path)


def published(folder: Path) -> bytes:
    """The public half that lies in ``folder``, as DER. Raises ``OSError``, ``ValueError``."""
    return serialization.load_pem_public_key((folder / _PUBLIC).read_bytes()).public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _write(path: Path) -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
