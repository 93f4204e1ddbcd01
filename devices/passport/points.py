"""Points of a curve that no library of ours has: brainpool's of 192, 224 and 320 bits.

Verifying handles public numbers only, and a secret made here serves one
exchange: nothing is lost by the time it takes. Source: FIPS 186-4 section 6.4
and SEC 1 sections 2.2, 3.3.1, 4.1.4.
"""

from __future__ import annotations

from devices.passport.curves import Curve

Point = tuple[int, int] | None
"""None is the point at infinity."""


def on_curve(curve: Curve, x: int, y: int) -> bool:
    return 0 <= x < curve.p and 0 <= y < curve.p and (y * y - x * x * x - curve.a * x - curve.b) % curve.p == 0


def add(curve: Curve, one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % curve.p == 0:
            return None
        slope = (3 * one[0] * one[0] + curve.a) * pow(2 * one[1], -1, curve.p)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, curve.p)
    x = (slope * slope - one[0] - other[0]) % curve.p
    return x, (slope * (one[0] - x) - one[1]) % curve.p


def multiply(curve: Curve, times: int, point: Point) -> Point:
    total: Point = None
    while times:
        if times & 1:
            total = add(curve, total, point)
        point = add(curve, point, point)
        times >>= 1
    return total


def signed(curve: Curve, key: tuple[int, int], digest: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is the ECDSA signature of ``digest`` by ``key``, a point of the curve."""
    if not (0 < r < curve.n and 0 < s < curve.n):
        return False
    e = int.from_bytes(digest) >> max(0, 8 * len(digest) - curve.n.bit_length())
    w = pow(s, -1, curve.n)
    found = add(
        curve,
        multiply(curve, e * w % curve.n, (curve.x, curve.y)),
        multiply(curve, r * w % curve.n, key),
    )
    return found is not None and found[0] % curve.n == r
