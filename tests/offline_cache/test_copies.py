"""No copy is forgotten before the hall was told what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from offline_cache.envelope import decode
from offline_cache.store import StoreError
from offline_cache.tickets import Counts, Outcome
from tests.offline_cache.conftest import Kiosk, certificate_draft, draft

NINE_DAYS = 9 * 86_400


@dataclass
class Paper:
    """A ticket or a certificate in hand, by what both have in common."""

    kiosk: Kiosk
    kind: str
    table: str
    id: str
    settle: Callable[[Outcome], None]

    def counts(self) -> Counts:
        cache = self.kiosk.cache
        return cache.ledger.counts() if self.kind == "ticket" else cache.certificates.counts()

    def said(self) -> list[str]:
        """The outcomes that the hall will hear."""
        events = map(decode, self.kiosk.cache.outbox.batch())
        return [event.body["outcome"] for event in events if event.kind == f"{self.kind}.settled"]

    def rows(self) -> int:
        return int(self.kiosk.cache.store.rows(f"SELECT count(*) FROM {self.kind}s")[0][0])

    @contextmanager
    def store_that_fails(self) -> Iterator[None]:
        store = self.kiosk.cache.store
        with store.transaction() as database:
            database.execute(
                f"CREATE TRIGGER broken AFTER UPDATE ON {self.table} BEGIN SELECT raise(ABORT, 'struck here'); END"
            )
        try:
            yield
        finally:
            with store.transaction() as database:
                database.execute("DROP TRIGGER broken")


@pytest.fixture(params=["ticket", "certificate"])
def paper(kiosk: Kiosk, request: pytest.FixtureRequest) -> Paper:
    cache = kiosk.cache
    if request.param == "ticket":
        ticket = cache.ledger.record(draft())
        return Paper(kiosk, "ticket", "copies", ticket.id, lambda said: cache.ledger.settle(ticket, said))
    cache.certificates.add_indices([17])
    issued = cache.certificates.issue(certificate_draft())
    settle = cache.certificates.settle
    return Paper(kiosk, "certificate", "certificate_copies", issued.id, lambda said: settle(issued, said))


def test_an_outcome_that_could_not_be_written_is_written_at_the_next_chance(paper: Paper) -> None:
    with paper.store_that_fails(), pytest.raises(StoreError):
        paper.settle(Outcome.VOID)
    assert (paper.said(), paper.counts().in_hand) == ([], 1)
    paper.kiosk.cache.tidy()
    assert (paper.said(), paper.counts().void) == (["void"], 1)
    paper.kiosk.cache.tidy()
    assert paper.said() == ["void"]


def test_while_it_cannot_be_written_everything_else_is_tidied_and_nothing_of_it_is_forgotten(paper: Paper) -> None:
    with paper.store_that_fails():
        with pytest.raises(StoreError):
            paper.settle(Outcome.VOID)
        paper.kiosk.ticks.advance(NINE_DAYS)
        paper.kiosk.cache.tidy()
        assert paper.kiosk.cache.store.rows("SELECT count(*) FROM day_keys") == [(0,)]
        assert (paper.rows(), paper.counts().in_hand) == (1, 1)
    paper.kiosk.cache.tidy()
    assert (paper.said(), paper.rows()) == (["void"], 0)


def test_a_copy_of_which_nobody_spoke_is_said_to_be_uncertain_before_its_row_goes(paper: Paper) -> None:
    paper.kiosk.ticks.advance(86_400 + 1)
    paper.kiosk.cache.tidy()
    assert (paper.said(), paper.counts().uncertain) == (["uncertain"], 1)
    paper.kiosk.ticks.advance(NINE_DAYS)
    paper.kiosk.cache.tidy()
    assert (paper.said(), paper.rows()) == (["uncertain"], 0)


def test_a_clock_that_jumps_takes_no_copy_out_of_a_citizens_hand(paper: Paper) -> None:
    clock = paper.kiosk.cache.clock
    clock.heard(clock.now() + NINE_DAYS * 1000)
    paper.kiosk.cache.tidy()
    assert (paper.said(), paper.counts().in_hand) == ([], 1)
    paper.settle(Outcome.PRINTED)
    assert paper.said() == ["printed"]


def test_an_outcome_that_was_never_written_is_uncertain_after_a_restart(paper: Paper) -> None:
    with paper.store_that_fails(), pytest.raises(StoreError):
        paper.settle(Outcome.PRINTED)
    paper.kiosk.restart()
    assert paper.said() == ["uncertain"]
