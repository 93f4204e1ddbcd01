"""The list of a person's page is a paper like any other: on record before it, and accounted for after it."""

from __future__ import annotations

import pytest

from offline_cache.copies import NotInHand
from offline_cache.envelope import decode
from offline_cache.extracts import RecordedExtract
from offline_cache.tickets import Outcome
from tests.offline_cache.conftest import Kiosk

ACCOUNT = "ABCDEFGHIJKLMNOP"


def test_it_is_on_record_before_it_is_on_paper_and_no_word_of_it_is_kept(kiosk: Kiosk) -> None:
    recorded = kiosk.cache.extracts.issue(ACCOUNT)
    (event,) = (decode(data) for data in kiosk.cache.outbox.batch())
    assert event.kind == "extract.issued"
    assert event.body == {"id": recorded.id, "day": kiosk.cache.clock.day(), "account": ACCOUNT}
    assert recorded.reference == kiosk.cache.outbox.reference(event.seq)
    assert kiosk.cache.extracts.counts().in_hand == 1


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_became_of_it_is_told_once(kiosk: Kiosk, outcome: Outcome) -> None:
    extracts = kiosk.cache.extracts
    recorded = extracts.issue(ACCOUNT)
    extracts.settle(recorded, outcome, None)
    assert extracts.counts().balanced
    assert extracts.counts().in_hand == 0
    with pytest.raises(NotInHand):
        extracts.settle(recorded, outcome, None)


def test_after_a_restart_one_in_hand_is_uncertain(kiosk: Kiosk) -> None:
    kiosk.cache.extracts.issue(ACCOUNT)
    kiosk.restart()
    assert kiosk.cache.extracts.counts().uncertain == 1
    assert decode(kiosk.cache.outbox.batch()[-1]).body["outcome"] == "uncertain"


def test_only_the_store_makes_what_a_paper_is_made_of() -> None:
    with pytest.raises(TypeError):
        RecordedExtract(ACCOUNT, 0, "K0203-1-000001")
