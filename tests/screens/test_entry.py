"""What is typed into a form's question becomes one canonical text."""

from __future__ import annotations

import pytest

from screens.entry import Entry
from screens.pages import FillForm
from screens.words import Language


def typed(form: FillForm, keys: str, most: int = 9) -> Entry:
    entry = Entry(form, most)
    for key in keys:
        entry = entry.take(key)
    return entry


@pytest.mark.parametrize(
    ("form", "keys", "answer"),
    [
        (FillForm.DATE, "20190305", "2019-03-05"),
        (FillForm.DATE, "2019030599", "2019-03-05"),
        (FillForm.MONTH, "201903", "2019-03"),
        (FillForm.MONTH, "20190305", "2019-03"),
        (FillForm.INTEGER, "12", "12"),
        (FillForm.INTEGER, "0012", "12"),
        (FillForm.INTEGER, "0", "0"),
        (FillForm.INTEGER, "1.2", "12"),
        (FillForm.MONEY, "3500", "3500.00"),
        (FillForm.MONEY, "3500.", "3500.00"),
        (FillForm.MONEY, "3500.5", "3500.50"),
        (FillForm.MONEY, "3500.505", "3500.50"),
        (FillForm.MONEY, "0.05", "0.05"),
        (FillForm.MONEY, ".5", "5.00"),
        (FillForm.MONEY, "1.2.3", "1.23"),
    ],
)
def test_what_is_typed_is_answered_in_its_canonical_form(form: FillForm, keys: str, answer: str) -> None:
    entry = typed(form, keys)
    assert entry.complete
    assert entry.answer == answer


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        (FillForm.DATE, ""),
        (FillForm.DATE, "2019030"),
        (FillForm.MONTH, "20190"),
        (FillForm.INTEGER, ""),
        (FillForm.MONEY, ""),
    ],
)
def test_what_is_not_whole_is_not_complete(form: FillForm, keys: str) -> None:
    assert not typed(form, keys).complete


def test_no_more_digits_than_the_answer_may_have() -> None:
    assert typed(FillForm.INTEGER, "123456", most=2).answer == "12"
    assert typed(FillForm.MONEY, "123456.78", most=4).answer == "1234.78"


@pytest.mark.parametrize(
    ("keys", "zh", "en"),
    [
        ("", ("", "年   月   日"), ("", "YYYY / MM / DD")),
        ("201", ("201", "年   月   日"), ("201", "Y / MM / DD")),
        ("2019", ("2019 年 ", "月   日"), ("2019 / ", "MM / DD")),
        ("201903", ("2019 年 03 月 ", "日"), ("2019 / 03 / ", "DD")),
        ("2019030", ("2019 年 03 月 0", "日"), ("2019 / 03 / 0", "D")),
        ("20190305", ("2019 年 03 月 05 日", ""), ("2019 / 03 / 05", "")),
    ],
)
def test_a_date_shows_what_is_typed_and_what_is_still_to_come(
    keys: str, zh: tuple[str, str], en: tuple[str, str]
) -> None:
    entry = typed(FillForm.DATE, keys)
    assert entry.shown(Language.ZH) == zh
    assert entry.shown(Language.EN) == en


@pytest.mark.parametrize(
    ("keys", "part"), [("", "年份"), ("201", "年份"), ("2019", "月份"), ("20190", "月份"), ("201903", "日期")]
)
def test_the_hint_tells_which_digits_come_next(keys: str, part: str) -> None:
    asked = typed(FillForm.DATE, keys).asks()
    assert asked is not None
    assert part in asked.zh
    assert asked in Entry(FillForm.DATE).questions
    assert typed(FillForm.DATE, "20190305").asks() is None


def test_large_sums_are_grouped_and_have_their_unit() -> None:
    assert typed(FillForm.MONEY, "1234567.8").shown(Language.ZH) == ("1,234,567.8", "元")
    assert typed(FillForm.INTEGER, "1234567").shown(Language.ZH) == ("1234567", "")


def test_erasing_and_clearing_take_back_what_was_typed() -> None:
    entry = typed(FillForm.DATE, "20190305").erase().erase()
    assert entry.text == "201903"
    assert entry.clear().text == ""
    assert Entry(FillForm.MONEY).erase().text == ""


def test_what_was_typed_is_in_no_traceback() -> None:
    assert "2019" not in repr(typed(FillForm.DATE, "20190305"))
