"""The canonical bytes that kiosk and hall must agree on, to the bit.

Three things cross the wire: an *event* (what happened at a kiosk, one link of
its hash chain), a *signed document* (what the hall says and a kiosk obeys) and
a *sealed* field (what only the hall may read). All are deterministic CBOR
(RFC 8949, section 4.2.1); whatever is not canonical is refused.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

EVENT_LIMIT: Final = 4_096
"""Bytes in the longest event; a longer one is refused before it is parsed."""

DOCUMENT_LIMIT: Final = 4_000_000
"""Bytes in the longest signed document (a catalogue with all its guides)."""

GENESIS: Final = bytes(32)
"""What the first event of an epoch names as its predecessor."""

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_SEAL_INFO: Final = b"keting sealed field v1\0"


class Refused(Exception):
    """Bytes from outside that break the rules. The text names the rule and quotes no content."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened at a kiosk, frozen when it was recorded.

    ``kiosk``, ``epoch`` and ``seq`` are its identity; ``prev`` is the hash of
    seq - 1 (``GENESIS`` for seq 1). ``at`` is milliseconds since 1970 by the
    kiosk's clock. ``body`` holds no personal data; ``sealed`` is for the hall.
    """

    kiosk: str
    epoch: int
    seq: int
    prev: bytes
    at: int
    kind: str
    body: dict[str, Any]
    sealed: bytes | None = None

    def encode(self) -> bytes:
        return canonical([1, self.kiosk, self.epoch, self.seq, self.prev, self.at, self.kind, self.body, self.sealed])


def canonical(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def parse(data: bytes, limit: int) -> Any:
    """The one value in ``data``; raises ``Refused`` where it is long, broken or not canonical."""
    if len(data) > limit:
        raise Refused(f"longer than {limit} bytes")
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(stream).decode()
        if stream.tell() != len(data):
            raise Refused("bytes after the end")
        if canonical(value) != data:
            raise Refused("not canonical CBOR")
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - cbor2 lets ValueError, RecursionError, OverflowError and others through
        raise Refused(f"not CBOR ({type(error).__name__})") from None
    return value


def decode(data: bytes) -> Event:
    """The event in ``data``. Raises ``Refused``."""
    match parse(data, EVENT_LIMIT):
        case [
            1,
            str() as kiosk,
            int() as epoch,
            int() as seq,
            bytes() as prev,
            int() as at,
            str() as kind,
            dict() as body,
            (bytes() | None) as sealed,
        ] if epoch > 0 and seq > 0 and len(prev) == 32 and all(isinstance(key, str) for key in body):
            return Event(kiosk, epoch, seq, prev, at, kind, body, sealed)
    raise Refused("not an event of version 1")


def link(data: bytes) -> bytes:
    """The hash by which the next event names this one."""
    return hashlib.sha256(data).digest()


def person_of(day_key: bytes, number: str) -> bytes:
    """Today's name for a card holder: the same at all kiosks of the hall, meaningless tomorrow."""
    return hmac.digest(day_key, b"person\0" + number.encode(), "sha256")


def sign(kind: str, payload: dict[str, Any], key: ec.EllipticCurvePrivateKey) -> bytes:
    """A COSE_Sign1 (RFC 9052, section 4.2) over ``payload``; its kind is part of what is signed."""
    protected = canonical({1: -7, "kind": kind})
    body = canonical(payload)
    r, s = decode_dss_signature(key.sign(_to_be_signed(protected, body), ec.ECDSA(hashes.SHA256())))
    return canonical(cbor2.CBORTag(18, [protected, {}, body, r.to_bytes(32) + s.to_bytes(32)]))


def opened(kind: str, data: bytes, key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
    """The payload of a document of this ``kind`` that ``key`` signed. Raises ``Refused``."""
    match parse(data, DOCUMENT_LIMIT):
        case cbor2.CBORTag(
            tag=18, value=[bytes() as protected, unprotected, bytes() as body, bytes() as signature]
        ) if not unprotected and len(signature) == 64:
            if protected != canonical({1: -7, "kind": kind}):
                raise Refused(f"not a document of kind {kind}")
            der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
            try:
                key.verify(der, _to_be_signed(protected, body), ec.ECDSA(hashes.SHA256()))
            except InvalidSignature:
                raise Refused("wrong signature") from None
            payload = parse(body, DOCUMENT_LIMIT)
            if isinstance(payload, dict):
                return payload
    raise Refused("not a signed document")


def _to_be_signed(protected: bytes, body: bytes) -> bytes:
    return canonical(["Signature1", protected, b"", body])


def seal(plain: dict[str, str], about: str, to: X25519PublicKey) -> bytes:
    """``plain`` for the hall alone (HPKE base mode, RFC 9180), bound to the ticket id ``about``."""
    return _SUITE.encrypt(canonical(plain), to, _SEAL_INFO + about.encode())


def unseal(sealed: bytes, about: str, key: X25519PrivateKey) -> dict[str, str]:
    """The fields again, at the hall. Raises ``Refused`` for another ticket, another key, changed bytes."""
    try:
        plain = _SUITE.decrypt(sealed, key, _SEAL_INFO + about.encode())
    except (InvalidTag, ValueError):
        raise Refused("not sealed to this hall for this ticket") from None
    fields = parse(plain, EVENT_LIMIT)
    if not isinstance(fields, dict) or not all(isinstance(v, str) for pair in fields.items() for v in pair):
        raise Refused("sealed fields are not text")
    return fields
