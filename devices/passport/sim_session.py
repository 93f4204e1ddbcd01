"""The chip's side of secure messaging, written apart from the driver's. Source: ICAO Doc 9303-11 section 9.8."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from devices.passport.sim_der import der, split


class Broken(Exception):
    """A command that is not of this session."""


def key(secret: bytes, number: int, size: int = 16) -> bytes:
    digest = hashlib.sha256 if size > 16 else hashlib.sha1
    return digest(secret + bytes([0, 0, 0, number])).digest()[:size]


def triple_des(secret: bytes, data: bytes, *, back: bool = False) -> bytes:
    cipher = Cipher(TripleDES(secret + secret[:8]), modes.CBC(bytes(8)))
    return (cipher.decryptor() if back else cipher.encryptor()).update(data)


def retail_mac(secret: bytes, data: bytes) -> bytes:
    """All blocks but the last with the first half, then 3DES over what is left of the last."""
    data += b"\x80" + bytes(7 - len(data) % 8)
    chain = Cipher(TripleDES(secret[:8] * 3), modes.CBC(bytes(8))).encryptor().update(data[:-8])[-8:] or bytes(8)
    return triple_des(secret, bytes(a ^ b for a, b in zip(chain, data[-8:], strict=True)))


class Session:
    """What chip and reader share. ``aes`` is the size of its AES keys in bytes, 0 for 3DES."""

    def __init__(self, secret: bytes, counter: int = 0, aes: int = 0) -> None:
        self._aes = aes
        self._hide, self._prove = key(secret, 1, aes or 16), key(secret, 2, aes or 16)
        self._counter = counter
        self._block = 16 if aes else 8

    def heard(self, command: bytes) -> tuple[bytes, bytes, int]:
        """Header, data and the bytes asked for (256 at most) of a protected command. Raises ``Broken``."""
        self._counter += 1
        header, size, body = command[:4], command[4], command[5:-1]
        if header[0] & 0x0C != 0x0C or size != len(body) or body[-10:-8] != b"\x8e\x08":
            raise Broken
        if self._mac(self._whole(header) + body[:-10]) != body[-8:]:
            raise Broken
        asked = (body[-11] if body[-13:-11] == b"\x97\x01" else 0) or 256
        if body[:1] != b"\x87":
            return header, b"", asked
        return header, self._cipher(split(body)[0][1:], back=True).rstrip(b"\0")[:-1], asked

    def said(self, data: bytes, status: bytes) -> bytes:
        """The protected answer."""
        self._counter += 1
        body = der(0x87, b"\x01", self._cipher(self._whole(data))) if data else b""
        body += der(0x99, status)
        return body + der(0x8E, self._mac(body)) + b"\x90\x00"

    def _cipher(self, data: bytes, *, back: bool = False) -> bytes:
        if not self._aes:
            return triple_des(self._hide, data, back=back)
        vector = Cipher(AES(self._hide), modes.ECB()).encryptor().update(self._counter.to_bytes(16))
        cipher = Cipher(AES(self._hide), modes.CBC(vector))
        return (cipher.decryptor() if back else cipher.encryptor()).update(data)

    def _mac(self, data: bytes) -> bytes:
        data = self._counter.to_bytes(self._block) + data
        if not self._aes:
            return retail_mac(self._prove, data)
        mac = CMAC(AES(self._prove))
        mac.update(self._whole(data))
        return mac.finalize()[:8]

    def _whole(self, data: bytes) -> bytes:
        return data + b"\x80" + bytes(self._block - 1 - len(data) % self._block)
