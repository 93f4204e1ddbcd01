"""A bystander never reads a whole name, whatever is written on the card."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.masking import greeting_name, part_of_day, slip_name

NAMES = st.one_of(
    st.text(max_size=500),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6),
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ ·-'.", max_size=40),
    st.text(alphabet="\x1b\x1d@V\x00 王明", max_size=12),
)


@pytest.mark.parametrize(
    ("name", "greeting", "slip"),
    [
        ("王小明", "王*", "王*明"),
        ("王明", "王*", "王*"),
        ("欧阳娜娜", "欧*", "欧*娜"),
        ("阿迪力·买买提", "阿*", "阿*提"),
        ("WANG XIAOMING", "WANG *", "WANG *"),
        ("GARCÍA Márquez", "GARCÍA *", "GARCÍA *"),
        ("W" * 250 + " X", "W" * 24 + " *", "W" * 24 + " *"),
        ("MADONNA", "M*", "M*"),
        ("", "*", "*"),
        ("   ", "*", "*"),
        ("王", "*", "*"),
        ("A", "*", "*"),
        ("𠀀𠀁𠀂", "𠀀*", "𠀀*𠀂"),  # CJK extension B
        ("\ue863小明", "\ue863*", "\ue863*明"),  # a rare character that GB 18030 has in private use
        ("محمد علي", "م*", "م*ي"),
        ("\u202e王小明", "王*", "王*明"),
        ("王 明", "王*", "王*"),
        ("王\u0301\u0301\u0301明", "王*", "王*"),
        ("\x1b@王小明", "王*", "王*明"),
        ("\x1d王明", "王*", "王*"),
    ],
)
def test_a_name_is_known_again_and_not_told(name: str, greeting: str, slip: str) -> None:
    assert greeting_name(name) == greeting
    assert slip_name(name) == slip


def _letters(text: str) -> list[str]:
    return [sign for sign in text if unicodedata.category(sign)[0] in "LNS" or unicodedata.category(sign) == "Co"]


@given(NAMES)
def test_some_of_every_name_stays_hidden(name: str) -> None:
    for masked in (greeting_name(name), slip_name(name)):
        assert masked.count("*") >= 1
        shown = _letters(masked.replace("*", "", 1) if "*" not in name else masked.partition("*")[0])
        assert not _letters(name) or len(shown) < len(_letters(name))
        assert name.strip() == "" or name.strip() not in masked or set(name.strip()) <= {"*"}


@given(NAMES)
def test_a_masked_name_is_short_and_has_no_control_byte_or_turn_of_direction(name: str) -> None:
    for masked in (greeting_name(name), slip_name(name)):
        assert len(masked) <= 26
        assert not any(unicodedata.category(sign)[0] == "C" and unicodedata.category(sign) != "Co" for sign in masked)


@pytest.mark.parametrize(
    ("hours", "greeting"),
    [
        ((5, 7), "早上好"),
        ((8, 10), "上午好"),
        ((11, 12), "中午好"),
        ((13, 17), "下午好"),
        ((18, 23), "晚上好"),
        ((0, 4), "晚上好"),
    ],
)
def test_the_greeting_fits_the_hour(hours: tuple[int, int], greeting: str) -> None:
    assert {part_of_day(hour).zh for hour in range(hours[0], hours[1] + 1)} == {greeting}
