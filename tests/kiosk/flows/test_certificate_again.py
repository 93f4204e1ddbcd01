"""A certificate that did not come out is printed once more: marked, and no more often than its template says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certificates import sheet
from certificates.template import Paper
from kiosk import certificate_desk, say
from offline_cache.tickets import Counts
from screens.pages import (
    Notice,
    TakePaper,
)
from tests.certificates.sheets import scanned, words
from tests.day.paper import code_on, frame_on
from tests.kiosk.authority import TEMPLATES, Bureau
from tests.kiosk.flows.certificates import (
    PRINT,
    claims_of,
    differ,
    notice,
    to_preview,
    visit,
)


@pytest.mark.parametrize("on", [Paper.A4, Paper.SLIP])
def test_a_paper_that_did_not_come_is_printed_once_more_marked_and_no_third_time(bureau: Bureau, on: Paper) -> None:
    pages = visit(bureau, *to_preview(on.value), PRINT, (TakePaper, "missing"), (TakePaper, "missing"), (Notice, None))
    if on is Paper.A4:
        texts = [scanned(pdf)[0] for pdf in bureau.sheets.papers]
        assert ["补打" in words(pdf) for pdf in bureau.sheets.papers] == [False, True]
        assert len(set(bureau.sheets.names)) == 2
    else:
        texts = [code_on(slip) for slip in bureau.paper.papers()]
        assert "REPRINT" in frame_on(bureau.paper.papers()[1])
    first, second = map(claims_of, texts)
    assert replace(first, copy=2) == second
    assert [bureau.papers.verdict(text, None).result.value for text in texts] == ["valid", "valid"]
    assert bureau.balance() == Counts(2, 0, 2, 0, 0)
    assert notice(pages).title == say.CERT_UNSURE_TITLE
    notes = [page.note for page in pages if isinstance(page, TakePaper)]
    assert notes == [say.COPIES_LEFT, say.COPIES_NONE]
    (copied,) = bureau.events("certificate.copied")
    assert copied.body["copy"] == 2


@pytest.mark.parametrize("most", [1, 2, 3])
def test_copies_end_where_the_template_says(bureau: Bureau, most: int) -> None:
    issue = TEMPLATES["residence"].issue.model_copy(update={"copies": most})
    bureau.hall.templates = (TEMPLATES["residence"].model_copy(update={"issue": issue}),)
    bureau.hall.publish()
    bureau.publish()
    pages = visit(bureau, *to_preview(), PRINT, *[(TakePaper, "missing")] * most, (Notice, None))
    notes = [page.note for page in pages if isinstance(page, TakePaper)]
    assert notes == [say.COPIES_LEFT] * (most - 1) + [say.COPIES_NONE]
    assert bureau.balance() == Counts(most, 0, most, 0, 0)
    assert [event.body["copy"] for event in bureau.events("certificate.copied")] == list(range(2, most + 1))
    with pytest.raises(certificate_desk.NotIssued):
        bureau.desk().certificates.copy(bureau.on_record()[0].short_code, Paper.SLIP)


def test_a_reprint_that_cannot_begin_does_not_call_the_certificate_void(bureau: Bureau) -> None:
    def missing(_page: TakePaper) -> str:
        bureau.paper.paper_out()
        return "missing"

    told = notice(visit(bureau, *to_preview(), PRINT, (TakePaper, missing), (Notice, None)))
    assert (told.code, told.title) == ("P102", say.CERT_UNSURE_TITLE)
    assert bureau.balance() == Counts(2, 0, 1, 1, 0)


def test_a_reprint_without_the_original_s_key_does_not_say_that_nothing_was_issued(bureau: Bureau) -> None:
    def missing(_page: TakePaper) -> str:
        bureau.lose_keys()
        return "missing"

    told = notice(visit(bureau, *to_preview(), PRINT, (TakePaper, missing), (Notice, None)))
    assert told.title == say.CERT_UNSURE_TITLE
    assert bureau.balance() == Counts(1, 0, 1, 0, 0)


def test_a_reprint_whose_page_cannot_be_made_is_void_and_does_not_say_that_nothing_was_issued(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_page: TakePaper) -> str:
        monkeypatch.setattr(sheet, "_compiler", differ)
        return "missing"

    told = notice(visit(bureau, *to_preview("a4"), PRINT, (TakePaper, missing), (Notice, None)))
    assert told.title == say.CERT_UNSURE_TITLE
    assert bureau.balance() == Counts(2, 0, 1, 1, 0)
