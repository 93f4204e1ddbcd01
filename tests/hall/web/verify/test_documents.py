"""What the hall signs is read by the page and by Python in one way, whatever it signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from certificates.cbor import Refused
from certificates.documents import KEYS
from certificates.lists import Lists
from certificates.root import first, followed
from certificates.verify import verify
from tests.certificates.office import (
    CLAIMS,
    HOST,
    INCOME,
    KINDS,
    LISTED,
    NOW,
    documents,
    known_of_the_stolen_kiosk,
    paper,
    text,
)
from tests.hall.web.verify import node
from tests.hall.web.verify.bent import CUT_LIST, OFF_CURVE, SHARD, entry, field, keys, said, served, template, templates

OWN: Final = paper()
OTHERS: Final = paper(INCOME)
KNOWN: Final = text(known_of_the_stolen_kiosk(), replace(CLAIMS, cti=bytes(range(10))).short_code)
"""A paper of the key that was cut off."""

HASH: Final = bytes(32)
NUMBER: Final = 2**53 - 1
NONE: Final[dict[Any, Any]] = {}
MANY: Final = {number.to_bytes(4): HASH for number in range(1_025)}
ZH: Final[dict[Any, Any]] = {"zh": "字", "en": "x"}
TWO: Final = [HASH, b"\1" * 32]

Case = tuple[str, str, str, Mapping[str, bytes]]
"""Rule, a paper, the reason of its verdict ("" for valid), and what the hall serves."""


def _no_lists(name: str, scanned: str, *changes: dict[str, Any]) -> list[Case]:
    return [(f"{name} {change}", scanned, "no-list", served(name, **change)) for change in changes]


ROOT_CASES: Final = _no_lists(
    "root/1",
    OWN,
    *({"keys": said("root/1")["keys"] | {purpose: OFF_CURVE}} for purpose in KINDS[1:]),
    {"keys": said("root/1")["keys"] | {"updates": said("root/1")["root"]}},
    {"keys": said("root/1")["keys"] | {"more": OFF_CURVE}},
    {"exp": said("root/1")["iat"]},
    {"iat": 0},
    {"iat": True},
    {"exp": 2**32},
    {"version": 2},
    {"consent": b""},
    {"more": 1},
)

INDEX_CASES: Final = _no_lists(
    "index",
    OWN,
    {"shards": said("index")["shards"] | {256: HASH}},
    {"shards": said("index")["shards"] | {300: HASH}},
    {"shards": said("index")["shards"] | {-1: HASH}},
    {"shards": said("index")["shards"] | {"1": HASH}},
    {"shards": said("index")["shards"] | {1: HASH[1:]}},
    {"status": said("index")["status"] | {128: HASH}},
    {"cuts": MANY},
    {"cuts": {b"abc": HASH}},
    {"version": 0},
    {"version": 2**32},
    {"iat": NOW + 1, "next": NOW + 1},
    {"next": LISTED},
    {"root": 2},
    {"more": 1},
)

STATUS_CASES: Final = _no_lists(
    "status/0",
    OWN,
    {"_65533": said("status/0")[65533] | {"more": 1}},
    {"_65533": said("status/0")[65533] | {"bits": 2}},
    {"_65533": said("status/0")[65533] | {"bits": True}},
    {"_65533": {"bits": 1}},
    {"_65533": said("status/0")[65533] | {"lst": b"\0" * 40}},
    {"_4": said("status/0")[6]},
    {"_4": said("status/0")[6] - 1},
    {"_4": 2**32},
    {"_4": None},
    {"_6": 0},
    {"_6": True},
    {"_65534": "3600"},
    {"_65534": 0},
    {"_65534": 2**32},
    {"_65534": True},
    {"_65534": ...},
    {"_1": "more"},
)

CUT_CASES: Final = _no_lists(
    CUT_LIST,
    KNOWN,
    {"at": 0},
    {"at": 2**32},
    {"at": "then"},
    {"at": True},
    {"kid": b"\x1b\0\0\4"},
    {"known": TWO[::-1]},
    {"known": TWO[:1] * 2},
    {"known": [b""]},
    {"known": {}},
    {"more": 1},
)

SHARD_CASES: Final[list[Case]] = [
    *_no_lists(SHARD, OWN, {"shard": 11}, {"keys": {}}, {"keys": [1]}, {"keys": [bytes(513)]}, {"more": 1}),
    *(
        (f"{SHARD} {at} {change}", OWN, "unknown-key", keys(**{("own", "neighbour")[at]: entry(at, **change)}))
        for at in (0, 1)
        for change in (
            {"kiosk": ""},
            {"kiosk": "𠮷" * 41},
            {"kiosk": b"K-01"},
            {"host": "other.example"},
            {"key": OFF_CURVE[1:]},
            {"nbf": NOW, "exp": NOW},
            {"nbf": 0},
            {"exp": 2**32},
            {"more": 1},
            {"typ": KEYS},
        )
    ),
    ("a kiosk of 40 characters", OWN, "", keys(entry(0, kiosk="𠮷" * 40))),
    ("a key off the curve", OWN, "unknown-key", keys(entry(0, key=OFF_CURVE))),
    ("a neighbour off the curve", OWN, "", keys(None, entry(1, key=OFF_CURVE))),
    ("a key by another signer", OWN, "unknown-key", keys(entry(0, signer="lists"))),
    ("a neighbour by another signer", OWN, "", keys(None, entry(1, signer="lists"))),
    ("keys out of order", OWN, "unknown-key", keys(entry(1), entry(0))),
    ("a key twice", OWN, "unknown-key", keys(entry(0), entry(0))),
    ("a key of another shard", OWN, "unknown-key", keys(None, entry(1, kid=b"\x0b\0\0\1"))),
    ("a neighbour that is none", OWN, "unknown-key", keys(None, b"\0")),
]

NO_TEMPLATE: Final[tuple[Any, ...]] = (
    *(template(type=each) for each in ("1", True, 0, 65_536, None, ...)),
    *(template(version=each) for each in ("1", True, 0, 65_536, ...)),
    *(template(kind=each) for each in ("x", "Residence", b"test-residence", 1, ...)),
    *(template(title=each) for each in (ZH | {"fr": "x"}, ZH | {"en": b"x"}, ZH | {1: "x"}, {"zh": "字"}, "x")),
    *(template(body=each) for each in (ZH | {"en": "{nobody}"}, ZH | {"zh": "字" * 601})),
    *(template(fields=each) for each in (NONE, [1], None, template()["fields"] * 5)),
    *(field(0, required=each) for each in (1, 0, "true", None, ...)),
    *(field(0, max=each) for each in ("60", True, 0, -1, ...)),
    *(field(0, kind=each) for each in ("retina", b"text", 0, ...)),
    *(field(0, choices=each) for each in (None, [ZH], {1: ZH}, ...)),
    *(
        field(2, choices=each)
        for each in (NONE, {"1": ZH}, {1: ZH, "1": ZH}, {1_000: ZH}, {-1: ZH}, {2: ZH | {"en": ""}})
    ),
    field(0, id=b"address"),
    field(0, label={"zh": "字"}),
    {**template(), 7: 1},
    {**template(), b"more": 1},
    template(fields=[{**template()["fields"][0], 7: 1}, *template()["fields"][1:]]),
    {},
    {1: 2},
    [],
    1,
    None,
)

SKIPPED: Final = ({1: 2}, -NUMBER, None, [{b"x": {"1": 1}}], "x" * 9_000)
"""What kiosks alone read, whatever it is."""

TEMPLATE_CASES: Final[list[Case]] = [
    *((f"template {n}", OWN, "newer-template", templates(each)) for n, each in enumerate(NO_TEMPLATE)),
    *((f"template {n}, another paper", OTHERS, "", templates(each)) for n, each in enumerate(NO_TEMPLATE)),
    *((f"skipped {n}", OWN, "", templates(template(issue=each, more=each))) for n, each in enumerate(SKIPPED)),
    *((f"skipped {n} in a field", OWN, "", templates(field(0, ask=each))) for n, each in enumerate(SKIPPED)),
    ("two versions", OWN, "", templates(template(), template(version=2))),
    ("the first version is none", OWN, "", templates({"type": 1}, template(), 1)),
    ("versions out of order", OWN, "no-list", templates(template(version=2), template())),
    ("types out of order", OWN, "no-list", templates(template(type=3), template())),
    ("a version twice", OWN, "no-list", templates(template(), template())),
    ("a version twice, once broken", OWN, "no-list", templates(template(), template(title=1))),
    *_no_lists("templates", OWN, {"templates": {}}, {"templates": None}, {"more": 1}),
]

CBOR_CASES: Final[list[Case]] = [
    (f"{each}", OWN, "no-list", templates(template(note=each)))
    for each in (-NUMBER - 1, NUMBER + 1, 1.5, {True: 1}, {None: 1}, {(1,): 1}, [[[[[[1]]]]]])
]

CASES: Final = [
    ("nothing is bent", OWN, "", documents()),
    ("nothing is bent", OTHERS, "", documents()),
    ("nothing is bent", KNOWN, "", documents()),
    *ROOT_CASES,
    *INDEX_CASES,
    *STATUS_CASES,
    *CUT_CASES,
    *SHARD_CASES,
    *TEMPLATE_CASES,
    *CBOR_CASES,
]


def ours(scanned: str, documents: Mapping[str, bytes]) -> dict[str, Any]:
    """What Python answers who sees this hall for the first time."""
    lists: Lists | None = None
    try:
        root = first(documents["root/1"], HOST)
        while (data := documents.get(f"root/{root.version + 1}")) is not None:
            root = followed(root, data)
        lists = Lists.read(root, documents)
    except Refused:
        pass
    return verify(scanned, lists, HOST, NOW).json()


def test_page_and_python_give_one_answer_on_documents_that_the_hall_should_not_have_signed() -> None:
    cases = [{"text": scanned, "documents": node.base64(hall)} for _, scanned, _, hall in CASES]
    pages = node.run("documents.mjs", {"host": HOST, "now": NOW, "cases": cases})
    for (rule, scanned, reason, hall), page in zip(CASES, pages, strict=True):
        answer = ours(scanned, hall)
        assert (answer["reason"], page) == (reason, answer), rule
