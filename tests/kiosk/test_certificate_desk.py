"""The desk for certificates: what it refuses at the record, whatever a page let through, and what it survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from certificates import sheet
from certificates.claims import Value
from certificates.template import Paper
from kiosk.certificate_desk import LOOKS, CertificateDesk, NotIssued
from kiosk.form import Form
from kiosk.visitor import Visitor
from offline_cache.certificates import RecordedCertificate
from offline_cache.store import StoreDamaged
from offline_cache.tickets import Counts, Outcome
from tests.kiosk.authority import INDICES, TEMPLATES, Bureau, id_card
from tests.kiosk.flows.certificates import HOLDER, SOCIAL_CARD, differ, nothing_happened


def form(kind: str = "residence") -> Form:
    values: dict[str, Value] = {"address": "测试路1号", "since": 43_527, "purpose": 1}
    return Form(TEMPLATES[kind], values)


def issue(desk: CertificateDesk, visitor: Visitor = HOLDER, paper: Paper = Paper.SLIP) -> RecordedCertificate:
    return desk.issue(form(), visitor, paper)


def changed(**issue: Any) -> Form:
    """A form of a template with other rules."""
    template = TEMPLATES["residence"]
    other = template.model_copy(update={"issue": template.issue.model_copy(update=issue)})
    return replace(form(), template=other)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(NotIssued) as why:
        act()
    return why.value.code


# Who may have one, now.


@pytest.mark.parametrize(
    ("visitor", "machine", "of", "code"),
    [
        (SOCIAL_CARD, {}, form(), "K108"),
        (Visitor(id_card(birth="20101121")), {}, form(), "K110"),
        (Visitor(replace(id_card(), birth=None)), {}, form(), "K110"),
        (HOLDER, {"online": False}, changed(offline=False), "N101"),
        (HOLDER, {"store_fault": "L101"}, form(), "L101"),
        (HOLDER, {}, changed(papers=[Paper.A4]), "K109"),
    ],
    ids=["proof", "too young", "age unknown", "offline", "store", "paper"],
)
def test_nothing_is_recorded_against_a_rule_of_its_template(
    bureau: Bureau, visitor: Visitor, machine: dict[str, Any], of: Form, code: str
) -> None:
    desk = bureau.desk().certificates
    bureau.machine = replace(bureau.machine, **machine)  # after the visit began
    assert refused(lambda: desk.issue(of, visitor, Paper.SLIP)) == code
    nothing_happened(bureau)


# Looks.


def test_a_visit_uses_up_no_more_indices_than_it_has_looks(bureau: Bureau) -> None:
    desk = bureau.desk().certificates
    for _ in range(LOOKS):
        issue(desk)
    assert desk.looks_left == 0
    assert refused(lambda: issue(desk)) == "K111"
    assert refused(lambda: desk.form(TEMPLATES["residence"], HOLDER)) == "K111"
    assert bureau.balance().recorded == LOOKS
    assert bureau.certificates.indices_left() == len(INDICES) - LOOKS


def test_what_was_not_recorded_is_no_look(bureau: Bureau) -> None:
    desk = bureau.desk().certificates
    bureau.lose_keys()
    assert refused(lambda: issue(desk)) == "K105"
    assert desk.looks_left == LOOKS


# A store that fails.


def damaged(*_: object) -> Any:
    raise StoreDamaged("broken")


@pytest.mark.parametrize("what", ["record", "published"])
def test_a_store_that_fails_in_a_question_to_the_hall_is_named(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Each request of the hall's client takes a number from the store."""
    desk = bureau.desk().certificates
    genuine = bureau.papers.signed(TEMPLATES["residence"], id_card(), ("测试路1号", 43_527, 1), 5)
    monkeypatch.setattr(bureau.far, what, damaged)
    if what == "record":
        assert refused(lambda: desk.form(TEMPLATES["social-insurance"], HOLDER)) == "L102"
    else:
        verdict = desk.verdict(bureau.code_of(genuine))
        assert verdict.result.value == "valid"
    assert bureau.troubles == ["L102"]


def test_a_count_that_fails_after_the_record_does_not_hide_the_record(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bureau.certificates, "indices_left", damaged)
    recorded = issue(bureau.desk().certificates)
    assert bureau.balance() == Counts(1, 1, 0, 0, 0)
    assert (recorded.copy, bureau.troubles) == (1, ["L102"])


def test_a_paper_whose_end_cannot_be_written_down_is_a_trouble_of_the_store(bureau: Bureau) -> None:
    desk = bureau.desk().certificates
    recorded = issue(desk)
    with bureau.store.transaction() as database:
        database.execute("ALTER TABLE certificate_copies RENAME TO gone")
    desk.settle(recorded, Outcome.PRINTED, None)
    assert len(bureau.troubles) == 1


# Pages that can't be made.


def test_a_page_that_cannot_be_made_is_in_the_journal_by_its_kind_and_code(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = bureau.desk().certificates
    recorded = issue(desk)
    monkeypatch.setattr(sheet, "_compiler", differ)
    assert refused(lambda: desk.made(recorded, Paper.A4)) == "K109"
    assert bureau.failed == [("FontsDiffer", "K109")]


def test_an_error_of_the_software_is_not_called_an_unmakable_page(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise ValueError("a mistake")

    desk = bureau.desk().certificates
    recorded = issue(desk)
    monkeypatch.setattr(sheet, "_compiler", wrong)
    with pytest.raises(ValueError, match="a mistake"):
        desk.made(recorded, Paper.A4)
