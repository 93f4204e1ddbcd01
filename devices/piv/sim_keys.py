"""The private keys that virtual PIV cards have, and certificates for them: the driver has no part in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.x509.oid import NameOID

_PEM: Final = serialization.Encoding.PEM
_DER: Final = serialization.Encoding.DER


class Refuses(Exception):
    """What the card was given is not what it signs."""


class SimKey(Protocol):
    """Key 9A of a virtual card."""

    @property
    def algorithm(self) -> int: ...

    @property
    def private(self) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey: ...

    def sign(self, challenge: bytes) -> bytes:
        """What the card makes of what it is given. Raises ``Refuses``."""


class CurveSim:
    """A key on P-256, or on P-384 where ``wide``."""

    def __init__(self, *, wide: bool = False) -> None:
        self.algorithm = 0x14 if wide else 0x11
        self.private = ec.generate_private_key(ec.SECP384R1() if wide else ec.SECP256R1())
        self._hash: hashes.HashAlgorithm = hashes.SHA384() if wide else hashes.SHA256()

    def sign(self, challenge: bytes) -> bytes:
        if len(challenge) != self._hash.digest_size:
            raise Refuses
        return self.private.sign(challenge, ec.ECDSA(utils.Prehashed(self._hash)))


class RsaSim:
    """2048 or 3072 bits."""

    def __init__(self, bits: int = 2048) -> None:
        self.algorithm = {2048: 0x07, 3072: 0x05}[bits]
        self.private = rsa.generate_private_key(65537, bits)

    def sign(self, challenge: bytes) -> bytes:
        numbers = self.private.private_numbers()
        modulus, number = numbers.public_numbers.n, int.from_bytes(challenge)
        if len(challenge) != self.private.key_size // 8 or number >= modulus:
            raise Refuses
        return pow(number, numbers.d, modulus).to_bytes(len(challenge))


@cache
def usual() -> SimKey:
    """One key for all cards that need no other: on P-256."""
    return CurveSim()


def request(key: SimKey, name: str) -> bytes:
    """A request for a certificate (PKCS #10, PEM), signed by the card's key."""
    asked = x509.CertificateSigningRequestBuilder().subject_name(_named(name))
    return asked.sign(key.private, hashes.SHA256()).public_bytes(_PEM)


def own_certificate(key: SimKey, name: str, filling: int = 0) -> bytes:
    """A certificate that the key made out for itself, in DER; nobody has to believe it. ``filling``: bytes more."""
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(name))
        .public_key(key.private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=10))
        .not_valid_after(now + timedelta(days=365))
    )
    if filling:
        filled = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), bytes(filling))
        made = made.add_extension(filled, critical=False)
    return made.sign(key.private, hashes.SHA256()).public_bytes(_DER)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
