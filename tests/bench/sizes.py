"""How large the codes of certificates come out, beside the same content carried whole.

10,000 certificates of all kinds, of people who are nobody. The peer is how health certificates are
carried (HC1: CWT in COSE, deflated as a whole, base 45): without a template at hand its code holds
title, issuer and sentence too.
"""

from __future__ import annotations

import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from certificates import qr
from certificates.cbor import encoded
from certificates.claims import Claims
from certificates.code import parts, sign
from certificates.keys import FileKey, signed
from certificates.library import load
from certificates.template import Template
from tests.bench.row import Row, beside, percentile, within
from tests.certificates.random_claims import random_claims

SEED: Final = 20_261_122
HOST: Final = "zhengwu.jiangpan.example"
_KID: Final = b"\0\0\0\1"
_PEER: Final = "HC1-like CWT with its sentences, base 45"
_NONE: Final = 41
"""Stands for a code that no QR version holds."""


def rows(certificates: int = 10_000, seed: int = SEED) -> list[Row]:
    """Every kind and version in turn; the key is a new one each time, which moves no size."""
    key = FileKey.fresh()
    ours: list[int] = []
    peers: list[int] = []
    for template, claims in _drawn(certificates, seed):
        ours.append(_ours(claims, key))
        peers.append(_peer(template, claims, key))
    spread = f"versions at level M: {_spread(ours)}; the peer's: {_spread(peers)}. Host of {len(HOST)} characters"
    return [
        within("certificate code, QR version, p99", "", percentile(ours, 0.99), 13, spread),
        within("certificate code, largest QR version", "", max(ours), qr.LARGEST),
        beside("certificate code, modules a side, mean", "", _side(ours), _side(peers), _PEER, 1.0),
    ]


@cache
def shares(certificates: int = 1_400, seed: int = SEED) -> Mapping[int, float]:
    """The share of each QR version among certificates of all kinds: the same every time."""
    key = FileKey.fresh()
    counted = Counter(_ours(claims, key) for _, claims in _drawn(certificates, seed))
    return {version: counted[version] / certificates for version in sorted(counted)}


def _drawn(certificates: int, seed: int) -> Iterator[tuple[Template, Claims]]:
    rng, templates = random.Random(seed), load()
    for place in range(certificates):
        template = templates[place % len(templates)]
        yield template, random_claims(rng, template)


def _ours(claims: Claims, key: FileKey) -> int:
    address, digits = parts(sign(claims, key, _KID), claims.short_code, HOST)
    return qr.version_for(len(address), len(digits))


def _peer(template: Template, claims: Claims, key: FileKey) -> int:
    """The version of ``HC1:`` and base 45, three characters for two bytes, in alphanumeric mode."""
    content = {
        "t": template.title.zh,
        "i": template.issuer.zh,
        "no": claims.number(template.prefix),
        "b": template.sentence(claims, template.body).zh,
    } | {label.zh: value.zh for label, value in template.rows_apart(claims)}
    cwt = encoded({1: HOST, 4: claims.exp, 6: claims.iat, 7: claims.cti, 65535: claims.status, -260: {1: content}})
    data = zlib.compress(signed(key, _KID, "HC1", cwt), 9)
    characters = len("HC1:") + len(data) // 2 * 3 + len(data) % 2 * 2
    return next((version for version in range(1, 41) if characters <= _alphanumeric(version)), _NONE)


def _alphanumeric(version: int) -> int:
    """Characters that a code at level M holds in alphanumeric mode alone (ISO/IEC 18004, 7.4.4)."""
    bits = qr.capacity(version) - 4 - (9 if version < 10 else 11 if version < 27 else 13)
    return bits // 11 * 2 + (bits % 11 >= 6)


def _side(versions: Iterable[int]) -> float:
    sides = [17 + 4 * version for version in versions]
    return sum(sides) / len(sides)


def _spread(versions: Iterable[int]) -> str:
    counted = Counter(versions)
    return ", ".join(f"{version}: {counted[version]:,}" for version in sorted(counted))
