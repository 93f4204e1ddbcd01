"""The published vectors are ours, whole, and right."""

from __future__ import annotations

import json

import pytest

from certificates.verdict import RESULT_OF, SHOWS_CONTENT
from tests.certificates.cases import CASES, Case
from tests.certificates.format_page import checks
from tests.certificates.vectors import FOLDER, files


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_code_gets_the_answer_that_the_format_gives_it(case: Case) -> None:
    verdict = case.verdict()
    assert (verdict.result, verdict.reason) == (RESULT_OF[case.reason], case.reason)
    assert (verdict.content is not None) is (case.reason in SHOWS_CONTENT)
    assert (verdict.list_age_s is not None) is (case.check >= 8)
    assert (verdict.short_code is not None) is (case.check >= 13)


def test_every_check_is_met_and_each_vector_has_its_own_name() -> None:
    said = {number: reason for number, _, reason in checks() if number > 0}
    assert {(case.check, case.reason.value) for case in CASES} == set(said.items())
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_published_files_are_what_is_generated() -> None:
    """Else: ``python -m tests.certificates.vectors``."""
    there = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    made = files()
    assert sorted(there) == sorted(made)
    assert [name for name in made if there[name] != made[name]] == []


def test_one_vector_word_by_word() -> None:
    """Held against the page by hand, not by our own code."""
    (vector,) = (each for each in json.loads(files()["vectors.json"]) if each["name"] == "an income certificate")
    assert vector["content"] == {
        "kind": "test-income",
        "title": {"zh": "收入证明", "en": "Certificate of income"},
        "issuer": {"zh": "测试社区居民委员会", "en": "Test Residents' Committee"},
        "number": "99SR-2026-0012345",
        "name": "Ngawang Test·测试",
        "stars": "990***********0028",
        "rows": [
            {"label": {"zh": "月份", "en": "Month"}, "value": {"zh": "2026年9月", "en": "September 2026"}},
            {"label": {"zh": "收入", "en": "Income"}, "value": {"zh": "3,512.50元", "en": "CNY 3,512.50"}},
            {"label": {"zh": "人口", "en": "People"}, "value": {"zh": "3", "en": "3"}},
        ],
        "issued": 1_789_827_200,
        "valid_until": 1_797_603_200,
        "copy": 1,
        "sentence": {
            "zh": "Ngawang Test·测试家庭3人，2026年9月收入3,512.50元。",
            "en": "The household of Ngawang Test·测试, 3 people, had CNY 3,512.50 in September 2026.",
        },
    }
    assert (vector["list_age_s"], vector["short_code"]) == (3_600, "008J4CT4ANK7F24S")
