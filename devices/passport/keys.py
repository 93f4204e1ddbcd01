"""Public keys and what they have signed, as certificates and chips write them.

A key is RSA or a point on one of ``curves``, named or spelled out. The
mathematics are the library's wherever it has them. Source: RFC 3279, 4055,
5480; BSI TR-03111 for plain signatures.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import algos, keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from devices.card.apdu import Garbled
from devices.passport import curves, points
from devices.passport.asn1 import parsing
from devices.passport.curves import Curve
from devices.passport.faults import Unverifiable

DIGESTS: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),  # old passports have nothing better
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}

_MODULUS_BITS: Final = (1024, 8192)
_EXPONENT_BITS: Final = 64
_MOST_SALT: Final = 512


@dataclass(frozen=True, slots=True)
class RsaKey:
    modulus: int
    exponent: int

    @property
    def width(self) -> int:
        """Bytes of a signature."""
        return (self.modulus.bit_length() + 7) // 8


@dataclass(frozen=True, slots=True)
class CurveKey:
    """A point that lies on its curve."""

    curve: Curve
    x: int
    y: int

    @property
    def encoded(self) -> bytes:
        """Uncompressed."""
        return b"\x04" + self.x.to_bytes(self.curve.width) + self.y.to_bytes(self.curve.width)


PublicKey = RsaKey | CurveKey


@dataclass(frozen=True, slots=True)
class Scheme:
    """How something was signed: ``kind`` is ``pkcs1``, ``pss`` or ``ecdsa``."""

    kind: str
    digest: str
    salt: int = 0
    """Bytes, with ``pss``."""
    mask: str = ""
    """The digest of the mask, with ``pss``."""


@parsing("a public key")
def public_key(info: bytes) -> PublicKey:
    """The key in a SubjectPublicKeyInfo. Raises ``Garbled``; ``Unverifiable`` for a kind or curve not known here."""
    parsed = keys.PublicKeyInfo.load(info)
    kind = parsed["algorithm"]["algorithm"].native
    if kind in ("rsa", "rsassa_pss"):
        numbers = keys.RSAPublicKey.load(bytes(parsed["public_key"]))
        return _rsa(int(numbers["modulus"]), int(numbers["public_exponent"]))
    if kind != "ec":
        raise Unverifiable("a kind of key that is not known")
    return curve_key(_curve(parsed["algorithm"]["parameters"]), bytes(parsed["public_key"]))


def curve_key(curve: Curve, point: bytes) -> CurveKey:
    """The key at this encoded point. Raises ``Garbled`` where it is not on the curve."""
    if curve.library is not None:
        try:
            numbers = ec.EllipticCurvePublicKey.from_encoded_point(curve.library, point).public_numbers()
        except (ValueError, UnsupportedAlgorithm):
            raise Garbled("a key that is no point of its curve") from None
        return CurveKey(curve, numbers.x, numbers.y)
    x, y = int.from_bytes(point[1 : 1 + curve.width]), int.from_bytes(point[1 + curve.width :])
    if len(point) != 1 + 2 * curve.width or point[0] != 4 or not points.on_curve(curve, x, y):
        raise Garbled("a key that is no point of its curve")
    return CurveKey(curve, x, y)


@parsing("a signature algorithm")
def scheme(algorithm: Any, digest: str = "") -> Scheme:
    """What an AlgorithmIdentifier says; ``digest`` where it leaves that to another field.

    Raises ``Garbled``, and ``Unverifiable`` for a method that is not known here.
    """
    name = str(algorithm["algorithm"].native)
    if name == "rsassa_pss":
        told: Any = algorithm["parameters"]
        pss = told if isinstance(told, algos.RSASSAPSSParams) else algos.RSASSAPSSParams()
        mask = pss["mask_gen_algorithm"]["parameters"]["algorithm"].native
        salt = int(pss["salt_length"])
        if not 0 <= salt <= _MOST_SALT:
            raise Garbled("a salt of no sensible length")
        return Scheme("pss", _known(pss["hash_algorithm"]["algorithm"].native), salt, _known(mask))
    if name in ("rsassa_pkcs1v15", "rsa"):
        return Scheme("pkcs1", _known(digest))
    if name == "ecdsa":
        return Scheme("ecdsa", _known(digest))
    named, _, kind = name.partition("_")
    if kind not in ("rsa", "ecdsa"):
        raise Unverifiable("a method of signing that is not known")
    return Scheme("pkcs1" if kind == "rsa" else "ecdsa", _known(named))


def signed(key: PublicKey, how: Scheme, signature: bytes, data: bytes) -> bool:
    """Whether ``key`` has signed ``data``; no key signs by another kind's method. Raises ``Unverifiable``."""
    if isinstance(key, RsaKey):
        return _rsa_signed(key, how, signature, data)
    if how.kind != "ecdsa":
        return False
    try:
        r, s = utils.decode_dss_signature(signature)
    except ValueError:
        return False
    return curve_signed(key, how.digest, r, s, data)


def curve_signed(key: CurveKey, digest: str, r: int, s: int, data: bytes) -> bool:
    """Whether (r, s) is the ECDSA signature of ``data`` under this digest."""
    if key.curve.library is None:
        return points.signed(key.curve, (key.x, key.y), hashlib.new(digest, data).digest(), r, s)
    if not (0 < r < key.curve.n and 0 < s < key.curve.n):
        return False
    public = ec.EllipticCurvePublicNumbers(key.x, key.y, key.curve.library).public_key()
    try:
        public.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(DIGESTS[digest]))
    except InvalidSignature:
        return False
    return True


def _rsa_signed(key: RsaKey, how: Scheme, signature: bytes, data: bytes) -> bool:
    digest = DIGESTS[how.digest]
    if how.kind == "pss":
        scheme: padding.AsymmetricPadding = padding.PSS(padding.MGF1(DIGESTS[how.mask]), how.salt)
    elif how.kind == "pkcs1":
        scheme = padding.PKCS1v15()
    else:
        return False
    try:
        rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key().verify(signature, data, scheme, digest)
    except (InvalidSignature, ValueError):  # a salt that does not fit is no signature either
        return False
    except UnsupportedAlgorithm:
        raise Unverifiable("a method that is not known") from None
    return True


def _rsa(modulus: int, exponent: int) -> RsaKey:
    least, most = _MODULUS_BITS
    if not (modulus > 0 and least <= modulus.bit_length() <= most and modulus % 2):
        raise Garbled("an RSA key of no sensible size")
    if not 3 <= exponent < 1 << _EXPONENT_BITS:
        raise Garbled("an RSA key of no sensible size")
    return RsaKey(modulus, exponent)


def _curve(parameters: Any) -> Curve:
    """By its name, or by the numbers that mean the same."""
    if parameters.name == "named":
        return curves.by_name(parameters.chosen.dotted)
    if parameters.name != "specified":
        raise Unverifiable("a curve that is left open")
    told = parameters.chosen
    return curves.by_numbers(
        int(told["field_id"]["parameters"]),
        int.from_bytes(bytes(told["curve"]["a"])),
        int.from_bytes(bytes(told["curve"]["b"])),
        bytes(told["base"]),
        int(told["order"]),
    )


def _known(digest: str) -> str:
    if digest not in DIGESTS:
        raise Unverifiable("a digest that is not known")
    return digest
