"""What a citizen types becomes a value, or is asked for again with the reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.form import DAY_ZERO, LAST_DAY, FormField, Kind, Said
from kiosk import say
from kiosk.answers import problem_with, value_of

TODAY, BIRTH = date(2026, 11, 20), date(1951, 3, 7)


def field(kind: Kind, most: int = 9_999_999, past: bool = False) -> FormField:
    said = Said(zh="问", en="Ask")
    choices = {1: said, 9: said} if kind is Kind.CHOICE else {}
    source = "chosen" if kind is Kind.CHOICE else "typed"
    return FormField(id="it", label=said, kind=kind, max=most, choices=choices, source=source, ask=said, past=past)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.DATE, "1900-01-01", 0),
        (Kind.DATE, "2019-03-05", 43_527),
        (Kind.DATE, "2100-01-01", LAST_DAY),
        (Kind.DATE, "2024-02-29", 45_349),
        (Kind.MONTH, "1900-01", 0),
        (Kind.MONTH, "2026-11", 1_522),
        (Kind.MONTH, "2099-12", 2_399),
        (Kind.INTEGER, "0", 0),
        (Kind.INTEGER, "007", 7),
        (Kind.MONEY, "0.00", 0),
        (Kind.MONEY, "3500.00", 350_000),
        (Kind.MONEY, "0.07", 7),
        (Kind.MONEY, "1.15", 115),
    ],
)
def test_what_is_typed_is_the_value_of_the_format(kind: Kind, typed: str, value: int) -> None:
    assert value_of(field(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.DATE, "2023-02-29"),
        (Kind.DATE, "2019-02-30"),
        (Kind.DATE, "0000-00-00"),
        (Kind.DATE, ""),
        (Kind.MONTH, "2019-13"),
        (Kind.MONTH, "2019-00"),
        (Kind.INTEGER, ""),
        (Kind.INTEGER, "1.5"),
        (Kind.MONEY, ""),
        (Kind.MONEY, "."),
        (Kind.MONEY, "NaN"),
        (Kind.MONEY, "Infinity"),
        (Kind.MONEY, "1e999"),
    ],
)
def test_what_is_no_day_and_no_sum_is_none_and_unfit(kind: Kind, typed: str) -> None:
    assert value_of(field(kind), typed) is None
    assert problem_with(field(kind), None, TODAY, BIRTH) == "unfit"


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        (Kind.DATE, "2026-11-20", None),
        (Kind.DATE, "2026-11-21", "future"),
        (Kind.DATE, "1951-03-07", None),
        (Kind.DATE, "1951-03-06", "before-birth"),
        (Kind.DATE, "1899-12-31", "unfit"),
        (Kind.DATE, "2100-01-02", "unfit"),
        (Kind.MONTH, "2026-11", None),
        (Kind.MONTH, "2026-12", "future"),
        (Kind.MONTH, "2100-01", "unfit"),
        (Kind.MONTH, "1899-12", "unfit"),
    ],
)
def test_a_past_day_lies_between_birth_and_today(kind: Kind, typed: str, problem: str | None) -> None:
    asked = field(kind, past=True)
    assert problem_with(asked, value_of(asked, typed), TODAY, BIRTH) == problem


def test_a_day_that_may_come_is_no_problem() -> None:
    asked = field(Kind.DATE)
    assert problem_with(asked, value_of(asked, "2027-01-01"), TODAY, BIRTH) is None
    assert problem_with(asked, value_of(asked, "1940-01-01"), TODAY, BIRTH) is None


def test_without_a_birth_date_nothing_lies_before_it() -> None:
    asked = field(Kind.DATE, past=True)
    assert problem_with(asked, value_of(asked, "1901-01-01"), TODAY, None) is None


@pytest.mark.parametrize(
    ("kind", "most", "typed", "problem"),
    [
        (Kind.INTEGER, 20, "20", None),
        (Kind.INTEGER, 20, "21", "unfit"),
        (Kind.MONEY, 350_000, "3500.00", None),
        (Kind.MONEY, 350_000, "3500.01", "unfit"),
        (Kind.INTEGER, 20, "-1", "unfit"),
        (Kind.MONEY, 350_000, "-0.01", "unfit"),
    ],
)
def test_a_number_has_its_bounds(kind: Kind, most: int, typed: str, problem: str | None) -> None:
    asked = field(kind, most)
    assert problem_with(asked, value_of(asked, typed), TODAY, BIRTH) == problem


def test_a_choice_that_is_not_offered_is_unfit() -> None:
    assert problem_with(field(Kind.CHOICE), 9, TODAY, BIRTH) is None
    assert problem_with(field(Kind.CHOICE), 2, TODAY, BIRTH) == "unfit"


def test_every_problem_has_its_words() -> None:
    assert set(say.PROBLEMS) == {"unfit", "future", "before-birth"}


@given(st.dates(min_value=DAY_ZERO, max_value=DAY_ZERO + timedelta(days=LAST_DAY)))
def test_every_day_of_the_format_is_shown_as_it_was_typed(day: date) -> None:
    shown = field(Kind.DATE).shown(value_of(field(Kind.DATE), day.isoformat()))
    assert shown is not None
    assert shown.zh == f"{day.year}年{day.month}月{day.day}日"


@given(st.integers(0, 9_999_999))
def test_every_sum_is_shown_as_it_was_typed(fen: int) -> None:
    shown = field(Kind.MONEY).shown(value_of(field(Kind.MONEY), f"{fen // 100}.{fen % 100:02d}"))
    assert shown is not None
    assert shown.zh.replace(",", "") == f"{fen // 100}.{fen % 100:02d}元"


@given(st.sampled_from([Kind.DATE, Kind.MONTH, Kind.INTEGER, Kind.MONEY]), st.text(max_size=12))
def test_nothing_that_can_be_typed_raises(kind: Kind, typed: str) -> None:
    asked = field(kind, past=kind in (Kind.DATE, Kind.MONTH))
    problem_with(asked, value_of(asked, typed), TODAY, BIRTH)
