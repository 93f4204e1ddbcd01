"""An account is opened in the transaction of the first service, or not at all; nobody but the hall can read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offline_cache.accounts import Opening
from offline_cache.envelope import Refused, decode, unseal
from offline_cache.store import StoreFull
from tests.offline_cache.conftest import Kiosk, certificate_draft, draft
from tests.offline_cache.far_hall import FarHall

PERSONAL = {
    "name": "王小明",
    "number": "990000195103070017",
    "document": "social-card",
    "state": "",
    "birth": "1951-03-07",
    "expires": "",
}


def opening() -> Opening:
    return Opening("social-card", "social-card", 1, "zh-Hans", b"w" * 32, PERSONAL)


def test_the_opening_comes_before_the_ticket_in_one_transaction_and_the_ticket_names_it(kiosk: Kiosk) -> None:
    wanted = opening()
    kiosk.cache.ledger.record(replace(draft(), opening=wanted))
    opened, issued = (decode(data) for data in kiosk.cache.outbox.batch())
    assert (opened.kind, opened.body["id"], issued.body["account"]) == ("account.opened", wanted.id, wanted.id)
    assert (opened.at, opened.seq + 1) == (issued.at, issued.seq)


def test_a_certificate_opens_one_as_well(kiosk: Kiosk) -> None:
    kiosk.cache.certificates.add_indices([7])
    wanted = opening()
    recorded = kiosk.cache.certificates.issue(replace(certificate_draft(), opening=wanted))
    opened, issued = (decode(data) for data in kiosk.cache.outbox.batch())
    assert (opened.kind, issued.body["account"]) == ("account.opened", wanted.id)
    assert recorded.reference == kiosk.cache.outbox.reference(issued.seq)


def test_only_the_hall_reads_whose_it_is_and_only_for_this_account(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.cache.accounts.open(opening())
    (event,) = (decode(data) for data in kiosk.cache.outbox.batch())
    assert event.sealed is not None
    assert unseal(event.sealed, event.body["id"], far.seal_key) == PERSONAL
    with pytest.raises(Refused):
        unseal(event.sealed, "A" * 16, far.seal_key)
    assert PERSONAL["number"].encode() not in kiosk.cache.outbox.batch()[0]


def test_where_the_ticket_fails_no_account_is_left(kiosk: Kiosk) -> None:
    store = kiosk.cache.store
    ((pages,),) = store.rows("PRAGMA page_count")
    store._db.execute(f"PRAGMA max_page_count = {pages + 20}").fetchall()
    with pytest.raises(StoreFull):  # there is room for the opening, and none for the slip after it
        kiosk.cache.ledger.record(replace(draft(slip=bytes(1_000_000)), opening=opening()))
    assert kiosk.cache.outbox.batch() == ()
    kiosk.cache.ledger.record(replace(draft(), opening=opening()))


def test_two_openings_never_have_one_name() -> None:
    assert len({opening().id for _ in range(100)}) == 100


def test_nothing_of_a_person_is_in_a_repr() -> None:
    assert "小明" not in repr(opening())
    assert "0307" not in repr(opening())


def test_who_gives_it_up_leaves_one_event(kiosk: Kiosk) -> None:
    kiosk.cache.accounts.close("ABCDEFGHIJKLMNOP")
    (event,) = (decode(data) for data in kiosk.cache.outbox.batch())
    assert (event.kind, event.body, event.sealed) == ("account.closed", {"account": "ABCDEFGHIJKLMNOP"}, None)
