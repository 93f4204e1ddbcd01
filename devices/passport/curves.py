"""The curves that passports use, by name and by the numbers that some certificates spell out instead.

Source: FIPS 186-4 appendix D (secp…), RFC 5639 (brainpool…).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from devices.passport.faults import Unverifiable


@dataclass(frozen=True, slots=True)
class Curve:
    """y² = x³ + ax + b modulo the prime p; (x, y) generates a group of the prime order n.

    ``library`` is None where no library of ours calculates on it.
    """

    name: str
    oid: str
    library: ec.EllipticCurve | None
    p: int
    a: int
    b: int
    x: int
    y: int
    n: int

    @property
    def width(self) -> int:
        """Bytes of a coordinate."""
        return (self.p.bit_length() + 7) // 8

    @property
    def order_width(self) -> int:
        """Bytes of each half of a plain signature."""
        return (self.n.bit_length() + 7) // 8


def by_name(oid: str) -> Curve:
    """Raises ``Unverifiable`` for a curve that is not known here."""
    for curve in CURVES:
        if curve.oid == oid:
            return curve
    raise Unverifiable("a curve that is not known")


def by_numbers(p: int, a: int, b: int, generator: bytes, n: int) -> Curve:
    """The curve that these are, to the last of them: nobody may bring a generator of their own.

    Raises ``Unverifiable``.
    """
    for curve in CURVES:
        x, y = curve.x.to_bytes(curve.width), curve.y.to_bytes(curve.width)
        points = (b"\x04" + x + y, bytes([2 + curve.y % 2]) + x)
        if (p, a, b, n) == (curve.p, curve.a, curve.b, curve.n) and generator in points:
            return curve
    raise Unverifiable("a curve that is not known")


def _curve(name: str, oid: str, library: ec.EllipticCurve | None, numbers: str) -> Curve:
    """``numbers``: p, a, b, x, y, n in hexadecimal, each of the same width."""
    digits = "".join(numbers.split())
    width = len(digits) // 6
    return Curve(name, oid, library, *(int(digits[at : at + width], 16) for at in range(0, len(digits), width)))


# fmt: off
CURVES: Final = (
    _curve("secp192r1", "1.2.840.10045.3.1.1", ec.SECP192R1(), """
fffffffffffffffffffffffffffffffefffffffffffffffffffffffffffffffffffffffffffffffefffffffffffffffc64210519e59c80e70fa7
e9ab72243049feb8deecc146b9b1188da80eb03090f67cbf20eb43a18800f4ff0afd82ff101207192b95ffc8da78631011ed6b24cdd573f977a1
1e794811ffffffffffffffffffffffff99def836146bc9b1b4d22831
"""),
    _curve("secp224r1", "1.3.132.0.33", ec.SECP224R1(), """
ffffffffffffffffffffffffffffffff000000000000000000000001fffffffffffffffffffffffffffffffefffffffffffffffffffffffeb405
0a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21bd376388
b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d
"""),
    _curve("secp256r1", "1.2.840.10045.3.1.7", ec.SECP256R1(), """
ffffffff00000001000000000000000000000000ffffffffffffffffffffffffffffffff00000001000000000000000000000000ffffffffffff
fffffffffffc5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b6b17d1f2e12c4247f8bce6e563a440f277037d81
2deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5ffffffff00000000ffffffffffff
ffffbce6faada7179e84f3b9cac2fc632551
"""),
    _curve("secp384r1", "1.3.132.0.34", ec.SECP384R1(), """
fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffffffffffffffffffffff
fffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffcb3312fa7e23ee7e4988e056be3f82d19181d9c6e
fe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e08254
2a385502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d
7a431d7c90ea0e5fffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973
"""),
    _curve("secp521r1", "1.3.132.0.35", ec.SECP521R1(), """
01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
ffffffffffffffff01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
fffffffffffffffffffffffffffffffc0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b
1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f0000c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dba
a14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b4468
17afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd1665001ffffffffffffffffffffffffffffffffff
fffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409
"""),
    _curve("brainpoolP192r1", "1.3.36.3.3.2.8.1.1.3", None, """
c302f41d932a36cda7a3463093d18db78fce476de1a862976a91174076b1e0e19c39c031fe8685c1cae040e5c69a28ef469a28ef7c28cca3dc72
1d044f4496bcca7ef4146fbf25c9c0a0647eaab6a48753b033c56cb0f0900a2f5c4853375fd614b690866abd5bb88b5f4828c1490002e6773fa2
fa299b8fc302f41d932a36cda7a3462f9e9e916b5be8f1029ac4acc1
"""),
    _curve("brainpoolP224r1", "1.3.36.3.3.2.8.1.1.5", None, """
d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f432580
f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d58aa56f7
72c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cdd7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f
"""),
    _curve("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", ec.BrainpoolP256R1(), """
a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e53777d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a
4b44f330b5d926dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b68bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1
e3bd23c23a4453bd9ace3262547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997a9fb57dba1eea9bc3e660a909d83
8d718c397aa3b561a6f7901e0e82974856a7
"""),
    _curve("brainpoolP320r1", "1.3.36.3.3.2.8.1.1.9", None, """
d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e273ee30b568fbab0f883ccebd46d3f3bb8a2a7
3513f5eb79da66190eb085ffa9f492f375a97d860eb4520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac
8fb1f1a643bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e2061114fdd05545ec1cc8ab4093247f77
275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e9
8691555b44c59311
"""),
    _curve("brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", ec.BrainpoolP384R1(), """
8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec537bc382c63d8c150c3c72
080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce282604a8c7dd22ce28268b39b55416f0447c2fb77de1
07dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c111d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd
10e8e826e03436d646aaef87b2e247d4af1e8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e46462177918111
42820341263c53158cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565
"""),
    _curve("brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13", ec.BrainpoolP512R1(), """
aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa
6056583a48f37830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a7
2bf2c7b9e7c1ac4d77fc94ca3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc08
3e67984050b75ebae5dd2809bd638016f72381aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d
50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f8227dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dc
de494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca
70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069
"""),
)
# fmt: on
