"""From a card to a certificate on paper, with the hall and without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certificates.picture import picture
from certificates.template import Paper
from kiosk import say
from kiosk.opening import Closed
from kiosk.steps import Cancelled
from offline_cache.tickets import Counts
from screens.pages import (
    CARD_TAKEN,
    Confirmed,
    Fill,
    Home,
    Menu,
    Nav,
    Open,
    Preview,
    Printing,
    TakePaper,
)
from tests.certificates.sheets import scanned, words
from tests.day.paper import code_on
from tests.kiosk.authority import ADDRESS, TEMPLATES, Bureau
from tests.kiosk.flows.certificates import (
    HOLDER,
    PRINT,
    TAKEN,
    seen,
    to_preview,
    visit,
)

# To paper.


@pytest.mark.parametrize("on", [Paper.A4, Paper.SLIP])
def test_a_card_holder_leaves_with_a_certificate_that_verifies(bureau: Bureau, on: Paper) -> None:
    pages = visit(bureau, *to_preview(on.value, "2019-03-05", "3"), PRINT, *TAKEN)
    on_sheets, slips = bureau.sheets.papers, bureau.paper.papers()
    assert (len(on_sheets), len(slips)) == ((1, 0) if on is Paper.A4 else (0, 1))
    text = scanned(on_sheets[0])[0] if on is Paper.A4 else code_on(slips[0])
    verdict = bureau.papers.verdict(text, None)
    assert verdict.result.value == "valid"
    assert verdict.content is not None
    assert verdict.content.name == "王小明"
    assert [value.zh for _, value in verdict.content.rows] == [ADDRESS, "2019年3月5日", "就业"]
    last = pages[-1]
    assert isinstance(last, TakePaper)
    assert (last.number, last.card) == (verdict.content.number, None)
    assert bureau.balance() == Counts(1, 0, 1, 0, 0)


def test_recorded_is_what_is_accounted_for_at_every_step(bureau: Bureau) -> None:
    def stands(counts: Counts) -> None:
        assert bureau.balance() == counts

    begun, held, printed = Counts(0, 0, 0, 0, 0), Counts(1, 1, 0, 0, 0), Counts(1, 0, 1, 0, 0)
    visit(
        bureau,
        (Home, seen("certificates", lambda: stands(begun))),
        (Menu, seen("residence", lambda: stands(begun))),
        (Fill, seen("2019-03-05", lambda: stands(begun))),
        (Menu, seen("1", lambda: stands(begun))),
        (Menu, seen("80mm", lambda: stands(begun))),
        (Preview, seen(Confirmed(), lambda: stands(held))),
        (TakePaper, seen(CARD_TAKEN, lambda: stands(printed))),
        (TakePaper, None),
    )


def test_it_is_on_record_before_its_page_is_shown(bureau: Bureau) -> None:
    """The code on the screen is as good as the one on paper."""

    def look(page: Preview) -> Confirmed:
        (event,) = bureau.events("certificate.issued")
        assert event.body["copy"] == 1
        return Confirmed()

    visit(bureau, *to_preview(), (Preview, look), *TAKEN)


def test_nothing_of_the_holder_leaves_the_machine_unsealed(bureau: Bureau) -> None:
    visit(bureau, *to_preview(), PRINT, *TAKEN)
    (event,) = bureau.events("certificate.issued")
    plain = str(event.body)
    holder = HOLDER.holder
    assert holder is not None
    assert not any(secret in plain for secret in (holder.name, holder.number, ADDRESS))
    assert not any(holder.name.encode() in data or ADDRESS.encode() in data for data in bureau.outbox.batch())
    assert event.sealed is not None


def test_the_preview_is_the_very_page_that_comes_out(bureau: Bureau) -> None:
    pages = visit(bureau, *to_preview("a4"), PRINT, *TAKEN)
    shown = next(page for page in pages if isinstance(page, Preview))
    assert shown.picture == picture(bureau.sheets.papers[0], 110)


def test_printing_says_only_what_is_known(bureau: Bureau) -> None:
    pages = visit(bureau, *to_preview(), PRINT, *TAKEN)
    shown = next(page for page in pages if isinstance(page, Printing))
    (claims,) = bureau.on_record()
    assert shown.certificate
    assert shown.number == claims.number("99JZ")


@pytest.mark.parametrize("kind", [kind for kind in TEMPLATES if kind != "residence"])
def test_what_a_department_knows_is_printed_and_not_asked_for(bureau: Bureau, kind: str) -> None:
    template = TEMPLATES[kind]
    asked = [(Menu, str(min(each.choices))) for each in template.fields if each.source == "chosen"]
    both = [(Menu, "a4")] * (len(template.issue.papers) > 1)
    visit(bureau, (Home, "certificates"), (Menu, kind), *asked, *both, PRINT, *TAKEN)
    assert bureau.far.asked == [f"record {kind}"]
    said = words(bureau.sheets.papers[0])
    (claims,) = bureau.on_record()
    assert template.title.zh in said
    values = [value.zh for _, value in template.rows(claims)]
    assert [value for value in values if "".join(value.split()) not in said] == []


# Without the hall.


def test_offline_residence_is_open_and_what_needs_a_record_is_closed(bureau: Bureau) -> None:
    def look(page: Menu) -> Nav:
        assert {choice.key: choice.open for choice in page.choices} == {
            kind: Open.OFFLINE if kind == "residence" else Open.CLOSED for kind in TEMPLATES
        }
        shut = Closed(say.NEEDS_NETWORK, "N101").said
        assert all(choice.line == shut for choice in page.choices if choice.open is Open.CLOSED)
        return Nav.BACK

    bureau.machine = replace(bureau.machine, online=False)
    with pytest.raises(Cancelled):
        visit(bureau, (Home, "certificates"), (Menu, look), (Home, Cancelled()))


def test_offline_a_certificate_is_issued_and_verifies_without_anybody_else(bureau: Bureau) -> None:
    bureau.far.away = True
    bureau.machine = replace(bureau.machine, online=False)
    visit(bureau, *to_preview(), PRINT, *TAKEN)
    text = code_on(bureau.paper.papers()[0])
    assert bureau.desk().certificates.verdict(text).result.value == "valid"
    assert bureau.far.asked == []
