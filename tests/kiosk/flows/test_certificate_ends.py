"""Who turns away, printers that fail, a kiosk that dies: what becomes of a certificate on record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from certificates import sheet
from devices import printer, sheets
from devices.printer import NotStarted, Uncertain
from devices.printer.sim import ThermalPrinter
from kiosk import say
from kiosk.steps import Cancelled, CardPulled, CardSwapped, WalkedAway, WentHome
from offline_cache.tickets import Counts
from screens.pages import (
    Home,
    Notice,
    Preview,
)
from tests.kiosk.authority import Bureau
from tests.kiosk.flows.certificates import (
    PRINT,
    TAKEN,
    differ,
    nothing_happened,
    notice,
    to_preview,
    visit,
)
from tests.kiosk.play import PowerCut

# Turning away.


@pytest.mark.parametrize(
    "left", [Cancelled(), WalkedAway(), CardPulled(), CardSwapped()], ids=lambda left: type(left).__name__
)
def test_who_turns_away_at_the_preview_leaves_a_void_copy_and_no_paper(bureau: Bureau, left: Exception) -> None:
    with pytest.raises(type(left)):
        visit(bureau, *to_preview(), (Preview, left))
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    assert bureau.paper.papers() == []
    assert [event.body["outcome"] for event in bureau.events("certificate.settled")] == ["void"]


def test_who_goes_home_from_the_preview_leaves_a_void_copy_and_no_paper(bureau: Bureau) -> None:
    with pytest.raises(Cancelled):
        visit(bureau, *to_preview("a4"), (Preview, WentHome()), (Home, Cancelled()))
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    assert bureau.sheets.papers == []


@pytest.mark.parametrize("at", range(5))
def test_who_turns_away_before_the_preview_leaves_nothing(bureau: Bureau, at: int) -> None:
    script = list(to_preview())
    script[at:] = [(script[at][0], WalkedAway())]
    with pytest.raises(WalkedAway):
        visit(bureau, *script)
    nothing_happened(bureau)


# Printers.


def test_a_slip_printer_that_cannot_begin_voids_the_certificate_and_says_so(bureau: Bureau) -> None:
    bureau.paper.paper_out()
    told = notice(visit(bureau, *to_preview(), PRINT, (Notice, None)))
    assert (told.code, told.title, told.lead) == ("P102", say.CERT_NOT_PRINTED_TITLE, say.CERT_NOT_PRINTED_LEAD)
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    assert bureau.paper.papers() == []


def test_a_sheet_printer_that_cannot_begin_voids_the_certificate_and_says_so(bureau: Bureau) -> None:
    bureau.sheets.fails = NotStarted(sheets.Fault.JAM)
    told = notice(visit(bureau, *to_preview("a4"), PRINT, (Notice, None)))
    assert (told.code, told.title) == ("A104", say.CERT_NOT_PRINTED_TITLE)
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    (settled,) = bureau.events("certificate.settled")
    assert (settled.body["outcome"], settled.body["fault"]) == ("void", "A104")


@pytest.mark.parametrize(
    ("happens", "ends", "code"),
    [
        (ThermalPrinter.power_cut, ThermalPrinter.power_on, "P101"),
        (ThermalPrinter.paper_out, ThermalPrinter.refill, "P102"),
        (ThermalPrinter.open_cover, ThermalPrinter.close_cover, "P103"),
    ],
)
def test_a_slip_that_stops_half_way_is_uncertain_and_never_resent(
    bureau: Bureau, happens: Callable[[ThermalPrinter], None], ends: Callable[[ThermalPrinter], None], code: str
) -> None:
    bureau.paper.at_row(300, partial(happens, bureau.paper))
    told = notice(visit(bureau, *to_preview(), PRINT, (Notice, None)))
    (claims,) = bureau.on_record()
    assert (told.code, told.title) == (code, say.CERT_UNSURE_TITLE)
    assert claims.number("99JZ") in told.lead.zh
    ends(bureau.paper)
    before = len(bureau.paper.papers())
    bureau.restart()
    assert bureau.status().ready
    assert bureau.balance() == Counts(1, 0, 0, 0, 1)
    assert len(bureau.paper.papers()) == before


def test_a_sheet_in_doubt_is_uncertain_with_its_reason_and_never_resent(bureau: Bureau) -> None:
    bureau.sheets.fails = Uncertain(sheets.Fault.UNPLUGGED)
    told = notice(visit(bureau, *to_preview("a4"), PRINT, (Notice, None)))
    assert (told.code, told.title) == ("A101", say.CERT_UNSURE_TITLE)
    bureau.restart()
    assert bureau.balance() == Counts(1, 0, 0, 0, 1)
    assert bureau.sheets.papers == []


@pytest.mark.parametrize(("on", "named"), [("80mm", printer.Fault.BROKEN), ("a4", sheets.Fault.SILENT)])
def test_a_printer_that_misses_its_deadline_is_in_doubt(bureau: Bureau, on: str, named: Any) -> None:
    told = notice(visit(bureau, *to_preview(on), PRINT, (Notice, None), late=["print"]))
    assert (told.code, told.title) == (named.value, say.CERT_UNSURE_TITLE)
    assert bureau.balance() == Counts(1, 0, 0, 0, 1)


def test_a_store_that_is_late_to_settle_keeps_nobody_from_the_paper(bureau: Bureau) -> None:
    visit(bureau, *to_preview(), PRINT, *TAKEN, late=["settle"])
    assert len(bureau.paper.papers()) == 1


def test_a_record_that_comes_too_late_is_never_printed(bureau: Bureau) -> None:
    told = notice(visit(bureau, *to_preview(), (Notice, None), late=["issue"]))
    assert told.code == "L101"
    bureau.restart()
    assert bureau.balance() == Counts(1, 0, 0, 0, 1)
    assert bureau.paper.papers() == []


def test_a_page_that_comes_too_late_is_void(bureau: Bureau) -> None:
    assert notice(visit(bureau, *to_preview(), (Notice, None), late=["made"])).code == "P108"
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)
    assert bureau.paper.papers() == []


def test_a_page_that_cannot_be_made_is_void_and_named(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_compiler", differ)
    told = notice(visit(bureau, *to_preview("a4"), (Notice, None)))
    assert (told.code, told.lead) == ("K109", say.NOT_ISSUED_LEAD)
    assert bureau.balance() == Counts(1, 0, 0, 1, 0)


# Power.


@pytest.mark.parametrize(
    ("last", "then", "papers"),
    [
        ("form", Counts(0, 0, 0, 0, 0), 0),
        ("issue", Counts(1, 0, 0, 0, 1), 0),
        ("made", Counts(1, 0, 0, 0, 1), 0),
        ("print", Counts(1, 0, 0, 0, 1), 1),
        ("settle", Counts(1, 0, 1, 0, 0), 1),
    ],
)
def test_a_kiosk_that_dies_knows_afterwards_what_it_does_not_know(
    bureau: Bureau, last: str, then: Counts, papers: int
) -> None:
    left = bureau.certificates.indices_left() - then.recorded
    with pytest.raises(PowerCut):
        visit(bureau, *to_preview(), PRINT, stops=last)
    bureau.restart()
    assert bureau.status().ready
    assert bureau.balance() == then
    assert bureau.certificates.indices_left() == left
    assert len(bureau.paper.papers()) == papers
    assert len(bureau.events("certificate.issued")) == then.recorded
    assert len(bureau.events("certificate.settled")) == then.recorded


def test_a_kiosk_that_dies_at_the_preview_does_not_know_who_saw_it(bureau: Bureau) -> None:
    def dies(_page: Preview) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        visit(bureau, *to_preview(), (Preview, dies))
    bureau.restart()
    assert bureau.balance() == Counts(1, 0, 0, 0, 1)
