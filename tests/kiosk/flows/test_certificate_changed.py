"""Back and forth on the way to a certificate: only the last answers count, and nobody uses up what is there for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from devices import sheets
from kiosk import say
from kiosk.steps import Cancelled, WentHome
from offline_cache.tickets import Counts
from screens.pages import (
    Fill,
    Home,
    Menu,
    Nav,
    Notice,
    Preview,
)
from tests.kiosk.authority import TEMPLATES, Bureau
from tests.kiosk.flows.certificates import (
    PRINT,
    TAKEN,
    answers,
    nothing_happened,
    notice,
    to_preview,
    visit,
)
from tests.kiosk.play import Turn


def test_back_and_forth_in_the_form_and_only_the_last_answers_count(bureau: Bureau) -> None:
    visit(
        bureau,
        (Home, "certificates"),
        (Menu, "residence"),
        (Fill, Nav.BACK),
        (Menu, "residence"),
        (Fill, "2001-01-01"),
        (Menu, Nav.BACK),
        (Fill, "2019-03-05"),
        (Menu, "1"),
        (Menu, Nav.BACK),
        (Menu, "9"),
        (Menu, "80mm"),
        PRINT,
        *TAKEN,
    )
    (claims,) = bureau.on_record()
    assert TEMPLATES["residence"].rows(claims)[1][1].zh == "2019年3月5日"
    assert claims.fields[2] == 9
    assert bureau.balance() == Counts(1, 0, 1, 0, 0)


def test_a_department_is_asked_once_however_often_a_form_is_changed(bureau: Bureau) -> None:
    visit(
        bureau,
        (Home, "certificates"),
        (Menu, "low-income"),
        (Menu, "1"),
        (Preview, "change"),
        (Menu, "2"),
        PRINT,
        *TAKEN,
    )
    assert bureau.far.asked == ["record low-income"]
    first, second = bureau.on_record()
    assert (first.fields[:-1], first.fields[-1], second.fields[-1]) == (second.fields[:-1], 1, 2)


def test_an_impossible_answer_is_asked_for_again_and_says_why(bureau: Bureau) -> None:
    def wrong(problem: str | None, then: str) -> Turn:
        def look(page: Fill) -> str:
            assert page.problem == (say.PROBLEMS[problem] if problem else None)
            return then

        return (Fill, look)

    visit(
        bureau,
        (Home, "certificates"),
        (Menu, "residence"),
        wrong(None, "2019-02-30"),
        wrong("unfit", "2026-11-21"),
        wrong("future", "1951-03-06"),
        wrong("before-birth", "1951-03-07"),
        (Menu, "1"),
        (Menu, "80mm"),
        PRINT,
        *TAKEN,
    )


@pytest.mark.parametrize("turn", ["change", Nav.BACK])
def test_who_wants_to_change_something_leaves_a_void_copy_and_gets_a_new_certificate(bureau: Bureau, turn: Any) -> None:
    visit(bureau, *to_preview(purpose="1"), (Preview, turn), *answers(purpose="2"), PRINT, *TAKEN)
    assert bureau.balance() == Counts(2, 0, 1, 1, 0)
    first, second = bureau.on_record()
    assert first.short_code != second.short_code
    assert first.status != second.status
    assert (first.fields[2], second.fields[2]) == (1, 2)
    assert [event.body["outcome"] for event in bureau.events("certificate.settled")] == ["void", "printed"]
    assert len(bureau.paper.papers()) == 1


def test_after_three_previews_a_visit_can_change_nothing_more_and_hears_so(bureau: Bureau) -> None:
    shown: list[Preview] = []

    def change(page: Preview) -> object:
        shown.append(page)
        return "change" if page.changeable else Nav.BACK

    again: tuple[Turn, ...] = ((Preview, change), *answers())
    pages = visit(bureau, *to_preview(), *again, *again, (Preview, change), (Notice, None))
    assert [(page.changeable, page.note) for page in shown] == [(True, None), (True, None), (False, say.LAST_LOOK)]
    assert notice(pages).code == "K111"
    assert bureau.balance() == Counts(3, 0, 0, 3, 0)


def test_the_last_preview_can_still_be_printed(bureau: Bureau) -> None:
    again: tuple[Turn, ...] = ((Preview, "change"), *answers())
    visit(bureau, *to_preview(), *again, *again, PRINT, *TAKEN)
    assert bureau.balance() == Counts(3, 0, 1, 2, 0)


def test_going_home_gives_no_more_previews(bureau: Bureau) -> None:
    home: Turn = (Preview, WentHome())
    script = (*to_preview(), home, *to_preview(), home, *to_preview(), home)
    pages = visit(bureau, *script, (Home, "certificates"), (Menu, "residence"), (Notice, None))
    assert notice(pages).code == "K111"
    assert bureau.balance().recorded == 3


def test_a_form_without_questions_leads_back_from_the_preview_to_the_choice_of_paper(bureau: Bureau) -> None:
    visit(
        bureau,
        (Home, "certificates"),
        (Menu, "social-insurance"),
        (Menu, "80mm"),
        (Preview, Nav.BACK),
        (Menu, "a4"),
        PRINT,
        *TAKEN,
    )
    assert bureau.balance() == Counts(2, 0, 1, 1, 0)
    assert len(bureau.sheets.papers) == 1


def test_back_from_the_first_question_leads_to_the_choice_and_then_home(bureau: Bureau) -> None:
    with pytest.raises(Cancelled):
        visit(
            bureau,
            (Home, "certificates"),
            (Menu, "social-insurance"),
            (Menu, Nav.BACK),
            (Menu, Nav.BACK),
            (Home, Cancelled()),
        )
    nothing_happened(bureau)


def test_only_the_papers_that_are_there_are_offered(bureau: Bureau) -> None:
    bureau.sheets.fault = sheets.Fault.PAPER_OUT
    bureau.machine = replace(bureau.machine, sheets=bureau.sheets.status())
    (*form, _choice) = to_preview()
    visit(bureau, *form, PRINT, *TAKEN)
    assert len(bureau.paper.papers()) == 1
