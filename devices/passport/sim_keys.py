"""The private halves that a virtual chip has and its copies have not."""

from __future__ import annotations

import hashlib
import os
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

from devices.passport.sim_der import SET, der, identifier, integer, sequence
from devices.passport.sim_pki import key_info

_TRAILERS: Final = {"sha1": "bc", "sha224": "38cc", "sha256": "34cc", "sha384": "36cc", "sha512": "35cc"}
_PLAIN: Final = {"sha1": 1, "sha224": 2, "sha256": 3, "sha384": 4, "sha512": 5}
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class RsaActive:
    """Active authentication with RSA: ISO/IEC 9796-2, scheme 1."""

    def __init__(self, digest: str = "sha1", bits: int = 1024) -> None:
        self._digest = digest
        self._key = rsa.generate_private_key(65537, bits)
        self.info = key_info(self._key)
        self.told = b""

    def sign(self, challenge: bytes) -> bytes:
        numbers = self._key.private_numbers()
        modulus = numbers.public_numbers.n
        size = modulus.bit_length() // 8
        trailer = bytes.fromhex(_TRAILERS[self._digest])
        own = os.urandom(size - 1 - hashlib.new(self._digest).digest_size - len(trailer))
        opened = b"\x6a" + own + hashlib.new(self._digest, own + challenge).digest() + trailer
        return pow(int.from_bytes(opened), numbers.d, modulus).to_bytes(size)


class CurveActive:
    """Active authentication with plain ECDSA; ``told`` is what DG14 says of it."""

    def __init__(self, digest: str = "sha256", curve: ec.EllipticCurve | None = None, *, told: bool = True) -> None:
        self._digest = digest
        self._key = ec.generate_private_key(curve or ec.BrainpoolP256R1())
        self.info = key_info(self._key)
        method = identifier(f"0.4.0.127.0.7.1.1.4.1.{_PLAIN[digest]}")
        self.told = sequence(identifier("2.23.136.1.1.5"), integer(1), method) if told else b""

    def sign(self, challenge: bytes) -> bytes:
        width = (self._key.curve.key_size + 7) // 8
        r, s = utils.decode_dss_signature(self._key.sign(challenge, ec.ECDSA(_HASHES[self._digest])))
        return r.to_bytes(width) + s.to_bytes(width)


class ChipHalf:
    """Chip authentication: ``aes`` is the size of the session's keys in bytes, 0 for 3DES.

    ``number``: of the key, where the chip tells it. ``silent``: the chip lists
    its key alone, as those of the first edition do.
    """

    def __init__(
        self,
        aes: int = 0,
        curve: ec.EllipticCurve | None = None,
        *,
        number: int | None = None,
        spelled_out: bool = False,
        silent: bool = False,
    ) -> None:
        self.aes = aes
        self._key = ec.generate_private_key(curve or ec.SECP256R1())
        self.info = key_info(self._key, spelled_out)
        self.number = b"" if number is None else integer(number)
        self.protocol = identifier(f"0.4.0.127.0.7.2.2.3.2.{1 + aes // 8 - (aes > 0)}")
        self.told = b"" if silent else sequence(self.protocol, integer(1), self.number)
        self.told += sequence(identifier("0.4.0.127.0.7.2.2.1.2"), self.info, self.number)

    def secret(self, point: bytes) -> bytes:
        """What both sides share. Raises ``ValueError`` for no point of the curve."""
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(self._key.curve, point)
        return self._key.exchange(ec.ECDH(), theirs)


Active = RsaActive | CurveActive


def chip_group(active: Active | None, chip: ChipHalf | None) -> bytes:
    """DG14; nothing where there is nothing to tell."""
    infos = (active.told if active else b"") + (chip.told if chip else b"")
    return der(0x6E, der(SET, infos)) if infos else b""


def active_group(active: Active | None) -> bytes:
    """DG15."""
    return der(0x6F, active.info) if active else b""
