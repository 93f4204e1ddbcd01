"""Real codes where they do not belong: copied, revoked, out of time, or made with a stolen key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from certificates.code import sign as sign_claims
from certificates.holding import RolledBack, load, refresh
from certificates.lists import Lists, OtherDocument
from certificates.results import list_age, warning
from certificates.shelf import FolderShelf
from certificates.verdict import Reason, Result
from certificates.verify import verify
from tests.certificates.office import (
    CLAIMS,
    DAY,
    HOST,
    INCOME,
    LISTED,
    NEXT,
    NOW,
    RETIRED,
    REVOKED,
    STOLEN,
    answer,
    documents,
    judged,
    key,
    kiosk_key,
    known_of_the_stolen_kiosk,
    lists,
    paper,
    root,
    sign,
    text,
)

BEFORE = documents(1, LISTED - DAY // 2, revoked=())
AFTER = documents(2, LISTED, revoked=(REVOKED,))
GONE = paper(replace(CLAIMS, status=REVOKED))


class Hall:
    """What answers at ``/lists/``: the hall, or whoever stands between."""

    def __init__(self, served: Mapping[str, bytes]) -> None:
        self.served = served

    def __call__(self, address: str) -> bytes | None:
        return self.served.get(address.removeprefix("/lists/"))


def test_a_copied_code_says_whose_it_is_and_what_it_does_not_prove() -> None:
    verdict = judged(paper())
    assert verdict.content is not None
    assert (verdict.content.name, verdict.content.stars, verdict.content.copy) == ("测试人", "990***********0028", 1)
    not_proven = warning(verdict)
    assert not_proven is not None
    assert not_proven.zh == "这不能证明持纸人就是本人。"
    assert not_proven.en == "This does not prove that the person holding the paper is the holder."


def test_a_reprint_cannot_pass_for_the_original() -> None:
    verdict = judged(paper(replace(CLAIMS, copy=2)))
    assert verdict.content is not None
    assert verdict.content.copy == 2


def test_a_revoked_code_is_revoked_with_the_next_list_and_stays_so(tmp_path: Path) -> None:
    shelf, hall = FolderShelf(tmp_path), Hall(BEFORE)
    assert verify(GONE, refresh(shelf, root(), hall, NOW), HOST, NOW).result is Result.VALID
    hall.served = AFTER
    assert verify(GONE, refresh(shelf, root(), hall, NOW), HOST, NOW).result is Result.REVOKED
    hall.served = BEFORE  # the thief's own hot spot replays yesterday
    with pytest.raises(RolledBack):
        refresh(shelf, root(), hall, NOW)
    assert verify(GONE, load(shelf, root()), HOST, NOW).result is Result.REVOKED


def test_an_old_status_list_below_a_new_index_is_refused(tmp_path: Path) -> None:
    shelf, hall = FolderShelf(tmp_path), Hall(AFTER | {"status/0": BEFORE["status/0"]})
    with pytest.raises(OtherDocument):
        refresh(shelf, root(), hall, NOW)
    assert load(shelf, root()) is None


def test_a_verifier_kept_from_every_list_says_that_it_does_not_know() -> None:
    old = Lists.read(root(), BEFORE)
    now = old.index.next + 1
    verdict = verify(GONE, old, HOST, now)
    assert (verdict.result, verdict.reason) == (Result.STATUS_UNKNOWN, Reason.OLD_LIST)
    age = list_age(verdict)
    assert age is not None
    assert age.en == "The revocation list was updated 24 hours ago."


def test_the_index_of_another_certificate_does_not_help_a_revoked_one() -> None:
    """The index is signed with everything else: the good paper's signature does not fit the other's."""
    good, gone = sign(CLAIMS), sign(replace(CLAIMS, status=REVOKED))
    assert judged(text(gone)).result is Result.REVOKED
    assert judged(text(gone[:-64] + good[-64:])).reason is Reason.SIGNATURE
    assert judged(paper(replace(CLAIMS, status=2**20 + REVOKED + 1))).reason is Reason.INDEX


def test_a_thief_with_a_kiosks_key_signs_nothing_that_is_believed() -> None:
    known = replace(CLAIMS, cti=bytes(range(10)))
    assert judged(text(known_of_the_stolen_kiosk(), known.short_code)).result is Result.VALID
    for stolen in (
        replace(known, name="另一人"),
        replace(known, masked="9900036"),
        replace(known, fields=("别处", *CLAIMS.fields[1:])),
        replace(known, exp=known.exp + 1),
        replace(known, iat=known.iat + 1),
        replace(known, copy=2),
        replace(CLAIMS, iat=NOW - 10 * DAY),
        INCOME,
    ):
        verdict = judged(paper(stolen, STOLEN), registry=lambda _: answer({"registered": True}))
        assert (verdict.result, verdict.reason, verdict.content) == (Result.REVOKED, Reason.KEY_CUT_OFF, None)


def test_known_bytes_are_known_whole_and_not_by_a_piece_of_their_hash() -> None:
    cut = lists().cut(STOLEN)
    assert cut is not None
    assert cut.known == {hashlib.sha256(known_of_the_stolen_kiosk()).digest()}


def test_an_expired_key_still_checks_what_it_signed_and_signs_nothing_new() -> None:
    assert judged(paper(replace(CLAIMS, iat=NOW - 40 * DAY), RETIRED)).result is Result.VALID
    assert judged(paper(CLAIMS, RETIRED)).reason is Reason.KEY_TIME


def test_a_key_that_is_newer_than_the_list_is_unknown_and_not_forged() -> None:
    kid = bytes.fromhex("0a0000ff")
    verdict = judged(text(sign_claims(CLAIMS, kiosk_key(kid), kid)))
    assert (verdict.result, verdict.list_age_s) == (Result.UNKNOWN_KEY, 3_600)


def test_a_key_id_of_somebody_elses_is_not_taken_for_a_new_key() -> None:
    kid = bytes.fromhex("0a000001")
    assert judged(text(sign_claims(CLAIMS, key("anybody's own"), kid))).reason is Reason.SIGNATURE


@pytest.mark.parametrize("now", [0, LISTED - 301, -(2**40)])
def test_a_clock_set_back_does_not_make_an_expired_paper_good(now: int) -> None:
    expired = paper(replace(CLAIMS, exp=CLAIMS.iat + 60))
    assert judged(expired, now).result is Result.CHECK_CLOCK
    assert judged(expired).result is Result.EXPIRED


def test_a_clock_a_little_off_is_nobodys_fault() -> None:
    fresh = replace(CLAIMS, iat=NOW)
    for now in (NOW - 299, NOW, NOW + 299):
        assert judged(paper(fresh), now).result is Result.VALID


def test_a_clock_far_ahead_says_that_the_list_is_old() -> None:
    assert judged(paper(), NEXT + 1).result is Result.STATUS_UNKNOWN


def test_all_ten_results_can_be_told_apart() -> None:
    told = {
        judged(paper()).result,
        judged(paper(replace(CLAIMS, exp=NOW))).result,
        judged(GONE).result,
        judged(paper(), registry=lambda _: answer({"registered": False})).result,
        judged(paper(), NEXT + 1).result,
        judged(paper()[:-1] + "x").result,
        verify(paper(), None, HOST, NOW).result,
        judged("https://example.org").result,
        judged(paper().split("#")[0]).result,
        judged(paper(), 0).result,
    }
    assert told == set(Result)
