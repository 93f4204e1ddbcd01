"""Active authentication: the chip signs our challenge with a key that no copy has.

Source: ICAO Doc 9303-11 section 6.1; ISO/IEC 9796-2 digital signature scheme 1
for RSA; BSI TR-03111 for plain ECDSA.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric import utils

from devices.card.apdu import Answer, Card, Garbled
from devices.passport import keys
from devices.passport.channel import Channel, Left
from devices.passport.faults import Forged, Unverifiable
from devices.passport.keys import CurveKey, PublicKey, RsaKey

_CHALLENGE: Final = 8
_TOO_LONG: Final = 0x6700
_SHORT_ANSWER: Final = 0xDF
"""Bytes of a signature that secure messaging fits into one short answer."""

_TRAILERS: Final = {
    b"\xbc": "sha1",
    b"\x33\xcc": "sha1",
    b"\x34\xcc": "sha256",
    b"\x35\xcc": "sha512",
    b"\x36\xcc": "sha384",
    b"\x38\xcc": "sha224",
}
"""Source: ISO/IEC 10118, hash function identifiers."""


def prove(channel: Channel, card: Card, key: PublicKey, digest: str | None) -> None:
    """That the chip has the key of ``key``. ``digest`` is what it signs with, where DG14 tells.

    Raises ``Forged`` where it has not; ``Unverifiable`` where its signature is
    too long for a short answer and the chip will not give it in parts, which
    may cost the session.
    """
    challenge = os.urandom(_CHALLENGE)
    try:
        answer = channel.send(card, b"\x00\x88\x00\x00", challenge, most=0)
    except Left as left:
        answer = Answer(b"", left.status)
    except Garbled:
        raise Forged("a chip that does not prove itself") from None
    if answer.status == _TOO_LONG and isinstance(key, RsaKey) and key.width > _SHORT_ANSWER:
        raise Unverifiable("a signature too long for a short answer")
    if isinstance(key, RsaKey):
        held = recovered(key, answer.data, challenge)
    else:
        held = _plain(key, answer.data, challenge, digest)
    if not held:
        raise Forged("a chip that has not the key of its passport")


def recovered(key: RsaKey, signature: bytes, challenge: bytes) -> bool:
    """Whether ``signature`` holds a message of its own, then ``challenge``, and the digest of both."""
    number = int.from_bytes(signature)
    if len(signature) != key.width or number >= key.modulus:
        return False
    opened = pow(number, key.exponent, key.modulus)
    if opened % 16 != 0xC:
        opened = key.modulus - opened  # the smaller of two was sent
    message = opened.to_bytes(key.width)
    trailer = message[-1:] if message[-1] == 0xBC else message[-2:]
    digest = _TRAILERS.get(trailer)
    if digest is None:
        return False
    begins = _behind_padding(message)
    ends = len(message) - len(trailer) - hashlib.new(digest).digest_size
    if begins is None or ends < begins:
        return False
    told = message[ends : len(message) - len(trailer)]
    return hmac.compare_digest(told, hashlib.new(digest, message[begins:ends] + challenge).digest())


def _behind_padding(message: bytes) -> int | None:
    """Where the recovered part begins: behind 6A, or behind 6B BB … BA; None for another form."""
    if message[0] == 0x6A:
        return 1
    if message[0] != 0x6B:
        return None
    at = 1
    while at < len(message) and message[at] == 0xBB:
        at += 1
    return at + 1 if at < len(message) and message[at] == 0xBA else None


def _plain(key: CurveKey, signature: bytes, challenge: bytes, digest: str | None) -> bool:
    """r and s in halves of equal length; in DER from chips that keep to no standard here."""
    width = key.curve.order_width
    if len(signature) == 2 * width:
        r, s = int.from_bytes(signature[:width]), int.from_bytes(signature[width:])
    else:
        try:
            r, s = utils.decode_dss_signature(signature)
        except ValueError:
            return False
    digests = keys.DIGESTS if digest is None else (digest,)
    return any(keys.curve_signed(key, one, r, s, challenge) for one in digests)
