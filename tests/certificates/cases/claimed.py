"""Checks 10, 15 and 16: what a real key signed and should not have."""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import replace
from typing import Any

from certificates.cbor import encoded
from certificates.claims import Value
from certificates.verdict import Reason
from tests.certificates.cases.case import Case
from tests.certificates.office import CLAIMS, INCOME, NOW, claim_map, deflated, paper, sign_map, sign_payload, text

GOOD = CLAIMS.encode()


def _payload(name: str, payload: bytes) -> Case:
    return Case(name, 10, Reason.MALFORMED, text(sign_payload(payload)))


def _cbor(name: str, data: bytes) -> Case:
    return _payload(name, deflated(data))


def _claim(name: str, /, **changed: Any) -> Case:
    return Case(name, 10, Reason.MALFORMED, text(sign_map(claim_map(**changed))))


def _without(claim: int) -> dict[int, Any]:
    return {key: value for key, value in claim_map().items() if key != claim}


def _fields(name: str, *fields: Value) -> Case:
    return Case(name, 16, Reason.FIELDS, paper(replace(CLAIMS, fields=fields)))


def _income(name: str, *fields: Value) -> Case:
    return Case(name, 16, Reason.FIELDS, paper(replace(INCOME, fields=fields)))


_PLACE, _SINCE, _PURPOSE, _ = CLAIMS.fields

CASES = (
    _payload("a payload of nothing", b""),
    _payload("a payload that is not deflated", GOOD),
    _payload("a zlib stream", zlib.compress(GOOD, 9)),
    _payload("a deflate stream cut short", deflated(GOOD)[:-1]),
    _payload("a byte behind the stream", deflated(GOOD) + b"\x00"),
    _payload("a second stream behind the first", deflated(GOOD) + deflated(b"")),
    _payload("1,025 bytes", deflated(bytes(1_025))),
    _payload("a bomb of 200,000 bytes", deflated(bytes(200_000))),
    _payload("a block of no kind", b"\x07"),
    _cbor("claims of nothing", b""),
    _cbor("a byte behind the claims", GOOD + b"\x00"),
    _cbor("claims in an array", encoded(list(claim_map()))),
    _cbor("claims within a tag", b"\xd8\x3d" + GOOD),
    _cbor("claims without a length", b"\xbf" + GOOD[1:] + b"\xff"),
    _cbor("claims out of order", GOOD[:1] + GOOD[7:13] + GOOD[1:7] + GOOD[13:]),
    _cbor("a claim twice", b"\xa6" + GOOD[1:7] + GOOD[1:]),
    _cbor("a moment in a longer form", GOOD.replace(b"\x04\x1a", b"\x04\x1b\x00\x00\x00\x00", 1)),
    _cbor("a moment as a float", GOOD[:2] + b"\xfb\x41\xda\xc9\x4d\x00\x00\x00\x00" + GOOD[7:]),
    *(_cbor(f"without the claim {claim}", encoded(_without(claim))) for claim in claim_map()),
    _cbor("a claim more", encoded(claim_map() | {1: "hall"})),
    _cbor("a paper of five", encoded(claim_map() | {-65537: claim_map()[-65537][:5]})),
    _cbor("a paper of seven", encoded(claim_map() | {-65537: [*claim_map()[-65537], 1]})),
    _cbor("seven deep", encoded(claim_map(fields=[[[[[[1]]]]]]))),
    _claim("iat 0", iat=0),
    _claim("iat before 1970", iat=-1),
    _claim("iat 2^32", iat=2**32),
    _claim("exp 2^32", exp=2**32),
    _claim("exp as text", exp="2026-12-31"),
    _claim("exp true", exp=True),
    _claim("a name of 9 bytes", cti=CLAIMS.cti[:9]),
    _claim("a name of 11 bytes", cti=CLAIMS.cti + b"\x00"),
    _claim("a status index below 0", status=-1),
    _claim("a status index of 2^27", status=2**27),
    _claim("type 0", type=0),
    _claim("type 65,536", type=65_536),
    _claim("type true", type=True),
    _claim("version 0", version=0),
    _claim("copy 0", copy=0),
    _claim("copy 10", copy=10),
    _claim("a citizen number in full", masked="990000199001010028"),
    _claim("a citizen number with a letter", masked="99A0028"),
    _claim("a citizen number with a small x", masked="990002x"),
    _claim("a citizen number with Arabic digits", masked="٩٩٠٠٠٢٨"),
    _claim("a citizen number and a line break", masked="9900028\n"),
    _claim("no name", name=""),
    _claim("a name of 41 characters", name="测" * 41),
    _claim("a name that turns the line around", name="测试人\u202egnp.exe"),
    _claim("a name with an isolate", name="测试\u2067人"),
    _claim("a name with an escape", name="测试人\x1b[2J"),
    _claim("a name with a line break", name="测试人\n真实有效"),
    _claim("a name with a line separator", name="测试人\u2028真实有效"),
    _claim("a name with a NUL", name="测试人\x00"),
    _claim("a name with a zero-width joiner", name="测\u200d试人"),
    _claim("a name with a soft hyphen", name="测\u00ad试人"),
    _claim("a name with a tag character", name="测试人\U000e0041"),
    _claim("a name of private use", name="\ue000"),
    _claim("a name that is not composed", name=unicodedata.normalize("NFD", "é")),
    _claim("a name as bytes", name=b"abc"),
    _claim("seventeen fields", fields=[1] * 17),
    _claim("a field of 121 characters", fields=["测" * 121, _SINCE, _PURPOSE, None]),
    _claim("a field that turns the line around", fields=["路\u202e1号", _SINCE, _PURPOSE, None]),
    _claim("an empty text for a field", fields=["", _SINCE, _PURPOSE, None]),
    _claim("a field below 0", fields=[_PLACE, -1, _PURPOSE, None]),
    _claim("a field of 2^53", fields=[_PLACE, 2**53, _PURPOSE, None]),
    _claim("a field that is true", fields=[_PLACE, _SINCE, True, None]),
    _claim("a field of bytes", fields=[b"x", _SINCE, _PURPOSE, None]),
    _claim("a field in a field", fields=[[_PLACE], _SINCE, _PURPOSE, None]),
    _claim("fields as a map", fields={0: 1}),
    Case("a type that came later", 15, Reason.NEWER_TEMPLATE, paper(replace(CLAIMS, type=3))),
    Case("a version that came later", 15, Reason.NEWER_TEMPLATE, paper(replace(CLAIMS, version=2))),
    Case(
        "the highest type and version", 15, Reason.NEWER_TEMPLATE, paper(replace(CLAIMS, type=65_535, version=65_535))
    ),
    _fields("no fields", *()),
    _fields("a field too few", _PLACE, _SINCE, _PURPOSE),
    _fields("a field too many", _PLACE, _SINCE, _PURPOSE, None, None),
    _fields("a required field empty", None, _SINCE, _PURPOSE, None),
    _fields("a text longer than its field", "路" * 61, _SINCE, _PURPOSE, None),
    _fields("a number for a text", 1, _SINCE, _PURPOSE, None),
    _fields("a text for a date", _PLACE, "2020-03-12", _PURPOSE, None),
    _fields("a date after the last", _PLACE, 73_050, _PURPOSE, None),
    _fields("a choice that is none", _PLACE, _SINCE, 3, None),
    _income("a month after the last", 2_400, 351_250, 3),
    _income("more money than its field holds", 1_520, 100_000_000, 3),
    _income("a number above its field", 1_520, 351_250, 21),
    Case("another template's fields", 16, Reason.FIELDS, paper(replace(CLAIMS, type=2))),
    Case("ends when it begins", 16, Reason.FIELDS, paper(replace(CLAIMS, exp=CLAIMS.iat))),
    Case("ends before it begins", 16, Reason.FIELDS, paper(replace(CLAIMS, exp=NOW - 3 * 86_400))),
)
