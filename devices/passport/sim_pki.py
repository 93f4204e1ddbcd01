"""States that do not exist: each with its country signing key, its document signer and its master list.

What they make is what real ones publish and write into chips, in the forms
that are seen: RSA in both paddings, curves by name and curves spelled out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devices.passport.curves import CURVES
from devices.passport.sim_der import BOOLEAN, NULL, OCTETS, SET, bits, der, identifier, integer, moment, name, sequence

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
TO: Final = datetime(2045, 1, 1, tzinfo=UTC)
SIGNED: Final = datetime(2021, 1, 1, tzinfo=UTC)

DIGESTS: Final = {
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_SHA256: Final = sequence(identifier(DIGESTS["sha256"]))


class Kind(Enum):
    """How a state signs."""

    CURVE = "a curve by name"
    EXPLICIT = "a curve spelled out"
    RSA = "RSA, PKCS #1 v1.5"
    PSS = "RSA, PSS"


class Signer:
    """A key, its certificate, and what it signs, with SHA-256."""

    def __init__(self, kind: Kind, curve: ec.EllipticCurve | None = None) -> None:
        self.kind = kind
        self.key: PrivateKey
        if kind in (Kind.RSA, Kind.PSS):
            self.key = rsa.generate_private_key(65537, 2048)
        else:
            self.key = ec.generate_private_key(curve or ec.BrainpoolP256R1())
        self.info = key_info(self.key, spelled_out=kind is Kind.EXPLICIT)
        self.key_id = hashlib.sha1(self.info, usedforsecurity=False).digest()
        self.certificate = b""

    @property
    def algorithm(self) -> bytes:
        if self.kind is Kind.RSA:
            return sequence(identifier("1.2.840.113549.1.1.11"), NULL)
        if self.kind is not Kind.PSS:
            return sequence(identifier("1.2.840.10045.4.3.2"))
        mask = sequence(identifier("1.2.840.113549.1.1.8"), _SHA256)
        return sequence(
            identifier("1.2.840.113549.1.1.10"),
            sequence(der(0xA0, _SHA256), der(0xA1, mask), der(0xA2, integer(32))),
        )

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(hashes.SHA256()))
        if self.kind is Kind.PSS:
            return self.key.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Country:
    """A state by the two letters of its certificates.

    ``impostor_of``: it only says that it is that state, with its name and key
    identifier, and has keys of its own. ``purpose``: an extended key usage
    that its document signer should not have.
    """

    def __init__(
        self,
        country: str = "UT",
        kind: Kind = Kind.CURVE,
        curve: ec.EllipticCurve | None = None,
        impostor_of: Country | None = None,
        purpose: str | None = None,
    ) -> None:
        self.root, self.signer = Signer(kind, curve), Signer(kind, curve)
        self.name = name(C=country, O="Nobody", CN="CSCA")
        if impostor_of is not None:
            self.name, self.root.key_id = impostor_of.name, impostor_of.root.key_id
        signs = der(OCTETS, bits(b"\x06", unused=1))
        ca = der(OCTETS, sequence(der(BOOLEAN, b"\xff"), integer(0)))
        extended = der(OCTETS, sequence(identifier(purpose))) if purpose else b""
        self.root.certificate = self._issued(
            1,
            self.name,
            self.root,
            sequence(identifier("2.5.29.19"), der(BOOLEAN, b"\xff"), ca),
            sequence(identifier("2.5.29.15"), der(BOOLEAN, b"\xff"), signs),
        )
        self.signer.certificate = self._issued(
            2,
            name(C=country, O="Nobody", CN="DS"),
            self.signer,
            sequence(identifier("2.5.29.15"), der(BOOLEAN, b"\xff"), der(OCTETS, bits(b"\x80", unused=7))),
            sequence(identifier("2.5.29.37"), extended) if purpose else b"",
        )

    def security_object(self, groups: dict[int, bytes], digest: str = "sha256", signed: datetime = SIGNED) -> bytes:
        """EF.SOD over these data groups."""
        told = (
            sequence(integer(group), der(OCTETS, hashlib.new(digest, groups[group]).digest()))
            for group in sorted(groups)
        )
        content = sequence(integer(0), sequence(identifier(DIGESTS[digest]), NULL), sequence(*told))
        return der(0x77, self.message("2.23.136.1.1.1", content, (self.signer.certificate,), signed))

    def master_list(self, certificates: Iterable[bytes]) -> bytes:
        """A list of these country signing certificates, signed by this state's signer."""
        content = sequence(integer(0), der(SET, *sorted(certificates)))
        return self.message("2.23.136.1.1.2", content, (self.signer.certificate, self.root.certificate), SIGNED)

    def message(self, kind: str, content: bytes, certificates: Iterable[bytes], signed: datetime) -> bytes:
        """CMS signed data by this state's document signer."""
        attributes = (
            _attribute("1.2.840.113549.1.9.3", identifier(kind)),
            _attribute("1.2.840.113549.1.9.5", moment(signed)),
            _attribute("1.2.840.113549.1.9.4", der(OCTETS, hashlib.sha256(content).digest())),
        )
        signer = sequence(
            integer(1),
            sequence(self.name, integer(2)),
            _SHA256,
            der(0xA0, *attributes),
            self.signer.algorithm,
            der(OCTETS, self.signer.sign(der(SET, *attributes))),
        )
        body = sequence(
            integer(3),
            der(SET, _SHA256),
            sequence(identifier(kind), der(0xA0, der(OCTETS, content))),
            der(0xA0, *certificates),
            der(SET, signer),
        )
        return sequence(identifier("1.2.840.113549.1.7.2"), der(0xA0, body))

    def _issued(self, serial: int, subject: bytes, owner: Signer, *extensions: bytes) -> bytes:
        """A certificate of ``owner`` by this state's root."""
        ids = (
            sequence(identifier("2.5.29.14"), der(OCTETS, der(OCTETS, owner.key_id))),
            sequence(identifier("2.5.29.35"), der(OCTETS, sequence(der(0x80, self.root.key_id)))),
        )
        body = sequence(
            der(0xA0, integer(2)),
            integer(serial),
            self.root.algorithm,
            self.name,
            sequence(moment(FROM), moment(TO)),
            subject,
            owner.info,
            der(0xA3, sequence(*ids, *extensions)),
        )
        return sequence(body, self.root.algorithm, bits(self.root.sign(body)))


def key_info(key: PrivateKey, spelled_out: bool = False) -> bytes:
    """The public key's SubjectPublicKeyInfo; ``spelled_out``: with the curve's numbers instead of its name."""
    public = key.public_key()
    if not spelled_out or not isinstance(public, ec.EllipticCurvePublicKey):
        return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    curve = next(one for one in CURVES if one.library is not None and one.library.name == public.curve.name)
    field = sequence(identifier("1.2.840.10045.1.1"), integer(curve.p))
    shape = sequence(*(der(OCTETS, number.to_bytes(curve.width)) for number in (curve.a, curve.b)))
    generator = der(OCTETS, b"\x04", curve.x.to_bytes(curve.width), curve.y.to_bytes(curve.width))
    numbers = sequence(integer(1), field, shape, generator, integer(curve.n), integer(1))
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return sequence(sequence(identifier("1.2.840.10045.2.1"), numbers), bits(point))


def _attribute(kind: str, value: bytes) -> bytes:
    return sequence(identifier(kind), der(SET, value))
