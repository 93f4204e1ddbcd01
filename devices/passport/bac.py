"""Basic Access Control: whoever knows number, birth and expiry may listen and ask.

Source: ICAO Doc 9303-11 section 4.3 and appendix D.3.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from typing import Final

from devices.card.apdu import Card, Garbled
from devices.passport.channel import Channel
from devices.passport.ciphers import MAC_BYTES, TripleDes, padded
from devices.passport.faults import NotPassport, WrongKey
from devices.passport.mrz import AccessKey

APPLICATION: Final = bytes.fromhex("a0000002471001")

_NONCE: Final = 8
_SEED: Final = 16
_REFUSALS: Final = (0x6300, 0x6982, 0x6985, 0x6988, 0x6A80)
"""To the right command with the wrong key: the standard leaves the status open, these are seen."""


def selected(card: Card) -> bool:
    """Whether there is a passport's application; it is selected then, and any session is over."""
    return card.send(b"\x00\xa4\x04\x0c" + bytes([len(APPLICATION)]) + APPLICATION).ok


def opened(card: Card, key: AccessKey, random: Callable[[int], bytes] = os.urandom) -> Channel:
    """The session that ``key`` opens, in the application that is selected.

    Raises ``WrongKey``, ``NotPassport`` for a chip without Basic Access
    Control, ``Garbled`` for one that breaks its rules.
    """
    keys = access_keys(key)
    challenge = card.send(b"\x00\x84\x00\x00", _NONCE)
    if not challenge.ok:
        raise NotPassport("no challenge")
    if len(challenge.data) != _NONCE:
        raise Garbled("a challenge of another length")
    ours, seed = random(_NONCE), random(_SEED)
    command = cryptogram(keys, ours + challenge.data + seed)
    answer = card.send(b"\x00\x82\x00\x00" + bytes([len(command)]) + command, len(command))
    if answer.status in _REFUSALS or answer.status & 0xFFF0 == 0x63C0:
        raise WrongKey
    if not answer.ok or len(answer.data) != len(command):
        raise Garbled("no answer to mutual authentication")
    told = _told(keys, answer.data)
    if told[: 2 * _NONCE] != challenge.data + ours:
        raise Garbled("an answer to another challenge")
    secret = bytes(a ^ b for a, b in zip(seed, told[2 * _NONCE :], strict=True))
    counter = int.from_bytes(challenge.data[4:] + ours[4:])
    return Channel(TripleDes.derived(secret), counter)


def access_keys(key: AccessKey) -> TripleDes:
    """The document's own keys. SHA-1 by the standard."""
    return TripleDes.derived(hashlib.sha1(key.information, usedforsecurity=False).digest()[:_SEED])


def cryptogram(keys: TripleDes, told: bytes) -> bytes:
    """What is sent to the chip: ``told`` encrypted, and its MAC."""
    secret = keys.encrypt(b"", told)
    return secret + keys.mac(padded(secret, keys.block))


def _told(keys: TripleDes, answer: bytes) -> bytes:
    secret, mac = answer[:-MAC_BYTES], answer[-MAC_BYTES:]
    if not hmac.compare_digest(mac, keys.mac(padded(secret, keys.block))):
        raise Garbled("an answer from a chip that has not this key")
    return keys.decrypt(b"", secret)
