"""A line of text shows as it is, and steers nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed
from certificates.text import line


@pytest.mark.parametrize("text", ["王小明", "阿依古丽·买买提", "José Ñúñez", "𠮷野家", "O'Neill 2", "1", "한글", "①㎡"])
def test_names_as_people_have_them_may_stand(text: str) -> None:
    assert line(text, 40) == text


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("empty", ""),
        ("too long", "王" * 41),
        ("not composed", "Jose\u0301"),
        ("Hangul not composed", "\u1112\u1161\u11ab"),
        ("an ideograph for compatibility", "\uf900"),
        ("a line end", "a\nb"),
        ("a carriage return", "a\rb"),
        ("a tab", "a\tb"),
        ("nought", "a\0b"),
        ("escape", "a\x1b[2J"),
        ("a C1 control", "a\x85b"),
        ("right to left from here", "a\u202eb"),
        ("right to left, isolated", "a\u2067b"),
        ("the mark of right to left", "a\u200fb"),
        ("a space of no width", "a\u200bb"),
        ("a joiner", "a\u200db"),
        ("a byte order mark", "\ufeffa"),
        ("a soft hyphen", "a\xadb"),
        ("a line separator", "a\u2028b"),
        ("a paragraph separator", "a\u2029b"),
        ("half a surrogate pair", "a\ud800"),
        ("private use", "a\ue000"),
        ("private use, far out", "a\U000f0000"),
        ("no character", "a\uffff"),
        ("a tag", "a\U000e0041"),
    ],
)
def test_what_steers_or_hides_has_no_place(why: str, text: str) -> None:
    with pytest.raises(Malformed):
        line(text, 40)


@given(st.text(max_size=50))
def test_a_line_is_given_back_as_it_is_or_refused(text: str) -> None:
    try:
        assert line(text, 40) == text
    except Malformed:
        return
    steering = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert not steering & {unicodedata.category(sign) for sign in text}


def test_a_character_of_a_later_unicode_is_no_forgery() -> None:
    assert unicodedata.category("\u0378") == "Cn"
    assert line("a\u0378", 40)
