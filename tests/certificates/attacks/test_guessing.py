"""Who tries short codes at random finds nobody, with no limiter at all."""

from __future__ import annotations

import secrets
from fractions import Fraction

from certificates.short_code import ALPHABET, LENGTH, cti_of, short_code, typed

REGISTERED = 1_000_000
CODES = len(ALPHABET) ** LENGTH


def test_with_a_million_registered_one_guess_hits_with_less_than_2_to_the_minus_60() -> None:
    assert CODES == 2**80
    chance = Fraction(REGISTERED, CODES)
    assert chance <= Fraction(1, 2**60)
    a_year = 100_000 * 365 * 86_400  # guesses, at 100,000 a second
    assert a_year * chance < Fraction(1, 300_000)


def test_a_hundred_thousand_guesses_hit_none_of_a_million() -> None:
    registered = {secrets.token_bytes(10) for _ in range(REGISTERED)}
    guesses = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(100_000))
    assert not any(cti_of(guess) in registered for guess in guesses)


def test_every_code_names_one_certificate_and_every_certificate_one_code() -> None:
    for cti in (bytes(10), b"\xff" * 10, *(secrets.token_bytes(10) for _ in range(10_000))):
        assert cti_of(short_code(cti)) == cti


def test_what_people_mistype_does_not_make_guessing_easier() -> None:
    """Several ways to type one code; never one way to type several."""
    assert {typed(each) for each in ("oil0-0000-0000-0000", "01L0 0000 0000 0000", "0110000000000000")} == {
        "0110000000000000"
    }
