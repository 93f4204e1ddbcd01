"""Keys: what signs, behind one interface, and how a public key is written.

A development key is a file, a key of production lives in a token (``certificates.token``).
Nothing else of the house knows the difference.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certificates.cbor import Malformed
from certificates.cose import Message, PublicKey, low, message, protected_header, to_be_signed


class SigningKey(Protocol):
    """A P-256 key that signs and never leaves."""

    def public(self) -> PublicKey: ...

    def sign(self, data: bytes) -> tuple[int, int]:
        """ECDSA with SHA-256 over ``data``: r and s, deterministic (RFC 6979) where the key can be.

        Raises ``KeysGone`` where the key can't be reached now; a key in memory always can.
        """


class KeysGone(Exception):
    """Keys can't be reached, or none can be made, as things are now. Names no secret."""

    why = "files"
    """One word for the journal."""


class FileKey:
    """A key in memory, from a file that only its owner reads."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "FileKey(...)"

    @classmethod
    def fresh(cls) -> FileKey:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def load(cls, path: Path) -> FileKey:
        """Raises ``PermissionError`` where others may read the file, ``ValueError`` where it holds no P-256 key."""
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"{path.name} can be read by others")
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), None)
        except (TypeError, UnsupportedAlgorithm):
            raise ValueError(f"{path.name} holds a key under a password, or of an unknown kind") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError(f"{path.name} holds no P-256 key")
        return cls(key)

    def save(self, path: Path) -> None:
        """Durable, and readable by its owner only. Replaces what was there."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def public(self) -> PublicKey:
        return self._key.public_key()

    def sign(self, data: bytes) -> tuple[int, int]:
        return decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))


def signed(key: SigningKey, kid: bytes, typ: str, payload: bytes) -> bytes:
    """The one message of ``payload``, verified before it is given out.

    A signature that does not hold (a broken token, a fault in memory) raises ``WrongSignature``.
    """
    protected = protected_header(kid, typ)
    r, s = key.sign(to_be_signed(protected, payload))
    signature = r.to_bytes(32) + low(s).to_bytes(32)
    Message(kid, typ, payload, signature, protected).check(key.public())
    return message(protected, payload, signature)


def point(key: PublicKey) -> bytes:
    """x ‖ y, 64 bytes: how a public key is written in the lists."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)[1:]


def from_point(data: bytes) -> PublicKey:
    """The key of ``point``. Raises ``Malformed`` for what is no point of P-256."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + data)
    except ValueError:
        raise Malformed("not a point of P-256") from None


def key_id(key: PublicKey) -> bytes:
    """How a signed document names its signer: 8 bytes."""
    return hashlib.sha256(point(key)).digest()[:8]


def fingerprint(key: PublicKey) -> str:
    """What two people read to each other: the first 128 bits of the SHA-256 of x ‖ y, in groups of four."""
    digits = hashlib.sha256(point(key)).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))
