"""One record, two papers: they say the same, and what is looked at is what is printed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from certificates import code, sheet
from certificates.fonts import FontsDiffer
from certificates.form import Kind
from certificates.picture import picture
from certificates.results import rows
from certificates.short_code import grouped
from certificates.template import Paper
from certificates.verdict import content
from kiosk import typeset
from kiosk.certificate_desk import NotIssued
from kiosk.typeset import Made, warm_up
from kiosk.visitor import Visitor
from screens.certificate_slip import CertificateSlip, certificate
from screens.paper import Bitmap
from screens.words import Words
from tests.certificates.sheets import scanned, words
from tests.day.paper import codes
from tests.kiosk.authority import HOST, TEMPLATES, Bureau, id_card

BOTH = [kind for kind, each in TEMPLATES.items() if len(each.issue.papers) > 1]


@pytest.fixture
def slips(monkeypatch: pytest.MonkeyPatch) -> list[CertificateSlip]:
    """What is handed over to be drawn."""
    drawn: list[CertificateSlip] = []

    def look(slip: CertificateSlip) -> Bitmap:
        drawn.append(slip)
        return certificate(slip)

    monkeypatch.setattr(typeset, "certificate", look)
    return drawn


def made(bureau: Bureau, *papers: Paper, kind: str = "residence") -> list[Made]:
    """One certificate, set on each of these papers."""
    desk, template = bureau.desk().certificates, TEMPLATES[kind]
    form = desk.form(template, Visitor(id_card()))
    for each in form.open():
        form = form.having(each.id, min(each.choices) if each.kind is Kind.CHOICE else 43_527)
    recorded = desk.issue(form, Visitor(id_card()), papers[0])
    return [desk.made(recorded, paper) for paper in papers]


def plain(text: str) -> str:
    return "".join(text.split())


def dots(slip: Bitmap) -> np.ndarray:
    lines = np.frombuffer(slip.dots, np.uint8).reshape(slip.height, -1)
    return (1 - np.unpackbits(lines, axis=1)[:, : slip.width]) * 255


@pytest.mark.parametrize("kind", BOTH)
def test_slip_and_sheet_say_the_same(bureau: Bureau, slips: list[CertificateSlip], kind: str) -> None:
    page, _ = made(bureau, Paper.A4, Paper.SLIP, kind=kind)
    (slip,) = slips
    said = words(page.pdf)
    claims, template = bureau.papers.claims(page.recorded.message)
    facts = [row.value.zh for row in rows(content(claims, template))[:-1]]
    assert [fact for fact in facts if plain(fact) not in said] == []
    assert [value for _, value in slip.rows] == facts[3:]
    shared = [
        slip.number,
        slip.title.zh,
        slip.issuer.zh,
        slip.sentence.zh,
        slip.host,
        slip.machine.zh,
        slip.serial,
        slip.printed_at,
        grouped(slip.short_code),
    ]
    assert [fact for fact in shared if plain(fact) not in said] == []
    assert slip.printed_at == "2026-11-20 12:00"
    assert slip.copy == claims.copy == 1


def test_both_carry_the_recorded_message_itself(bureau: Bureau) -> None:
    page, slip = made(bureau, Paper.A4, Paper.SLIP)
    recorded = page.recorded
    text = code.text(recorded.message, recorded.id, HOST)
    assert scanned(page.pdf) == [text]
    assert [each.text for each in codes(dots(slip.slip))] == [text]


def test_the_picture_of_a_sheet_is_the_very_page(bureau: Bureau) -> None:
    (page,) = made(bureau, Paper.A4)
    assert page.picture == picture(page.pdf, 110)
    assert (page.slip.width, page.slip.height) == (0, 0)


def test_the_picture_of_a_slip_is_its_very_dots(bureau: Bureau) -> None:
    (slip,) = made(bureau, Paper.SLIP)
    assert slip.picture is slip.slip
    assert slip.pdf == b""


def test_the_same_record_is_the_same_page(bureau: Bureau) -> None:
    first, again, slip, slip_again = made(bureau, Paper.A4, Paper.A4, Paper.SLIP, Paper.SLIP)
    assert first == again
    assert slip == slip_again


def test_a_job_names_one_copy_and_nobody(bureau: Bureau) -> None:
    (first,) = made(bureau, Paper.A4)
    desk = bureau.desk().certificates
    second = desk.made(desk.copy(first.recorded.id, Paper.A4), Paper.A4)
    assert first.job != second.job
    assert all(re.fullmatch(r"[A-Za-z0-9-]{8,64}", each.job) for each in (first, second))
    assert first.number == second.number


def test_a_copy_is_marked_on_both_papers(bureau: Bureau, slips: list[CertificateSlip]) -> None:
    (first,) = made(bureau, Paper.A4)
    desk = bureau.desk().certificates
    again = desk.copy(first.recorded.id, Paper.A4)
    page, _ = (desk.made(again, paper) for paper in (Paper.A4, Paper.SLIP))
    assert "补打" in words(page.pdf)
    assert "补打" not in words(first.pdf)
    assert slips[0].copy == 2


def test_until_is_the_last_day_on_which_it_is_good(bureau: Bureau) -> None:
    (slip,) = made(bureau, Paper.SLIP)
    assert slip.until == Words("2027年5月20日", "20 May 2027")


def test_nothing_of_the_holder_is_in_a_repr(bureau: Bureau) -> None:
    (page,) = made(bureau, Paper.A4)
    assert "王小明" not in repr(page)
    assert len(repr(page)) < 600


def test_markup_in_an_address_is_printed_as_it_stands(bureau: Bureau) -> None:
    address = '#sys.inputs "$x$ *1* \\ [a] {name}'
    desk = bureau.desk().certificates
    visitor = Visitor(id_card(address=address))
    form = desk.form(TEMPLATES["residence"], visitor).having("since", 43_527).having("purpose", 1)
    page = desk.made(desk.issue(form, visitor, Paper.A4), Paper.A4)
    assert plain(address) in words(page.pdf)


def test_what_cannot_be_made_is_a_failure_with_a_code(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(*_: object) -> bytes:
        raise FontsDiffer("another file")

    monkeypatch.setattr(sheet, "pdf", differ)
    with pytest.raises(NotIssued) as refused:
        made(bureau, Paper.A4)
    assert refused.value.code == "K109"


def test_warming_up_prints_and_records_nothing_and_never_fails(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    set_pages: list[sheet.Sheet] = []

    def look(page: sheet.Sheet) -> bytes:
        set_pages.append(page)
        return pdf(page)

    pdf = sheet.pdf
    monkeypatch.setattr(sheet, "pdf", look)
    warm_up(TEMPLATES["residence"])
    assert len(set_pages) == 1

    def differ() -> None:
        raise FontsDiffer("another file")

    monkeypatch.setattr("certificates.fonts._writable", differ)
    warm_up(TEMPLATES["residence"])
    assert bureau.balance().recorded == 0
