import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import citizen_number
from devices.holder import Sex

NOBODY = "990000194912310026"


def numbers() -> st.SearchStrategy[str]:
    """Right numbers of nobody: region 99xxxx."""
    return st.builds(
        lambda region, birth, sequence: f"99{region:04}{birth:%Y%m%d}{sequence:03}",
        st.integers(0, 9999),
        st.dates(date(1900, 1, 1), date(2099, 12, 31)),
        st.integers(0, 999),
    ).map(lambda first17: first17 + citizen_number.check_digit(first17))


@pytest.mark.parametrize(("first17", "check"), [("11010519491231002", "X"), ("44052418800101001", "4")])
def test_the_examples_of_the_standard_have_their_check_character(first17: str, check: str) -> None:
    assert citizen_number.check_digit(first17) == check


def test_birth_and_sex_are_told() -> None:
    assert citizen_number.birth_of(NOBODY) == date(1949, 12, 31)
    assert citizen_number.sex_of(NOBODY) is Sex.FEMALE
    assert citizen_number.sex_of("440524188001010014") is Sex.MALE


def test_a_typed_number_is_not_held_against_the_table_of_regions() -> None:
    """It names nobody, and regions come and go; what a card says is checked where cards are read."""
    for region in ("160000", "910000"):
        number = f"{region}18010101123"  # nobody alive was born in 1801
        assert citizen_number.checked(number + citizen_number.check_digit(number))


@given(numbers())
def test_a_right_number_passes_with_a_capital_x(number: str) -> None:
    assert citizen_number.checked(number) == number
    assert citizen_number.checked(number.lower()) == number


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_misread_character_is_always_noticed(number: str, place: int, read: str) -> None:
    misread = number[:place] + read + number[place + 1 :]
    if misread != number:
        with pytest.raises(ValueError, match=r"check|calendar|digits"):
            citizen_number.checked(misread)


@given(numbers(), st.integers(0, 16))
def test_two_swapped_neighbours_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(ValueError, match=r"check|calendar|digits"):
            citizen_number.checked(swapped)


@pytest.mark.parametrize(
    "junk",
    [
        "",
        NOBODY[:17],
        NOBODY + " ",
        " " + NOBODY[1:],
        "٩٩٠٠٠٠١٩٤٩١٢٣١٠٠٢X",
        "99000019491231002\n",
        "09000019491231002X",
        "990000194902300029",
        "990000000001010012",
        "9" * 5000,
    ],
)
def test_junk_is_refused_and_not_quoted(junk: str) -> None:
    with pytest.raises(ValueError, match=r"check|calendar|digits") as refusal:
        citizen_number.checked(junk)
    assert not junk.strip() or junk.strip() not in str(refusal.value)


@given(st.text(max_size=30))
def test_no_text_breaks_the_check(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert citizen_number.checked(text) == text.upper()
