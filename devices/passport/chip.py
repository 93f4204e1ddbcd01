"""Chip authentication: a new session with the key that only the chip itself has the other half of.

What DG14 says of it, and the exchange. Diffie-Hellman in a field of numbers is
not spoken here: its keys do not fit a short command. Source: ICAO Doc 9303-11
sections 6.2 and 9.2; BSI TR-03110-3 for the object identifiers.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from devices.card import tlv
from devices.card.apdu import Card, Garbled
from devices.passport import keys, points
from devices.passport.channel import Channel
from devices.passport.ciphers import Aes, TripleDes
from devices.passport.faults import Forged, Unverifiable
from devices.passport.keys import CurveKey

_BSI: Final = bytes.fromhex("04007f0007")
_KEY: Final = _BSI + bytes.fromhex("02020102")
_AGREEMENT: Final = _BSI + bytes.fromhex("020203")
_CURVES: Final = _AGREEMENT + b"\x02"
_TRIPLE_DES: Final = _CURVES + b"\x01"
_AES_BYTES: Final = {_CURVES + b"\x02": 16, _CURVES + b"\x03": 24, _CURVES + b"\x04": 32}
_ACTIVE: Final = bytes.fromhex("678108010105")
_PLAIN: Final = _BSI + bytes.fromhex("01010401")
_PLAIN_DIGESTS: Final = dict(enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), start=1))
_MOST_INFOS: Final = 64


@dataclass(frozen=True, slots=True)
class ChipKey:
    """The chip's public key, its number where it has several, and the protocol's object identifier."""

    key: CurveKey
    number: bytes | None
    protocol: bytes


@dataclass(frozen=True, slots=True)
class ChipSays:
    """What DG14 tells: each is None where it tells nothing of it that is known here."""

    key: ChipKey | None
    active_digest: str | None
    """What the chip signs with in active authentication."""


def told(data: bytes) -> ChipSays:
    """What is in DG14. Raises ``Garbled``."""
    infos = tlv.items(tlv.one(tlv.one(data, 0x6E), 0x31))
    if len(infos) > _MOST_INFOS:
        raise Garbled("more than a chip has to tell")
    protocols: dict[bytes | None, bytes] = {}
    found: list[tuple[CurveKey, bytes | None]] = []
    digest = None
    for _, info in infos:
        parts = tlv.items(info)
        if len(parts) < 2 or parts[0][0] != 0x06:
            raise Garbled("not a security info")
        name, required = parts[0][1], parts[1]
        number = parts[2][1] if len(parts) > 2 and parts[2][0] == 0x02 else None
        if name.startswith(_CURVES) and len(name) == len(_CURVES) + 1:
            protocols[number] = name
        elif name == _KEY:
            found += _known(tlv.item(*required), number)
        elif name == _ACTIVE and len(parts) > 2 and parts[2][0] == 0x06 and parts[2][1].startswith(_PLAIN):
            digest = _PLAIN_DIGESTS.get(int.from_bytes(parts[2][1][len(_PLAIN) :]))
    for key, number in found:
        # a chip of the first edition lists its key alone, and means 3DES
        protocol = protocols.get(number) or protocols.get(None) or (None if protocols else _TRIPLE_DES)
        if protocol == _TRIPLE_DES or protocol in _AES_BYTES:
            return ChipSays(ChipKey(key, number, protocol), digest)
    return ChipSays(None, digest)


def agreed(channel: Channel, card: Card, chip: ChipKey) -> Channel:
    """The session under the new keys. Only its first answer shows whether the chip has its half.

    Raises ``Forged`` where the chip will not: its own list says that it does.
    """
    ours, secret = exchange(chip.key)
    number = b"" if chip.number is None else tlv.item(0x84, chip.number)
    size = _AES_BYTES.get(chip.protocol)
    steps: list[tuple[bytes, bytes, int | None]]
    if size is None:
        steps = [(b"\x00\x22\x41\xa6", tlv.item(0x91, ours) + number, None)]
    else:
        steps = [
            (b"\x00\x22\x41\xa4", tlv.item(0x80, chip.protocol) + number, None),
            (b"\x00\x86\x00\x00", tlv.item(0x7C, tlv.item(0x80, ours)), 0),
        ]
    try:
        done = all(channel.send(card, header, data, most).ok for header, data, most in steps)
    except Garbled:
        done = False
    if not done:
        raise Forged("a chip that does not prove itself")
    return Channel(TripleDes.derived(secret) if size is None else Aes.derived(secret, size))


def exchange(key: CurveKey) -> tuple[bytes, bytes]:
    """A public point of ours, for this exchange only, and the secret that it makes with ``key``."""
    curve = key.curve
    if curve.library is None:
        half = 1 + secrets.randbelow(curve.n - 1)
        public, shared = points.multiply(curve, half, (curve.x, curve.y)), points.multiply(curve, half, (key.x, key.y))
        if public is None or shared is None:
            raise Garbled("a key of small order")
        return CurveKey(curve, *public).encoded, shared[0].to_bytes(curve.width)
    ours = ec.generate_private_key(curve.library)
    theirs = ec.EllipticCurvePublicNumbers(key.x, key.y, curve.library).public_key()
    numbers = ours.public_key().public_numbers()
    return CurveKey(curve, numbers.x, numbers.y).encoded, ours.exchange(ec.ECDH(), theirs)


def _known(info: bytes, number: bytes | None) -> list[tuple[CurveKey, bytes | None]]:
    try:
        key = keys.public_key(info)
    except Unverifiable:
        return []
    return [(key, number)] if isinstance(key, CurveKey) else []
