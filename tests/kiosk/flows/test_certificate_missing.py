"""What has to be there for a certificate: without it none is put on record, and the reason is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk import certificate_desk, say
from kiosk.flows.certificate import certify
from kiosk.opening import Closed
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from screens.pages import (
    Home,
    Menu,
    Notice,
    Open,
)
from tests.kiosk.authority import INDICES, Bureau, id_card, record
from tests.kiosk.flows.certificates import (
    HOLDER,
    PRINT,
    TAKEN,
    nothing_happened,
    notice,
    tile,
    to_preview,
    visit,
)
from tests.kiosk.office import NOON
from tests.kiosk.play import play


def test_who_is_not_known_to_the_department_is_told_so_and_led_home(bureau: Bureau) -> None:
    def look(page: Notice) -> None:
        assert (page.title, page.code) == (say.NO_RECORD_TITLE, "")

    del bureau.far.records["social-insurance"]
    with pytest.raises(Cancelled):
        visit(bureau, (Home, "certificates"), (Menu, "social-insurance"), (Notice, look), (Home, Cancelled()))
    nothing_happened(bureau)


def test_a_department_out_of_reach_issues_nothing_and_says_why(bureau: Bureau) -> None:
    bureau.far.away = True
    told = notice(visit(bureau, (Home, "certificates"), (Menu, "social-insurance"), (Notice, None)))
    assert (told.code, told.lead) == ("N101", say.NOT_ISSUED_LEAD)
    nothing_happened(bureau)


def test_a_department_that_does_not_answer_in_time_issues_nothing(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_desk, "RECORD_SECONDS", 0.05)
    with bureau.far.silent():
        told = notice(visit(bureau, (Home, "certificates"), (Menu, "social-insurance"), (Notice, None)))
    assert told.code == "N101"
    nothing_happened(bureau)


@pytest.mark.parametrize(
    "unfit",
    [
        {"employer": "长" * 33},
        {"employer": 7},
        {"employer": None},
        {"months": "many"},
        {"months": 721},
        {"base": 100_000_000},
        {"from": 2_400},
    ],
    ids=str,
)
def test_a_record_that_does_not_fit_the_certificate_is_refused(bureau: Bureau, unfit: dict[str, Any]) -> None:
    bureau.far.records["social-insurance"] = record("social-insurance", **unfit)
    told = notice(visit(bureau, (Home, "certificates"), (Menu, "social-insurance"), (Notice, None)))
    assert told.code == "K107"
    nothing_happened(bureau)


def test_the_last_index_closes_the_service_for_the_next_visitor(bureau: Bureau) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices WHERE place <> 5")
    visit(bureau, *to_preview(), PRINT, *TAKEN)
    assert bureau.machine.authority is not None
    assert bureau.machine.authority.indices == 0
    assert tile(bureau) == (Open.CLOSED, Closed(say.CLOSED_AUTHORITY, "K105").said)


def test_without_an_index_nothing_is_issued_and_the_service_is_named(bureau: Bureau) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    told = notice(visit(bureau, *to_preview(), (Notice, None)))
    assert told.code == "K105"
    assert bureau.balance().recorded == 0


def test_without_a_listed_key_the_service_is_closed_and_nothing_is_issued(bureau: Bureau) -> None:
    bureau.hall.entries.clear()
    bureau.hall.publish()
    bureau.publish()
    assert tile(bureau) == (Open.CLOSED, Closed(say.CLOSED_AUTHORITY, "K105").said)
    assert notice(play(certify(bureau.desk(), HOLDER), (Menu, "residence"), (Notice, None))).code == "K105"
    nothing_happened(bureau)


def test_a_key_that_has_ended_closes_the_service(bureau: Bureau) -> None:
    bureau.ticks.advance(29 * 86_400)
    assert tile(bureau) == (Open.CLOSED, Closed(say.CLOSED_AUTHORITY, "K105").said)
    assert notice(play(certify(bureau.desk(), HOLDER), (Menu, "residence"), (Notice, None))).code == "K105"
    nothing_happened(bureau)


def test_what_closes_while_the_form_is_filled_in_is_not_issued_any_more(bureau: Bureau) -> None:
    def cut(_page: Menu) -> str:
        bureau.machine = replace(bureau.machine, online=False, hall_fault="N102")
        return "80mm"

    script = (Home, "certificates"), (Menu, "social-insurance"), (Menu, cut), (Notice, None)
    assert notice(visit(bureau, *script)).code == "N102"
    nothing_happened(bureau)


@pytest.mark.parametrize("kind", ["residence", "social-insurance"])
def test_a_key_that_is_closed_opens_nothing_even_when_it_is_answered(bureau: Bureau, kind: str) -> None:
    child = Visitor(id_card(birth="20101121"))
    if kind == "social-insurance":
        child, bureau.machine = HOLDER, replace(bureau.machine, online=False)
    told = notice(play(certify(bureau.desk(), child), (Menu, kind), (Notice, None)))
    assert told.code == ("K110" if kind == "residence" else "N101")
    assert bureau.far.asked == []
    nothing_happened(bureau)


# The clock.


def without_its_clock(bureau: Bureau) -> None:
    """The kiosk starts offline, and its clock is twenty days ahead of what it knew."""
    bureau.clock.keep()
    bureau.ticks.set_wall(bureau.ticks.wall() + 20 * 86_400_000)
    bureau.restart()
    bureau.machine = replace(bureau.machine, online=False, hall_fault="N101")


def test_a_clock_in_doubt_closes_certificates_before_anybody_starts(bureau: Bureau) -> None:
    without_its_clock(bureau)
    assert tile(bureau) == (Open.CLOSED, Closed(say.CLOSED_CLOCK, "L103").said)
    told = notice(play(certify(bureau.desk(), HOLDER), (Menu, "residence"), (Notice, None)))
    assert (told.code, told.title) == ("L103", say.NOT_ISSUED_TITLES["L103"])
    nothing_happened(bureau)


def test_a_clock_that_is_set_during_the_form_dates_no_certificate(bureau: Bureau) -> None:
    def sets(_page: Menu) -> str:
        bureau.ticks.set_wall(bureau.ticks.wall() + 20 * 86_400_000)
        return "80mm"

    bureau.machine = replace(bureau.machine, online=False)
    (*form, _paper) = to_preview()
    assert notice(visit(bureau, *form, (Menu, sets), (Notice, None))).code == "L103"
    nothing_happened(bureau)


def test_the_hall_s_word_opens_certificates_again_though_the_clock_stays_wrong(bureau: Bureau) -> None:
    without_its_clock(bureau)
    bureau.clock.heard(NOON)
    bureau.papers.take_stock()
    visit(bureau, *to_preview(), PRINT, *TAKEN)
    (claims,) = bureau.on_record()
    assert claims.iat == NOON // 1000


def test_a_full_disk_issues_nothing_and_says_so(bureau: Bureau) -> None:
    bureau.fill_disk()
    told = notice(visit(bureau, *to_preview(), (Notice, None)))
    assert (told.code, bureau.troubles) == ("L101", ["L101"])
    assert bureau.balance().recorded == 0
    assert bureau.certificates.indices_left() == len(INDICES)
