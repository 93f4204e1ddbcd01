"""COSE_Sign1 with ES256, in the one form that docs/certificate-format.md allows.

Signatures are r ‖ s, and s is never above half the order of the curve: of the
two that fit one message (r, s) and (r, n - s), exactly one is good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certificates.cbor import Malformed, Refused, decoded, encoded, tagged, untagged

ES256: Final = -7
ALG: Final = 1
KID: Final = 4
TYP: Final = 16

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""n of P-256 (FIPS 186-4, D.1.2.3)."""

PublicKey = ec.EllipticCurvePublicKey


class WrongSignature(Refused):
    """The bytes have the form of a signed message, and this key did not sign them."""


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed COSE_Sign1, nothing of it believed yet."""

    kid: bytes
    typ: str
    payload: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    protected: bytes = field(repr=False)

    def check(self, key: PublicKey) -> None:
        """Raises ``WrongSignature``."""
        r, s = int.from_bytes(self.signature[:32]), int.from_bytes(self.signature[32:])
        if not (0 < r < ORDER and 0 < s <= ORDER // 2):
            raise WrongSignature
        try:
            key.verify(
                encode_dss_signature(r, s), to_be_signed(self.protected, self.payload), ec.ECDSA(hashes.SHA256())
            )
        except InvalidSignature:
            raise WrongSignature from None


def protected_header(kid: bytes, typ: str) -> bytes:
    return encoded({ALG: ES256, KID: kid, TYP: typ})


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """RFC 9052, section 4.4, without external data."""
    return encoded(["Signature1", protected, b"", payload])


def message(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return encoded(tagged([protected, {}, payload, signature]))


def parsed(data: bytes, limit: int) -> Message:
    """The message in ``data``, whoever signed it. Raises ``Malformed``."""
    match untagged(decoded(data, limit)):
        case [bytes() as protected, Mapping() as unprotected, bytes() as payload, bytes() as signature]:
            if unprotected or len(signature) != 64:
                raise Malformed("not a message in our form")
        case _:
            raise Malformed("not a message in our form")
    header: Any = decoded(protected, 128)
    match header:
        case {4: bytes() as kid, 16: str() as typ} if protected == protected_header(kid, typ):
            return Message(kid, typ, payload, signature, protected)
    raise Malformed("not a header in our form")


def low(signature: int) -> int:
    """The lower of the two values of s that fit."""
    return signature if signature <= ORDER // 2 else ORDER - signature
