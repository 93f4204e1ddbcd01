"""Passive authentication: what the state signed when it made the passport (EF.SOD).

Source: ICAO Doc 9303-10 section 4.6.2 and appendix D; 9303-11 section 5.1.
A signer's certificate must have been valid when it signed, by the signer's own
word where it gives one, and the anchor when it issued the certificate; that
either has expired since is how it should be. Revocation is not looked up.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.passport import files, keys
from devices.passport.certificate import Certificate
from devices.passport.faults import Forged, Unverifiable
from devices.passport.message import Message, message
from devices.passport.trust import Trust

SECURITY_OBJECT: Final = "2.23.136.1.1.1"

_GROUPS: Final = range(1, 17)
_SKEW: Final = timedelta(days=1)
"""Between the clocks of who issues certificates and of who signs."""

_DIGESTS: Final = {
    "2b0e03021a": "sha1",
    "608648016503040204": "sha224",
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}
"""By the bytes of their object identifiers."""


@dataclass(frozen=True, slots=True)
class Security:
    """The digests of the chip's data groups, and the message that signs them."""

    digest: str
    groups: dict[int, bytes] = field(repr=False)
    message: Message

    def hold(self, group: int, content: bytes) -> None:
        """Raises ``Forged`` where ``content`` is not what was signed as this group, or nothing was."""
        told = self.groups.get(group)
        if told is None or not hmac.compare_digest(told, hashlib.new(self.digest, content).digest()):
            raise Forged("a data group other than was signed")

    def authenticate(self, trust: Trust, state: str) -> None:
        """That ``state`` signed it. Raises ``Forged``, ``Garbled``, and ``Unverifiable`` where that cannot be known."""
        signer = self.message.signer
        if signer is None:
            raise Unverifiable("a message without its signer's certificate")
        anchor = trust.issuer(signer, state)
        self.message.verify()
        if signer.purposes:
            raise Unverifiable("signed with a key for something else")
        signed_at = self.message.signed_at or signer.begins
        if not _within(signer, signed_at):
            raise Unverifiable("signed when the certificate was not valid")
        if not _within(anchor, signer.begins):
            raise Unverifiable("issued when the anchor was not valid")


def security(data: bytes) -> Security:
    """What EF.SOD says. Raises ``Garbled``, and ``Unverifiable`` for a digest that is not known here."""
    told = message(tlv.nested(tlv.one(data, files.SECURITY.tag)))
    if told.kind != SECURITY_OBJECT:
        raise Garbled("a message that is no security object")
    parts = tlv.items(tlv.one(told.content, 0x30))
    if [tag for tag, _ in parts[:3]] != [0x02, 0x30, 0x30]:
        raise Garbled("not a security object")
    _, algorithm, groups = (value for _, value in parts[:3])
    digest = _DIGESTS.get(tlv.distinct(algorithm).get(0x06, b"").hex())
    if digest is None:
        raise Unverifiable("a digest that is not known")
    return Security(digest, _groups(groups, keys.DIGESTS[digest].digest_size), told)


def _within(validity: Certificate, moment: datetime) -> bool:
    return validity.begins - moment <= _SKEW and moment - validity.ends <= _SKEW


def _groups(data: bytes, size: int) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for tag, value in tlv.items(data):
        told = tlv.distinct(value) if tag == 0x30 else {}
        group, digest = int.from_bytes(told.get(0x02, b"")), told.get(0x04, b"")
        if group not in _GROUPS or len(digest) != size or group in found:
            raise Garbled("not a list of data groups")
        found[group] = digest
    return found
