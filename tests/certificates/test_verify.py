"""What the vectors cannot show: what is asked, when, and of whom. The checks one by one are in ``test_vectors``."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import code
from certificates.verdict import Reason, Result, Revoked, Why
from certificates.verify import verify
from tests.certificates.office import CLAIMS, HOST, NEXT, NOW, REVOKED, answer, judged, lists, paper, sign


def test_a_genuine_paper_is_valid_and_says_all_that_the_paper_says() -> None:
    given_ = judged(paper())
    assert (given_.result, given_.reason, given_.list_age_s) == (Result.VALID, Reason.NONE, 3_600)
    assert given_.short_code == CLAIMS.short_code
    assert given_.content is not None
    assert given_.content.number == "99JZ-2026-0417283"
    assert given_.content.sentence.zh == (
        "兹证明测试人（990***********0028）自2020年3月12日起居住在测试市示范区样例街道1号2栋301室。用途：落户。"
    )


def test_the_registry_is_asked_for_the_signed_copy_and_last_of_all() -> None:
    asked: list[str] = []

    def registry(address: str) -> bytes:
        asked.append(address)
        return answer({"registered": True})

    valid = judged(paper(), registry=registry)
    assert (valid.result, valid.asked) == (Result.VALID, True)
    assert asked == [f"/c/{CLAIMS.short_code}.json?copy={hashlib.sha256(sign()).hexdigest()}"]
    for worse in (paper(replace(CLAIMS, exp=NOW)), paper()[:-1], "hello"):
        judged(worse, registry=registry)
    judged(paper(), NEXT + 1, registry)
    assert len(asked) == 1


def test_a_paper_that_the_hall_does_not_know_yet_is_genuine_and_pending() -> None:
    given_ = judged(paper(), registry=lambda _: answer({"registered": False}))
    assert (given_.result, given_.reason) == (Result.NOT_YET_REGISTERED, Reason.NOT_REGISTERED)
    assert given_.content is not None


def test_what_the_registry_says_makes_no_paper_better() -> None:
    for worse in (paper(replace(CLAIMS, status=REVOKED)), paper(replace(CLAIMS, exp=NOW)), paper()[:-1]):
        good = judged(worse, registry=lambda _: answer({"registered": True, "status": "valid"}))
        assert good == judged(worse)
    revoked = judged(paper(), registry=lambda _: answer({"registered": True, "status": "revoked"}))
    assert (revoked.result, revoked.reason) == (Result.REVOKED, Reason.STATUS)


@pytest.mark.parametrize("status", [REVOKED, CLAIMS.status], ids=["by the list", "by the registry alone"])
def test_of_a_revoked_paper_the_registry_tells_since_when_and_why(status: int) -> None:
    taken = {"registered": True, "status": "revoked", "revoked_at": NOW - 60, "revoked_why": "changed"}
    given_ = judged(paper(replace(CLAIMS, status=status)), registry=lambda _: answer(taken))
    assert (given_.reason, given_.revoked) == (Reason.STATUS, Revoked(NOW - 60, Why.CHANGED))


@pytest.mark.parametrize("why", [None, "newer-word", ["lost"], {}, 5, "LOST"], ids=repr)
def test_a_reason_that_is_not_known_is_left_out(why: object) -> None:
    taken = {"registered": True, "status": "revoked", "revoked_at": NOW - 60, "revoked_why": why}
    assert judged(paper(), registry=lambda _: answer(taken)).revoked == Revoked(NOW - 60)


@pytest.mark.parametrize("at", [None, 0, -1, 2**32, 1.5, "1795000000", True, [1]], ids=repr)
def test_a_moment_that_is_none_is_left_out_and_the_paper_stays_revoked(at: object) -> None:
    taken = {"registered": True, "status": "revoked", "revoked_at": at, "revoked_why": "lost"}
    given_ = judged(paper(), registry=lambda _: answer(taken))
    assert (given_.result, given_.revoked) == (Result.REVOKED, None)


def test_of_a_paper_that_is_not_revoked_nothing_of_the_kind_is_told() -> None:
    odd = answer({"registered": True, "status": "valid", "revoked_at": NOW - 60, "revoked_why": "lost"})
    assert judged(paper(), registry=lambda _: odd).revoked is None


@pytest.mark.parametrize(
    "said",
    [b"", b"[", b"[" * 99_999, b"\xff", answer([]), answer("revoked"), answer({"status": "revoked"}),
     answer({"registered": 0}),
     answer({"registered": False, "more": "x" * 65_536}), answer({"registered": "no", "status": "revoked"})],
    ids=lambda said: repr(said[:40]),
)  # fmt: skip
def test_an_answer_that_is_none_changes_nothing(said: bytes) -> None:
    valid = judged(paper(), registry=lambda _: said)
    assert (valid.result, valid.asked) == (Result.VALID, False)


def test_without_a_network_the_answer_is_that_of_the_lists() -> None:
    def offline(_: str) -> bytes:
        raise TimeoutError

    assert judged(paper(), registry=offline).result is Result.VALID
    assert judged(paper(), registry=lambda _: None).result is Result.VALID


def test_a_verifier_without_lists_says_so_and_shows_nothing() -> None:
    given_ = verify(paper(), None, HOST, NOW)
    assert (given_.result, given_.reason) == (Result.UNKNOWN_KEY, Reason.NO_LIST)
    assert (given_.content, given_.list_age_s, given_.short_code) == (None, None, None)


def test_nothing_a_code_says_is_looked_at_before_its_signature_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(code, "claims", read.append)
    forged = paper()[:-1] + str((int(paper()[-1]) + 1) % 10)
    assert judged(forged).reason is Reason.SIGNATURE
    assert read == []


def test_a_verdict_in_a_log_names_nobody() -> None:
    said = repr(judged(paper()))
    assert not any(
        secret in said for secret in (CLAIMS.name, CLAIMS.masked, CLAIMS.stars, "样例街道", CLAIMS.short_code)
    )


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=60)
    | st.builds("HTTPS://{}/C/{}#{}".format, st.sampled_from([HOST, HOST.upper()]), st.text(max_size=17), st.text())
    | st.builds(
        lambda data: f"HTTPS://{HOST}/C/{CLAIMS.short_code}#{int.from_bytes(bytes([1]) + data)}",
        st.binary(max_size=480),
    )
)
def test_whatever_is_scanned_there_is_an_answer(scanned: str) -> None:
    assert judged(scanned).content is None
    assert verify(scanned, lists(), "another.example", NOW, lambda _: answer({"registered": True})).content is None
