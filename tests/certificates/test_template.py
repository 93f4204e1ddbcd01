"""A template as data: what it refuses, what a citizen may answer, what it makes of the values."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certificates.cbor import Malformed, decoded, encoded
from certificates.form import DAY_ZERO, FormField, Kind, Said, day
from certificates.template import template
from certificates.wording import Run, Sentence
from tests.certificates.random_claims import random_claims
from tests.certificates.sheets import KINDS, RESIDENCE

CLAIMS = replace(
    random_claims(random.Random(1), RESIDENCE),
    name="王小明",
    masked="9900028",
    fields=("江畔区柳岸街道8号2栋", (date(2019, 3, 5) - DAY_ZERO).days, 1),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_travels_as_canonical_cbor_and_is_the_same_again(kind: str) -> None:
    assert template(decoded(encoded(KINDS[kind].data()), 65_536)) == KINDS[kind]


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("prefix",), "JZ99", "prefix"),
        (("issue", "assurance"), "social-card", "issue.assurance"),
        (("issue", "copies"), 10, "issue.copies"),
        (("issue", "papers"), ["a5"], "issue.papers.0"),
        (("issue", "layout"), "../official", "issue.layout"),
        (("issue", "seal", "code"), "4401000004217", "issue.seal.code"),
        (("issue", "surprise"), 1, "issue.surprise"),
        (("body", "zh"), "{nobody}", "nobody"),
        (("fields", 0, "max"), 121, "fields.0"),
        (("fields", 0, "source"), "typed", "no keyboard"),
        (("fields", 0, "past"), True, "past"),
        (("fields", 1, "ask"), None, "question"),
        (("fields", 1, "id"), "address", "two fields"),
        (("fields", 2, "choices"), {}, "choices"),
        (("fields", 0, "source"), "record.address", "offline"),
    ],
)
def test_a_template_that_breaks_a_rule_is_refused_with_the_place(path: tuple[Any, ...], value: Any, why: str) -> None:
    broken: Any = deepcopy(RESIDENCE.data())
    inside = broken
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(Malformed, match=why):
        template(broken)


def test_values_stand_apart_from_the_words_around_them() -> None:
    first, second = RESIDENCE.paragraphs(CLAIMS)
    assert first[:4] == [
        Run("兹证明", False),
        Run("王小明", True),
        Run("（公民身份号码", False),
        Run("990***********0028", True),
    ]
    assert [run.text for run in first if run.is_value][2:] == ["2019年3月5日", "江畔区柳岸街道8号2栋"]
    assert [run.text for run in second if run.is_value] == ["子女入学"]
    assert "".join(run.text for run in first) == RESIDENCE.sentence(CLAIMS, RESIDENCE.body).zh.splitlines()[0]


def test_what_a_value_holds_is_never_read_as_a_place() -> None:
    sly = replace(CLAIMS, name="{address}", fields=("{name}{purpose}", 0, 1))
    said = RESIDENCE.sentence(sly, RESIDENCE.body).zh
    assert "兹证明{address}（" in said
    assert "居住于{name}{purpose}，" in said
    assert next(run.text for run in RESIDENCE.paragraphs(sly)[0] if run.is_value) == "{address}"


def test_a_sentence_near_its_limit_still_takes_long_values() -> None:
    body = Sentence(zh="长" * 590 + "{address}", en="x" * 590 + "{address}")
    full = RESIDENCE.model_copy(update={"body": body})
    assert full.sentence(CLAIMS, body).zh.endswith("长江畔区柳岸街道8号2栋")


def test_rows_that_no_sentence_names_stand_apart_and_empty_ones_not_at_all() -> None:
    marriage = KINDS["marriage-record-1"]
    claims = replace(random_claims(random.Random(2), marriage), fields=(1, 0, "登记处", 1))
    assert [(label.en, value.zh) for label, value in marriage.rows_apart(claims)] == [("Registered on", "1900年1月1日")]
    single = replace(claims, fields=(3, None, "登记处", 1))
    marriage.check(single)
    assert marriage.rows_apart(single) == []
    assert len(marriage.rows(single)) == 3


@pytest.mark.parametrize(
    "fields",
    [
        ("x", 0),
        ("x", 0, 1, 1),
        ("x" * 36, 0, 1),
        (None, 0, 1),
        (1, 0, 1),
        ("x", "0", 1),
        ("x", 73_050, 1),
        ("x", 0, 8),
    ],
)
def test_claims_that_are_not_of_this_template_are_refused(fields: tuple[Any, ...]) -> None:
    RESIDENCE.check(CLAIMS)
    with pytest.raises(Malformed):
        RESIDENCE.check(replace(CLAIMS, fields=fields))


def test_nobody_says_that_they_have_lived_somewhere_since_tomorrow() -> None:
    since, today = RESIDENCE.fields[1], date(2026, 11, 22)
    number = (today - DAY_ZERO).days
    assert [since.answers(each, today) for each in (0, number, number + 1, None, "x")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    said = Said(zh="月", en="month")
    month = FormField(id="m", label=said, kind=Kind.MONTH, source="typed", ask=said, past=True)
    assert [month.answers(126 * 12 + each, today) for each in (9, 10, 11)] == [True, True, False]


def test_days_are_written_without_leading_zeros() -> None:
    assert day(date(2019, 3, 5)) == Said(zh="2019年3月5日", en="5 March 2019")
