"""Papers in doubt: found once, told to the hall, and every copy stays accounted for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from offline_cache.envelope import decode
from offline_cache.store import StoreError
from offline_cache.tickets import Counts, Outcome
from offline_cache.unsure import MOST, Found, Unsure
from tests.offline_cache.conftest import Kiosk, certificate_draft, draft
from tests.offline_cache.far_hall import NOON, FarHall


def ticket(kiosk: Kiosk) -> str:
    recorded = kiosk.cache.ledger.record(draft())
    kiosk.cache.ledger.settle(recorded, Outcome.UNCERTAIN, "P102")
    return recorded.id


def certificate(kiosk: Kiosk) -> str:
    kiosk.cache.certificates.add_indices([417_283])
    recorded = kiosk.cache.certificates.issue(certificate_draft())
    kiosk.cache.certificates.settle(recorded, Outcome.UNCERTAIN, "A104")
    return recorded.id


def extract(kiosk: Kiosk) -> str:
    recorded = kiosk.cache.extracts.issue("ABCDEFGHIJKLMNOP")
    kiosk.cache.extracts.settle(recorded, Outcome.UNCERTAIN)
    return recorded.id


MAKES: dict[str, Callable[[Kiosk], str]] = {"ticket": ticket, "certificate": certificate, "extract": extract}


def counts(kiosk: Kiosk, kind: str) -> tuple[int, int]:
    """Printed and uncertain, of copies that add up."""
    cache = kiosk.cache
    all_counts: dict[str, Callable[[], Counts]] = {
        "ticket": cache.ledger.counts,
        "certificate": cache.certificates.counts,
        "extract": cache.extracts.counts,
    }
    found = all_counts[kind]()
    assert found.balanced
    return found.printed, found.uncertain


def events(kiosk: Kiosk, kind: str) -> list[dict[str, object]]:
    return [event.body for event in map(decode, kiosk.cache.outbox.batch()) if event.kind == f"{kind}.found"]


@pytest.mark.parametrize("kind", MAKES)
def test_a_paper_seen_whole_is_printed_and_no_longer_in_doubt(kiosk: Kiosk, kind: str) -> None:
    paper = MAKES[kind](kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    assert (unsure.kind, unsure.id, unsure.copy) == (kind, paper, 1)
    assert counts(kiosk, kind) == (0, 1)
    kiosk.cache.unsure.note(unsure, Found.WHOLE, "T-014")
    assert counts(kiosk, kind) == (1, 0)
    assert kiosk.cache.unsure.all() == ()
    assert events(kiosk, kind) == [{"id": paper, "copy": 1, "found": "whole", "by": "T-014"}]


@pytest.mark.parametrize("found", [Found.SPOILT, Found.GONE])
@pytest.mark.parametrize("kind", MAKES)
def test_a_paper_not_seen_whole_stays_uncertain_and_is_not_asked_about_again(
    kiosk: Kiosk, kind: str, found: Found
) -> None:
    paper = MAKES[kind](kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    kiosk.cache.unsure.note(unsure, found, "T-014")
    kiosk.restart()
    assert counts(kiosk, kind) == (0, 1)
    assert kiosk.cache.unsure.all() == ()
    assert events(kiosk, kind) == [{"id": paper, "copy": 1, "found": found.value, "by": "T-014"}]


def test_a_paper_is_noted_once_and_the_first_word_counts(kiosk: Kiosk) -> None:
    ticket(kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    kiosk.cache.unsure.note(unsure, Found.GONE, "T-014")
    kiosk.cache.unsure.note(unsure, Found.WHOLE, "T-015")
    assert counts(kiosk, "ticket") == (0, 1)
    assert [body["by"] for body in events(kiosk, "ticket")] == ["T-014"]


def test_only_the_copy_that_was_looked_for_is_settled(kiosk: Kiosk) -> None:
    paper = ticket(kiosk)
    again = kiosk.cache.ledger.copy(paper)
    kiosk.cache.ledger.settle(again, Outcome.UNCERTAIN, "P104")
    second, first = sorted(kiosk.cache.unsure.all(), key=lambda each: -each.copy)
    kiosk.cache.unsure.note(second, Found.WHOLE, "T-014")
    assert counts(kiosk, "ticket") == (1, 1)
    assert kiosk.cache.unsure.all() == (first,)


@pytest.mark.parametrize("outcome", [Outcome.PRINTED, Outcome.VOID, None])
def test_only_what_is_uncertain_is_asked_about(kiosk: Kiosk, outcome: Outcome | None) -> None:
    recorded = kiosk.cache.ledger.record(draft())
    if outcome:
        kiosk.cache.ledger.settle(recorded, outcome)
    assert kiosk.cache.unsure.all() == ()


def test_what_is_told_of_a_paper_names_nobody(kiosk: Kiosk) -> None:
    recorded = kiosk.cache.ledger.record(draft("A", "pension", person=bytes(32)))
    kiosk.cache.ledger.settle(recorded, Outcome.UNCERTAIN, "P102")
    assert kiosk.cache.unsure.all() == (
        Unsure("ticket", recorded.id, 1, recorded.number, NOON, kiosk.cache.clock.day(), "P102"),
    )  # a number that is called aloud in the hall, and not a word of whose it is


def test_no_more_than_a_hundred_are_told_of_the_newest_first(kiosk: Kiosk) -> None:
    for _ in range(MOST + 1):
        kiosk.ticks.advance(1)
        ticket(kiosk)
    at = [each.at or 0 for each in kiosk.cache.unsure.all()]
    assert len(at) == MOST
    assert at == sorted(at, reverse=True)
    assert min(at) == NOON + 2_000


def test_a_word_that_can_not_be_written_changes_nothing(kiosk: Kiosk) -> None:
    ticket(kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    before, waiting = counts(kiosk, "ticket"), kiosk.cache.outbox.batch()
    kiosk.cache.store._db.execute("PRAGMA query_only = 1")
    with pytest.raises(StoreError):
        kiosk.cache.unsure.note(unsure, Found.WHOLE, "T-014")
    assert counts(kiosk, "ticket") == before
    assert kiosk.cache.outbox.batch() == waiting
    assert kiosk.cache.unsure.all() == (unsure,)


def test_the_hall_hears_it_in_order(kiosk: Kiosk, far: FarHall) -> None:
    ticket(kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    kiosk.cache.unsure.note(unsure, Found.SPOILT, "T-014")
    kiosk.go_online()
    kiosk.until(lambda view: view.online and view.pending == 0)
    assert [event.kind for event in far.book.events()] == ["ticket.issued", "ticket.settled", "ticket.found"]


@pytest.mark.parametrize("kind", MAKES)
def test_what_was_found_is_erased_with_its_paper(kiosk: Kiosk, kind: str) -> None:
    MAKES[kind](kiosk)
    (unsure,) = kiosk.cache.unsure.all()
    kiosk.cache.unsure.note(unsure, Found.GONE, "T-014")
    kiosk.cache.tidy()
    assert kiosk.cache.store.rows("SELECT count(*) FROM found") == [(1,)]
    kiosk.ticks.advance(9 * 86_400)
    kiosk.cache.tidy()
    assert kiosk.cache.store.rows("SELECT count(*) FROM found") == [(0,)]
