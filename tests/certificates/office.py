"""A small hall on paper: fixed keys, a fixed clock, its lists, and whatever its kiosks signed.

The keys come from their names, so that every run and every reader has the same
ones. They protect nothing.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from certificates import code
from certificates.cbor import encoded
from certificates.claims import Claims
from certificates.cose import ORDER
from certificates.keys import FileKey, signed
from certificates.lists import (
    Index,
    Lists,
    digest,
    make_cut,
    make_entry,
    make_index,
    make_shard,
    make_status,
    make_templates,
)
from certificates.root import Root, first, made
from certificates.short_code import short_code
from certificates.verdict import Verdict
from certificates.verify import Registry, verify
from tests.certificates.kinds import EARNINGS, RESIDENCE

HOST: Final = "hall.example"
DAY: Final = 86_400
NOW: Final = 1_790_000_000
"""2026-09-21T22:13:20+08:00."""

LISTED: Final = NOW - 3_600
"""When the index was made."""

NEXT: Final = LISTED + DAY
ROOT_ENDS: Final = NOW + 1_000 * DAY

KIOSK: Final = bytes.fromhex("0a000001")
RETIRED: Final = bytes.fromhex("0a000002")
"""A kiosk's key of the month before last."""

STOLEN: Final = bytes.fromhex("1b000003")
"""Cut off; of its papers, the hall had received ``known_of_the_stolen_kiosk``."""

TIMES: Final = {
    KIOSK: (NOW - 20 * DAY, NOW + 10 * DAY),
    RETIRED: (NOW - 60 * DAY, NOW - 30 * DAY),
    STOLEN: (NOW - 20 * DAY, NOW + 10 * DAY),
}
"""nbf and exp of each listed key."""

REVOKED: Final = 70_707
KINDS: Final = ("root", "kiosks", "lists", "templates", "technicians", "updates")


@cache
def key(name: str) -> FileKey:
    """The test key of this name."""
    return FileKey(ec.derive_private_key(secret(name), ec.SECP256R1()))


def secret(name: str) -> int:
    return (
        int.from_bytes(hashlib.sha256(f"Keting test key, protects nothing: {name}".encode()).digest()) % (ORDER - 1) + 1
    )


def kiosk_key(kid: bytes) -> FileKey:
    return key(f"kiosk {kid.hex()}")


CLAIMS: Final = Claims(
    type=1,
    version=1,
    iat=NOW - 2 * DAY,
    exp=NOW + 88 * DAY,
    cti=bytes.fromhex("3ccee4bb62e7378d3a4a"),
    status=417_283,
    name="测试人",
    masked="9900028",
    fields=("测试市示范区样例街道1号2栋301室", 43_900, 2, None),
)
"""A residence certificate, two days old."""

INCOME: Final = replace(
    CLAIMS,
    type=2,
    cti=bytes.fromhex("00112233445566778899"),
    status=12_345,
    name="Ngawang Test·测试",
    fields=(1_520, 351_250, 3),
)


def sign(claims: Claims = CLAIMS, kid: bytes = KIOSK) -> bytes:
    """The message of ``claims`` by the key of ``kid``."""
    return code.sign(claims, kiosk_key(kid), kid)


def sign_payload(payload: bytes, kid: bytes = KIOSK, typ: str = code.TYP) -> bytes:
    """A message of any payload, well signed: what only the holder of the key can make."""
    return signed(kiosk_key(kid), kid, typ, payload)


def deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def claim_map(claims: Claims = CLAIMS, **changed: Any) -> dict[int, Any]:
    """The claims as a map, with changes that ``Claims.encode`` would refuse."""
    said = {name: getattr(claims, name) for name in Claims.__slots__} | changed
    paper = [said[name] for name in ("type", "version", "name", "masked", "fields", "copy")]
    return {4: said["exp"], 6: said["iat"], 7: said["cti"], 65535: said["status"], -65537: paper}


def sign_map(said: dict[int, Any], kid: bytes = KIOSK) -> bytes:
    return sign_payload(deflated(encoded(said)), kid)


def text(message: bytes, short: str = CLAIMS.short_code, host: str = HOST) -> str:
    return code.text(message, short, host)


def paper(claims: Claims = CLAIMS, kid: bytes = KIOSK) -> str:
    """The code of a genuine certificate."""
    return text(sign(claims, kid), claims.short_code)


@cache
def known_of_the_stolen_kiosk() -> bytes:
    return sign(replace(CLAIMS, cti=bytes(range(10))), STOLEN)


@cache
def documents(number: int = 1, listed: int = LISTED, revoked: tuple[int, ...] = (REVOKED,)) -> dict[str, bytes]:
    """Everything below ``/lists/`` at the hall. ``number`` is the version of the index."""
    public = {kind: key(kind).public() for kind in KINDS[1:]}
    entries = {
        kid: make_entry(HOST, kid, kiosk_key(kid).public(), f"K-{kid[-1]:02d}", nbf, exp, key("kiosks"))
        for kid, (nbf, exp) in TIMES.items()
    }
    by_shard: dict[int, dict[bytes, bytes]] = {}
    for kid, entry in entries.items():
        by_shard.setdefault(kid[0], {})[kid] = entry
    shards = {shard: make_shard(HOST, shard, found, key("lists")) for shard, found in by_shard.items()}
    status = make_status(HOST, 0, revoked, listed, listed + 30 * DAY, DAY, key("lists"))
    cut = make_cut(HOST, STOLEN, NOW - DAY, [hashlib.sha256(known_of_the_stolen_kiosk()).digest()], key("lists"))
    templates = make_templates(HOST, (RESIDENCE, EARNINGS), key("templates"))
    index = Index(
        version=number,
        host=HOST,
        iat=listed,
        next=listed + DAY,
        root=1,
        shards={shard: digest(data) for shard, data in shards.items()},
        status={0: digest(status)},
        cuts={STOLEN: digest(cut)},
        templates=digest(templates),
    )
    return {
        "root/1": made(1, HOST, NOW - 300 * DAY, ROOT_ENDS, public, key("root")),
        "index": make_index(index, key("lists")),
        **{f"keys/{shard}": data for shard, data in shards.items()},
        "status/0": status,
        f"cut/{STOLEN.hex()}": cut,
        "templates": templates,
    }


@cache
def root() -> Root:
    return first(documents()["root/1"], HOST)


@cache
def lists() -> Lists:
    return Lists.read(root(), documents())


def answer(said: object) -> bytes:
    """What the registry sends."""
    return json.dumps(said).encode()


def judged(scanned: str, now: int = NOW, registry: Registry | None = None) -> Verdict:
    """The verdict of a verifier that has the lists of today."""
    return verify(scanned, lists(), HOST, now, registry)


def other(short: str) -> str:
    """Another short code."""
    return short_code(bytes(10)) if short != short_code(bytes(10)) else short_code(b"\xff" * 10)
