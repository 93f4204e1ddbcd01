"""The two ways to speak in secret with a chip: 3DES with the retail MAC, and AES with CMAC.

Only what a library lacks is written here: which key does what, the retail MAC
and the padding. Source: ICAO Doc 9303-11, sections 9.7 (key derivation) and
9.8 (secure messaging); ISO/IEC 9797-1 MAC algorithm 3 and padding method 2.
"""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as Machine
from cryptography.hazmat.primitives.ciphers import CipherContext, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from devices.card.apdu import Garbled

MAC_BYTES: Final = 8

_FOR_SECRECY, _FOR_TRUTH = 1, 2


class Cipher(Protocol):
    """Session keys at work. ``counter`` is the send sequence counter, ``block`` bytes long."""

    block: int

    def encrypt(self, counter: bytes, padded: bytes) -> bytes: ...

    def decrypt(self, counter: bytes, secret: bytes) -> bytes: ...

    def mac(self, padded: bytes) -> bytes:
        """Eight bytes over whole blocks."""


class TripleDes:
    """Keys of 16 bytes; the initial vector is zero."""

    block = 8

    def __init__(self, secrecy: bytes, truth: bytes) -> None:
        self._secrecy, self._truth = secrecy, truth

    @classmethod
    def derived(cls, secret: bytes) -> TripleDes:
        return cls(*(odd_parity(derived(secret, use, "sha1")[:16]) for use in (_FOR_SECRECY, _FOR_TRUTH)))

    def encrypt(self, counter: bytes, padded: bytes) -> bytes:
        return _des(self._secrecy).update(padded)

    def decrypt(self, counter: bytes, secret: bytes) -> bytes:
        return _des(self._secrecy, encrypt=False).update(secret)

    def mac(self, padded: bytes) -> bytes:
        """Single DES in a chain with the first half of the key, the last block once more with both."""
        first, second = self._truth[:8], self._truth[8:]
        chained = _des(first).update(padded)[-8:]
        return _des(first).update(_des(second, encrypt=False).update(chained))


class Aes:
    """Keys of 16, 24 or 32 bytes; the initial vector is the encrypted counter."""

    block = 16

    def __init__(self, secrecy: bytes, truth: bytes) -> None:
        self._secrecy, self._truth = algorithms.AES(secrecy), algorithms.AES(truth)

    @classmethod
    def derived(cls, secret: bytes, size: int) -> Aes:
        digest = "sha1" if size == 16 else "sha256"
        return cls(*(derived(secret, use, digest)[:size] for use in (_FOR_SECRECY, _FOR_TRUTH)))

    def encrypt(self, counter: bytes, padded: bytes) -> bytes:
        return Machine(self._secrecy, modes.CBC(self._vector(counter))).encryptor().update(padded)

    def decrypt(self, counter: bytes, secret: bytes) -> bytes:
        return Machine(self._secrecy, modes.CBC(self._vector(counter))).decryptor().update(secret)

    def mac(self, padded: bytes) -> bytes:
        mac = CMAC(self._truth)
        mac.update(padded)
        return mac.finalize()[:MAC_BYTES]

    def _vector(self, counter: bytes) -> bytes:
        return Machine(self._secrecy, modes.ECB()).encryptor().update(counter)  # one block


def derived(secret: bytes, use: int, digest: str) -> bytes:
    """The bytes of a key for this use. Source: Doc 9303-11, 9.7.1."""
    return hashlib.new(digest, secret + use.to_bytes(4)).digest()


def odd_parity(key: bytes) -> bytes:
    """The same DES key with its parity bits set, as the standard's examples show it."""
    return bytes(byte & 0xFE | (byte & 0xFE).bit_count() % 2 ^ 1 for byte in key)


def padded(data: bytes, block: int) -> bytes:
    """80, then zeros up to whole blocks; a whole block more where ``data`` is whole blocks already."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpadded(data: bytes) -> bytes:
    """Raises ``Garbled`` where there is no padding, or more than a block of it."""
    bare = data.rstrip(b"\0")
    if not bare.endswith(b"\x80") or len(data) - len(bare) >= 16:
        raise Garbled("no padding")
    return bare[:-1]


def _des(key: bytes, *, encrypt: bool = True) -> CipherContext:
    """DES with a key of 8 bytes, 3DES with one of 16, chained from zero."""
    machine = Machine(TripleDES(key + key + key if len(key) == 8 else key + key[:8]), modes.CBC(bytes(8)))
    return machine.encryptor() if encrypt else machine.decryptor()
