"""A technician looks for the papers in doubt: one question for each, and the answer is on record."""

from __future__ import annotations

from typing import Any

import pytest

from certificates.technicians import Role
from kiosk.maintenance import say
from kiosk.maintenance.flow import rounds
from kiosk.steps import CardPulled, Left
from offline_cache.envelope import decode
from offline_cache.tickets import Counts, Outcome
from screens.pages import FailureGuide, Findings, Nav, Open, Page, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.play import play
from tests.offline_cache.conftest import draft


def doubt(workshop: Workshop, papers: int = 1) -> list[str]:
    """So many tickets of which nobody knows; their numbers."""
    numbers = []
    for _ in range(papers):
        recorded = workshop.cache.ledger.record(draft())
        workshop.cache.ledger.settle(recorded, Outcome.UNCERTAIN, "P102")
        numbers.append(recorded.number)
        workshop.ticks.advance(60)
    return numbers


def counts(workshop: Workshop) -> Counts:
    counts = workshop.cache.ledger.counts()
    assert counts.balanced
    return counts


def found(workshop: Workshop) -> list[dict[str, Any]]:
    events = (decode(data) for data in workshop.cache.outbox.batch())
    return [event.body for event in events if event.kind == "ticket.found"]


def title(page: Page[Any]) -> str:
    assert isinstance(page, Upkeep)
    return page.uncertain.title.zh if page.uncertain else ""


def test_a_paper_in_doubt_is_named_on_the_list_until_it_was_looked_for(workshop: Workshop) -> None:
    (number,) = doubt(workshop)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "whole"))
    assert title(shown[0]) == f"1 张纸结果不确定：号票 {number}"
    assert isinstance(shown[1], Findings)
    assert shown[1].equal, "no answer is the expected one"
    assert title(shown[-1]) == ""
    assert counts(workshop) == Counts(1, 0, 1, 0, 0)
    assert [body["found"] for body in found(workshop)] == ["whole"]
    assert ("paper.found", {"kind": "ticket", "copy": 1, "found": "whole", "by": "T-014"}) in workshop.notes
    assert ("maintenance.did", {"deed": "find", "by": "T-014"}) in workshop.notes


@pytest.mark.parametrize("said", ["spoilt", "gone"])
def test_a_paper_not_seen_whole_stays_uncertain_and_is_asked_about_once(workshop: Workshop, said: str) -> None:
    doubt(workshop)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, said))
    assert title(shown[-1]) == ""
    assert counts(workshop) == Counts(1, 0, 0, 0, 1)
    assert [body["by"] for body in found(workshop)] == ["T-014"]


def test_several_are_asked_about_the_newest_first_and_each_says_what_stopped_it(workshop: Workshop) -> None:
    numbers = doubt(workshop, 3)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "gone"), (Findings, "whole"), (Findings, "spoilt"))
    assert title(shown[0]) == "3 张纸结果不确定"
    asked = [page for page in shown if isinstance(page, Findings)]
    assert [page.rows[0].title.zh for page in asked] == [f"号票 {number}" for number in reversed(numbers)]
    assert all(page.rows[1].code == "P102" for page in asked)
    assert asked[0].rows[0].line is not None
    assert asked[0].rows[0].line.zh == "11-20 12:02 开始打印，第 1 份"
    assert counts(workshop) == Counts(3, 0, 1, 0, 2)


def test_the_code_beside_a_paper_leads_to_its_page_and_back_to_the_question(workshop: Workshop) -> None:
    doubt(workshop)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "code:P102"), (FailureGuide, "back"), (Findings, "whole"))
    guide = shown[2]
    assert isinstance(guide, FailureGuide)
    assert guide.code == "P102"
    assert counts(workshop).printed == 1


def test_who_has_no_time_leaves_the_others_in_doubt(workshop: Workshop) -> None:
    doubt(workshop, 2)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "whole"), (Findings, "later"))
    assert title(shown[-1]).startswith("1 张纸结果不确定")
    assert len(found(workshop)) == 1


@pytest.mark.parametrize("leaves", [Nav.LEAVE, CardPulled()])
def test_what_was_said_before_the_card_was_pulled_is_on_record(workshop: Workshop, leaves: object) -> None:
    doubt(workshop, 2)
    with pytest.raises(Left):
        play(rounds(workshop.opened()), (Upkeep, "uncertain"), (Findings, "whole"), (Findings, leaves))
    assert counts(workshop) == Counts(2, 0, 1, 0, 1)


def test_a_certificate_is_found_by_its_kind_and_its_day(workshop: Workshop) -> None:
    recorded = workshop.cache.extracts.issue("ABCDEFGHIJKLMNOP")
    workshop.cache.extracts.settle(recorded, Outcome.UNCERTAIN)
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "later"))
    asked = shown[1]
    assert isinstance(asked, Findings)
    assert asked.rows[0].title == say.KINDS["extract"]
    assert asked.rows[0].line is not None
    assert asked.rows[0].line.zh.startswith("2026-11-20 ")
    assert [row.code for row in asked.rows] == ["", ""]


def test_the_vendor_sees_it_and_may_not_say_what_became_of_it(workshop: Workshop) -> None:
    doubt(workshop)
    shown = workshop.list(role=Role.VENDOR)
    page = shown[0]
    assert isinstance(page, Upkeep)
    assert page.uncertain is not None
    assert (page.uncertain.open, page.uncertain.line) == (Open.CLOSED, say.UNSURE_ELSE)


def test_a_store_that_takes_nothing_leaves_it_in_doubt_and_says_so(workshop: Workshop) -> None:
    doubt(workshop)
    workshop.break_store()
    shown = workshop.list((Upkeep, "uncertain"), (Findings, "whole"), (Findings, "back"))
    said = shown[2]
    assert isinstance(said, Findings)
    assert said.rows[0].code == "L101"
    assert counts(workshop).uncertain == 1
    assert not any(event == "paper.found" for event, _ in workshop.notes)
