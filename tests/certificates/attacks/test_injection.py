"""Names and fields that would like to be more than text: refused when signed and when read."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.cbor import Malformed
from certificates.verdict import Reason, Result
from tests.certificates.office import CLAIMS, claim_map, judged, paper, sign, sign_map, text

STEERING = [
    "测试\u202e人",  # right-to-left override
    "测试\u202d人",
    "测试\u2066人\u2069",  # isolate
    "测\u200f试人",  # right-to-left mark
    "测\u200b试人",  # zero width
    "测\u200d试人",
    "测\u2060试人",
    "\ufeff测试人",
    "测\u00ad试人",  # soft hyphen
    "测试人\n真实有效",
    "测试人\r",
    "测试人\t",
    "测试人\x00",
    "测试人\x1b[32m真",
    "测试人\x7f",
    "测试人\x85",
    "测试人\u2028真",
    "测试人\u2029真",
    "测试人\U000e0041",  # a tag
    "测试人\ue000",  # private use: looks as the font's maker likes
    "测试人\U000f0000",
    "e\u0301测试",  # not composed
    "\u1112\u1161\u11ab",
    "",
    "测" * 41,
    "a" * 10_000,
]


@pytest.mark.parametrize("name", STEERING, ids=ascii)
def test_a_name_that_steers_its_own_display_is_not_signed(name: str) -> None:
    with pytest.raises(Malformed):
        sign(replace(CLAIMS, name=name))
    with pytest.raises(Malformed):
        sign(replace(CLAIMS, fields=(name * 13, *CLAIMS.fields[1:])))


@pytest.mark.parametrize("name", [each for each in STEERING if len(each) < 300], ids=ascii)
def test_and_where_it_was_signed_all_the_same_it_is_not_read(name: str) -> None:
    assert judged(text(sign_map(claim_map(name=name)))).reason is Reason.MALFORMED
    fields = ["测" * 121 if name in ("", "测" * 41) else name, *CLAIMS.fields[1:]]
    assert judged(text(sign_map(claim_map(fields=fields)))).reason is Reason.MALFORMED


@pytest.mark.parametrize("name", ["\ud800", "测\udfff"])
def test_half_a_character_is_not_signed(name: str) -> None:
    with pytest.raises(Malformed):
        sign(replace(CLAIMS, name=name))


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{number}",
        "{name}",
        "{since}{purpose}",
        "{}",
        "%s%n{0.__class__}",
        "${7*7}",
        "#set page(width: 1pt)",
        "\\def\\x{}",
        "' OR 1=1 --",
        "=HYPERLINK(1)",
    ],
)
def test_a_name_that_looks_like_code_is_a_name(name: str) -> None:
    content = judged(paper(replace(CLAIMS, name=name))).content
    assert content is not None
    assert content.name == name
    assert content.sentence.zh.startswith(f"兹证明{name}（990***********0028）自2020年3月12日")


@pytest.mark.parametrize("name", ["阿卜杜热西提·买买提明", "ངག་དབང་", "Ñandú O’Brien-Łuk", "𠮷田𠮷男", "محمد"])
def test_names_of_people_are_taken(name: str) -> None:
    name = unicodedata.normalize("NFC", name)
    assert judged(paper(replace(CLAIMS, name=name))).result is Result.VALID


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=50))
def test_what_can_be_signed_can_be_read_and_is_shown_as_it_is(name: str) -> None:
    try:
        code = paper(replace(CLAIMS, name=name))
    except Malformed:
        return
    content = judged(code).content
    assert content is not None
    assert content.name == name
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in content.sentence.zh)
