"""What the pages of a certificate show: masked, in order, and honest about what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from certificates.form import Kind
from certificates.template import Paper
from certificates.verdict import Reason, Result, Revoked, Why, content, verdict
from devices import printer, sheets
from kiosk import certificate_pages as pages
from kiosk import pages as first_pages
from kiosk import say
from kiosk.faults import Fault
from kiosk.form import Form
from kiosk.opening import Closed
from kiosk.typeset import Made
from kiosk.visitor import Visitor
from offline_cache.faults import Fault as StoreFault
from offline_cache.tickets import LEDGER
from screens.pages import GENUINE, Choice, Fill, FillForm, Menu, Open, Step, Tone, Verdict
from screens.words import Words
from tests.kiosk.authority import ADDRESS, TEMPLATES, Bureau, id_card, record
from tests.kiosk.office import Office

HOLDER = Visitor(id_card(), watched=True)
RESIDENCE = TEMPLATES["residence"]
CARD = Words("身份证", "ID card")


@pytest.fixture
def made(bureau: Bureau) -> Made:
    desk = bureau.desk().certificates
    form = desk.form(RESIDENCE, HOLDER).having("since", 43_527).having("purpose", 1)
    return desk.made(desk.issue(form, HOLDER, Paper.SLIP), Paper.SLIP)


def copy_of(made: Made, copy: int, most: int) -> Made:
    return replace(made, recorded=replace(made.recorded, made_by=LEDGER, copy=copy, most=most))


# The first page.


def tiles(office: Office) -> dict[str, Choice]:
    home = first_pages.home(office.desk(), HOLDER, None, None)
    return {tile.key: tile for tile in home.tiles}


def test_certificates_stand_second_on_the_first_page_and_papers_can_be_checked(bureau: Bureau) -> None:
    found = tiles(bureau)
    assert list(found) == ["services", "certificates", "stage", "scan", "verify", "tickets", "mine", "acting"]
    assert {tile.open for tile in found.values()} == {Open.YES}


def test_a_kiosk_without_a_root_names_departments_instead(office: Office) -> None:
    found = tiles(office)
    assert "department" in found
    assert not {"certificates", "verify"} & set(found)


@pytest.mark.parametrize(
    ("change", "closed"),
    [
        (
            {"printer": printer.Status(printer.Paper.OUT, printer.Fault.PAPER_OUT)},
            {"services", "stage", "scan", "acting"},
        ),
        ({"lost": {"scanner": "S101"}}, {"scan", "verify"}),
        ({"online": False}, {"mine"}),
    ],
)
def test_each_tile_closes_for_its_own_reason(bureau: Bureau, change: dict[str, Any], closed: set[str]) -> None:
    bureau.machine = replace(bureau.machine, **change)
    assert {key for key, tile in tiles(bureau).items() if tile.open is Open.CLOSED} == closed


def test_without_an_index_the_tile_of_certificates_alone_is_closed(bureau: Bureau) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    bureau.papers.take_stock()
    found = tiles(bureau)
    assert {key for key, tile in found.items() if tile.open is Open.CLOSED} == {"certificates"}
    assert found["certificates"].line == Closed(say.CLOSED_AUTHORITY, "K105").said


# The form.


def test_every_kind_that_is_published_can_be_chosen(bureau: Bureau) -> None:
    page = pages.kinds(bureau.desk(), HOLDER)
    assert [choice.key for choice in page.choices] == list(TEMPLATES)
    assert {choice.open for choice in page.choices} == {Open.YES}


def test_what_is_known_is_shown_masked_and_says_where_it_is_from(bureau: Bureau) -> None:
    form = bureau.desk().certificates.form(RESIDENCE, HOLDER)
    asked = form.open()[0]
    page = pages.question(form, asked, 1, 3, HOLDER, None)
    assert isinstance(page, Fill)
    assert (page.form, page.step, page.steps, page.example) == (FillForm.DATE, 1, 3, say.DATE_EXAMPLE)
    known = [(row.label, row.value, row.source) for row in page.known]
    number = id_card().number
    assert known == [
        (say.NAME, "王*明", say.FROM_CARD),
        (say.ID_NUMBER, f"{number[:3]}***********{number[-4:]}", say.FROM_CARD),
        (say.both(RESIDENCE.fields[0].label), ADDRESS, say.FROM_CARD),
    ]


def test_a_choice_is_a_menu_of_the_template_s_words(bureau: Bureau) -> None:
    form = bureau.desk().certificates.form(TEMPLATES["low-income"], HOLDER)
    page = pages.question(form, form.open()[0], 1, 2, HOLDER, None)
    assert isinstance(page, Menu)
    assert {choice.key: choice.title.zh for choice in page.choices}["1"] == "减免医疗费用"
    sources = {row.source for row in pages.known(form, HOLDER)}
    assert sources == {say.FROM_CARD, say.FROM_RECORD}


@pytest.mark.parametrize(
    ("kind", "most", "digits"),
    [("integer", 20, 2), ("integer", 9, 1), ("money", 9_999_999, 5), ("money", 99, 1), ("money", 100_000_00, 6)],
)
def test_no_more_digits_can_be_typed_than_the_field_may_hold(bureau: Bureau, kind: str, most: int, digits: int) -> None:
    asked = RESIDENCE.fields[1].model_copy(update={"kind": Kind(kind), "max": most})
    page = pages.question(bureau.desk().certificates.form(RESIDENCE, HOLDER), asked, 1, 3, HOLDER, None)
    assert isinstance(page, Fill)
    assert page.digits == digits


def test_what_is_asked_is_not_shown_as_known(bureau: Bureau) -> None:
    form = bureau.desk().certificates.form(RESIDENCE, HOLDER).having("since", 43_527)
    assert not any("2019" in row.value for row in pages.known(form, HOLDER))


def test_a_form_shows_nothing_of_its_values_in_a_repr() -> None:
    form = Form(RESIDENCE, {"address": ADDRESS} | record("residence"))
    assert ADDRESS not in repr(form)


# To paper.


def test_a_preview_can_be_changed_only_where_something_was_asked(bureau: Bureau, made: Made) -> None:
    form = bureau.desk().certificates.form(RESIDENCE, HOLDER)
    page = pages.preview(form, made, 3, more=True)
    assert (page.changeable, page.picture, page.step, page.steps) == (True, made.picture, 3, 3)
    assert say.FREE in [fact.value for fact in page.facts]
    assert made.until in [fact.value for fact in page.facts]
    unasked = bureau.desk().certificates.form(TEMPLATES["social-insurance"], HOLDER)
    assert not pages.preview(unasked, made, 1, more=True).changeable


def test_the_last_preview_cannot_be_changed_and_says_so(bureau: Bureau, made: Made) -> None:
    form = bureau.desk().certificates.form(RESIDENCE, HOLDER)
    assert pages.preview(form, made, 3, more=True).note is None
    last = pages.preview(form, made, 3, more=False)
    assert (last.changeable, last.note) == (False, say.LAST_LOOK)


def test_printing_shows_only_what_is_known_as_done(made: Made) -> None:
    page = pages.printing(made)
    assert [state for _, state in page.steps] == [Step.DONE, Step.NOW, Step.LATER]
    assert made.number in page.steps[0][0].zh
    assert page.certificate


@pytest.mark.parametrize(("copy", "most", "note"), [(1, 3, True), (1, 1, False), (2, 3, True), (3, 3, False)])
def test_one_more_is_promised_only_where_one_more_is_given(made: Made, copy: int, most: int, note: bool) -> None:
    page = pages.take(copy_of(made, copy, most), CARD)
    assert page.note == (say.COPIES_LEFT if note else say.COPIES_NONE)


def test_failures_say_their_code(made: Made) -> None:
    assert pages.not_issued("K105").title == say.NOT_ISSUED_TITLES["K105"]
    assert pages.not_issued("L101").title == say.NOT_ISSUED_TITLE
    assert pages.not_printed(sheets.Fault.JAM).code == "A104"
    assert pages.no_record().code == ""
    assert pages.unsure(made, sheets.Fault.UNPLUGGED).code == "A101"


@pytest.mark.parametrize(("on", "code"), [(Paper.SLIP, printer.Fault.BROKEN), (Paper.A4, sheets.Fault.SILENT)])
def test_where_no_printer_gave_a_reason_its_own_code_is_named(made: Made, on: Paper, code: Any) -> None:
    page = pages.unsure(replace(made, paper=on), None)
    assert (page.code, page.tone) == (code.value, Tone.WARN)
    assert made.number in page.lead.zh


def test_every_reason_of_the_trunk_for_which_nothing_is_issued_has_its_title() -> None:
    own = {
        Fault.NO_AUTHORITY,
        Fault.NO_GLYPH,
        Fault.RECORD_UNFIT,
        Fault.NOT_PROVEN,
        Fault.NOT_OF_AGE,
        Fault.NO_MORE_LOOKS,
        StoreFault.CLOCK_SUSPECT,
    }
    assert {fault.value for fault in own} == set(say.NOT_ISSUED_TITLES)


@pytest.mark.parametrize(
    ("lane", "code"), [("hall", "N101"), ("store", "L101"), ("sheets", "A107"), ("printer", "P108")]
)
def test_what_took_too_long_is_named_by_its_lane(lane: str, code: str) -> None:
    assert pages.late(lane).code == code


# What a paper is worth.


@pytest.mark.parametrize("reason", Reason)
def test_every_verdict_has_a_page_and_shows_content_only_where_it_may(
    bureau: Bureau, made: Made, reason: Reason
) -> None:
    claims, template = bureau.papers.claims(made.recorded.message)
    found = verdict(reason, 3_600, claims.short_code, content(claims, template))
    page = pages.verified(found)
    assert page.result is Verdict(found.result.value)
    assert bool(page.rows) == bool(page.name) == (found.content is not None)
    assert page.word.zh
    assert page.sentence.zh
    assert page.advice
    assert bool(page.checks) == (found.content is None)
    if page.rows:
        assert page.result in GENUINE
        assert "王小明" not in str(page.rows)


def test_a_revoked_paper_says_since_when_and_why_before_all_else(bureau: Bureau, made: Made) -> None:
    claims, template = bureau.papers.claims(made.recorded.message)
    found = verdict(Reason.STATUS, 3_600, claims.short_code, content(claims, template))
    page = pages.verified(replace(found, revoked=Revoked(1_790_000_000, Why.LOST)))
    told = [(row.label.zh, row.value.zh) for row in page.ended if row.strong]
    assert told == [("撤销", "2026年9月21日"), ("原因", "纸张遗失")]
    assert "江畔区柳岸街道办事处" in [row.value.zh for row in page.rows]  # whom to ask


@pytest.mark.parametrize("reason", [Reason.UNKNOWN_KEY, Reason.SIGNATURE, Reason.KEY_CUT_OFF])
def test_whatever_rests_on_the_lists_says_how_old_they_are(reason: Reason) -> None:
    assert "1 小时" in pages.verified(verdict(reason, 3_600)).notes[0].zh


def test_a_paper_that_was_not_looked_up_says_so_under_the_scanner(bureau: Bureau, made: Made) -> None:
    claims, template = bureau.papers.claims(made.recorded.message)
    alone = verdict(Reason.NONE, 60, claims.short_code, content(claims, template))
    assert [len(pages.verified(each).notes) for each in (alone, replace(alone, asked=True))] == [2, 1]


def test_a_reprint_is_called_one_under_the_scanner(bureau: Bureau, made: Made) -> None:
    again = bureau.papers.signed_again(made.recorded.message, 2)
    claims, template = bureau.papers.claims(again.message)
    page = pages.verified(verdict(Reason.NONE, 0, claims.short_code, content(claims, template)))
    assert page.result is Verdict(Result.VALID.value)
    assert "第 2 份（补打）" in [row.value.zh for row in page.rows]
