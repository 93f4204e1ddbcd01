"""The public key in a certificate: what its card is asked to sign, and whether it did.

Source: SP 800-78-5 tables 9 and 10; SP 800-73-5 part 2, appendix A (the card is given what is hashed and padded,
and answers an ECDSA signature in DER); PKCS #1 v1.5 in RFC 8017 section 9.2.
"""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.piv.faults import NoKey

_SEQUENCE, _VERSION = 0x30, 0xA0
_SHA256_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 digest that is padded."""

_RSA: Final = {2048: 0x07, 3072: 0x05}


class PublicKey(Protocol):
    @property
    def algorithm(self) -> int:
        """By which the card calls it, in one byte."""

    def challenge(self, message: bytes) -> bytes:
        """What the card has to sign for ``message``."""

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether that is the signature of ``message`` by this key."""


class RsaKey:
    def __init__(self, key: rsa.RSAPublicKey) -> None:
        """Raises ``NoKey`` for a key of a size that is not asked here."""
        if key.key_size not in _RSA:
            raise NoKey("an RSA key of another size")
        self._key = key
        self.algorithm = _RSA[key.key_size]

    def challenge(self, message: bytes) -> bytes:
        told = b"\x00" + _SHA256_INFO + hashlib.sha256(message).digest()
        return b"\x00\x01" + told.rjust(self._key.key_size // 8 - 2, b"\xff")

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            self._key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


class CurveKey:
    _hash: hashes.HashAlgorithm

    def __init__(self, key: ec.EllipticCurvePublicKey) -> None:
        """Raises ``NoKey`` for a curve that is not asked here."""
        match key.curve:
            case ec.SECP256R1():
                self.algorithm, self._hash = 0x11, hashes.SHA256()
            case ec.SECP384R1():
                self.algorithm, self._hash = 0x14, hashes.SHA384()
            case _:
                raise NoKey("a key on another curve")
        self._key = key

    def challenge(self, message: bytes) -> bytes:
        return hashlib.new(self._hash.name, message).digest()

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            self._key.verify(signature, message, ec.ECDSA(self._hash))
        except InvalidSignature:
            return False
        return True


def public_key(certificate: bytes) -> PublicKey:
    """The key that the certificate is for. Raises ``Garbled`` where it is no certificate, ``NoKey``.

    Nothing else in it is looked at, its signature neither: that is for whoever knows its issuer.
    """
    tlv.nested(certificate)
    parts = tlv.items(tlv.one(certificate, _SEQUENCE))
    if [tag for tag, _ in parts] != [_SEQUENCE, _SEQUENCE, 0x03]:
        raise Garbled("not a certificate")
    told = tlv.items(parts[0][1])
    at = 6 if told[:1] and told[0][0] == _VERSION else 5  # behind number, algorithm, issuer, validity and subject
    if len(told) <= at or told[at][0] != _SEQUENCE:
        raise Garbled("a certificate without a key")
    try:
        key = serialization.load_der_public_key(tlv.item(_SEQUENCE, told[at][1]))
    except UnsupportedAlgorithm:
        raise NoKey("a key of an unknown kind") from None
    except (ValueError, TypeError):
        raise Garbled("a key that is none") from None
    match key:
        case rsa.RSAPublicKey():
            return RsaKey(key)
        case ec.EllipticCurvePublicKey():
            return CurveKey(key)
        case _:
            raise NoKey("a key of another kind")


def verified(certificate: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key of this certificate signed ``message``; False too where it is no certificate that could be asked.

    Whose it is, and whether it is still worth anything, is for the caller.
    """
    try:
        return public_key(certificate).signed(message, signature)
    except (Garbled, NoKey):
        return False
