"""For whom: a company's code is held to its rule, and no number is shown whole."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.acting import LETTERS, Acting, Kind, company
from kiosk.masking import masked_number

COMPANY = "91990000MA0000001B"


def test_a_code_with_a_right_check_character_is_taken() -> None:
    assert company(COMPANY) == COMPANY


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_is_seen_at_every_place(place: int) -> None:
    wrong = "2" if COMPANY[place] != "2" else "3"
    with pytest.raises(ValueError, match=r"18 characters|check"):
        company(COMPANY[:place] + wrong + COMPANY[place + 1 :])


@given(some.text(max_size=30))
def test_whatever_is_typed_or_scanned_is_a_code_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert company(text) == text


def test_letters_that_look_like_digits_cannot_be_typed() -> None:
    assert set("IOSVZ").isdisjoint(LETTERS)


def test_of_a_number_only_the_ends_are_shown() -> None:
    assert masked_number("990000201501010013") == "990***********0013"
    assert "2015" not in repr(Acting(Kind.WARD, "990000201501010013", "990***********0013"))
