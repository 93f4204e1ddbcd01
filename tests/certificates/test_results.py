from __future__ import annotations

import json
from dataclasses import replace

import pytest

from certificates.form import Said
from certificates.results import (
    age,
    list_age,
    not_asked,
    reason_said,
    result_said,
    rows,
    sentence,
    shown,
    warning,
    wording,
    words,
)
from certificates.verdict import RESULT_OF, SHOWS_CONTENT, Content, Reason, Result, Revoked, Why, verdict
from certificates.wording import PLACE, Sentence
from tests.certificates.format_page import checks, results

CONTENT = Content(
    kind="residence",
    title=Said(zh="居住证明", en="Certificate of residence"),
    issuer=Said(zh="测试街道办事处", en="Test Subdistrict Office"),
    number="99JZ-2026-0417283",
    name="测试人",
    stars="990***********0028",
    rows=(),
    issued=1_790_000_000,
    valid_until=1_800_028_800,  # 2027-01-16T00:00+08:00
    copy=1,
    sentence=Sentence(zh="。", en="."),
)


def test_the_reasons_are_those_of_the_formats_table_each_with_its_result_and_nothing_else() -> None:
    said = list(dict.fromkeys((reason, result) for _, result, reason in checks()))
    ours = [(reason.value, result.value) for reason, result in RESULT_OF.items()]
    assert sorted(ours) == sorted(said)
    assert [number for number, _, _ in checks()] == list(range(24))


def test_the_words_are_those_of_the_formats_table() -> None:
    ours = [(each.result.value, each.word.zh, each.word.en) for each in wording().results]
    assert ours == results()


def test_nothing_is_said_longer_than_a_glance() -> None:
    for each in wording().results:
        assert len(each.word.zh) <= 14
        for advice in each.advice:
            assert len(advice.title.zh) <= 14
            assert len(advice.line.zh) <= 28
        assert len(PLACE.sub("", each.sentence.zh)) <= 28
    assert all(len(each.said.zh) <= 28 for each in wording().reasons)


def test_a_revocation_is_told_by_its_day_and_its_reason_as_far_as_they_are_known() -> None:
    bare = verdict(Reason.STATUS, 60, None, CONTENT)
    known = shown(replace(bare, revoked=Revoked(1_790_000_000, Why.CHANGED)))
    assert known[2:] == shown(bare)
    assert [(row.label.zh, row.value.zh, row.strong) for row in known[:2]] == [
        ("撤销", "2026年9月21日", True),
        ("原因", "所写情况已变更", True),
    ]
    assert [row.what for row in shown(replace(bare, revoked=Revoked(1_790_000_000)))[:2]] == ["revoked", "title"]


def test_where_nothing_may_be_shown_there_are_no_rows() -> None:
    assert shown(verdict(Reason.KEY_CUT_OFF, 60, None, CONTENT)) == []


def test_what_an_answer_hangs_on_is_what_catches_the_eye() -> None:
    strong = {
        reason: {row.what for row in shown(verdict(reason, 60, None, CONTENT)) if row.strong} for reason in Reason
    }
    assert strong[Reason.NONE] == {"name", "stars"}
    assert strong[Reason.EXPIRED] == {"name", "stars", "until"}
    reprint = replace(CONTENT, copy=2)
    assert {row.what for row in rows(reprint) if row.strong} == {"name", "stars", "copy"}


def test_a_valid_paper_that_was_not_looked_up_at_the_hall_says_so() -> None:
    assert not_asked(verdict(Reason.NONE)) == wording().not_asked
    assert not_asked(replace(verdict(Reason.NONE), asked=True)) is None
    assert not_asked(verdict(Reason.STATUS)) is None


def test_nobody_is_shouted_at() -> None:
    text = json.dumps(words(), ensure_ascii=False)
    assert not set(text) & set("!！")
    assert not any(word in text for word in ("温馨", "亲", "错误", "kindly", "invalid"))


def test_every_answer_that_cannot_be_trusted_says_whom_to_ask() -> None:
    for result in (Result.FORGED, Result.UNKNOWN_KEY, Result.REVOKED, Result.NOT_OURS, Result.CHECK_CLOCK):
        lines = [advice.line for advice in result_said(result).advice]
        assert any("12345" in line.zh and "12345" in line.en for line in lines), result


def test_no_two_results_have_one_shape() -> None:
    assert len({each.shape for each in wording().results}) == len(Result)


def test_the_page_gets_all_words_as_json() -> None:
    served = json.loads(json.dumps(words()))
    assert list(served["results"]) == [each.value for each in Result]
    assert served["results"]["forged"]["word"] == {"zh": "不是真的", "en": "Forged. Do not accept."}
    assert served["reasons"][""]["zh"] == reason_said(Reason.NONE).zh
    assert served["not_the_holder"]["zh"] == "这不能证明持纸人就是本人。"


def test_a_sentence_says_who_issued_it_and_until_when() -> None:
    said = sentence(verdict(Reason.NONE, 5, "7K3M9QX2WV5RT8NA", CONTENT))
    assert said.zh == "测试街道办事处签发，有效期到2027年1月15日。"
    assert said.en == "Issued by Test Subdistrict Office, good until 15 January 2027."


@pytest.mark.parametrize("reason", Reason)
def test_every_verdict_has_its_sentence_and_only_a_genuine_one_has_content_and_the_warning(reason: Reason) -> None:
    given = verdict(reason, 60, None, CONTENT)
    assert "{" not in sentence(given).zh + sentence(given).en
    assert (given.content is not None) is (reason in SHOWS_CONTENT)
    assert (warning(given) is not None) is (reason in SHOWS_CONTENT)
    assert set(given.json()) == {"result", "reason", "content", "list_age_s", "short_code"}
    json.dumps(given.json())


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (-200, "不到 1 分钟", "less than a minute"),
        (59, "不到 1 分钟", "less than a minute"),
        (60, "1 分钟", "1 minute"),
        (3_599, "59 分钟", "59 minutes"),
        (3_600, "1 小时", "1 hour"),
        (10_900, "3 小时", "3 hours"),
        (172_799, "47 小时", "47 hours"),
        (172_800, "2 天", "2 days"),
        (40_000_000, "462 天", "462 days"),
    ],
)
def test_an_age_is_told_as_people_say_it(seconds: int, zh: str, en: str) -> None:
    assert age(seconds) == Said(zh=zh, en=en)


def test_the_age_of_the_list_is_told_where_the_answer_rests_on_one() -> None:
    assert list_age(verdict(Reason.NONE, 10_900)) == Said(
        zh="撤销名单更新于 3 小时前。", en="The revocation list was updated 3 hours ago."
    )
    assert list_age(verdict(Reason.NO_LIST)) is None
