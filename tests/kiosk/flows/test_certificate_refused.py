"""Who gets no certificate, and what has to be there for one: refused before anything is on record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from certificates import fonts
from certificates.template import Paper
from kiosk import certificate_desk, say
from kiosk.flows import no_card
from kiosk.flows.certificate import certify
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from screens.pages import (
    Home,
    LayAgain,
    Menu,
    Nav,
    Notice,
    Open,
    Services,
)
from tests.kiosk.authority import INDICES, TEMPLATES, Bureau, id_card, record
from tests.kiosk.flows.certificates import (
    HOLDER,
    PRINT,
    SOCIAL_CARD,
    TAKEN,
    differ,
    nothing_happened,
    notice,
    tile,
    to_preview,
    visit,
)
from tests.kiosk.office import NOON
from tests.kiosk.play import play

# Who may not.


@pytest.mark.parametrize("name", ["王\ue000明", "王𠀀明", "王\n明", "Wang\u202eming"])
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_on_record(bureau: Bureau, name: str) -> None:
    told = notice(visit(bureau, *to_preview(), (Notice, None), visitor=Visitor(id_card(name=name))))
    assert (told.code, told.lead) == ("K106", say.NOT_ISSUED_LEAD)
    nothing_happened(bureau)


def test_an_address_that_cannot_be_written_is_refused_before_anything_is_on_record(bureau: Bureau) -> None:
    told = notice(visit(bureau, *to_preview(), (Notice, None), visitor=Visitor(id_card(address="\ue815里1号"))))
    assert told.code == "K106"
    nothing_happened(bureau)


def test_without_the_pinned_fonts_nothing_is_put_on_record(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_writable", differ)
    assert notice(visit(bureau, *to_preview(), (Notice, None))).code == "K109"
    nothing_happened(bureau)


@pytest.mark.parametrize("address", ["", "长" * 36])
def test_an_address_that_the_field_cannot_hold_is_refused_before_any_question(bureau: Bureau, address: str) -> None:
    script = (Home, "certificates"), (Menu, "residence"), (Notice, None)
    assert notice(visit(bureau, *script, visitor=Visitor(id_card(address=address)))).code == "K107"
    nothing_happened(bureau)


def test_a_name_longer_than_a_certificate_holds_is_refused(bureau: Bureau) -> None:
    told = notice(visit(bureau, *to_preview(), (Notice, None), visitor=Visitor(id_card(name="长" * 41))))
    assert told.code == "K107"
    nothing_happened(bureau)


def test_a_social_security_card_sees_that_it_needs_the_id_card(bureau: Bureau) -> None:
    def look(page: Menu) -> Nav:
        assert {choice.open for choice in page.choices} == {Open.CLOSED}
        assert {choice.line for choice in page.choices} == {say.NEEDS_ID_CARD}
        return Nav.BACK

    bureau.machine = replace(bureau.machine, lost={"id-card": "C101"})

    with pytest.raises(Cancelled):
        visit(bureau, (Home, "certificates"), (Menu, look), (Home, Cancelled()), visitor=SOCIAL_CARD)


def test_a_social_security_card_alone_gets_as_far_as_the_question_for_the_id_card(bureau: Bureau) -> None:
    def look(page: Menu) -> str:
        assert {choice.open for choice in page.choices} == {Open.STEP}
        return "residence"

    with pytest.raises(Cancelled):
        play(
            certify(bureau.desk(), SOCIAL_CARD),
            (Menu, look),
            (LayAgain, Nav.BACK),
            (Menu, "social-insurance"),
            (LayAgain, Cancelled()),
        )
    assert bureau.far.asked == []
    nothing_happened(bureau)


@pytest.mark.parametrize("kind", ["residence", "social-insurance"])
@pytest.mark.parametrize("visitor", [Visitor(typed="990000195001010010"), Visitor()])
def test_less_than_an_id_card_gets_no_certificate_and_no_record_whatever_it_answers(
    bureau: Bureau, kind: str, visitor: Visitor
) -> None:
    told = notice(play(certify(bureau.desk(), visitor), (Menu, kind), (Notice, None)))
    assert told.code == "K108"
    assert bureau.far.asked == []
    nothing_happened(bureau)


@pytest.mark.parametrize("visitor", [SOCIAL_CARD, Visitor(typed="990000195001010010"), Visitor()])
def test_the_desk_itself_issues_nothing_without_an_id_card(bureau: Bureau, visitor: Visitor) -> None:
    form = bureau.desk().certificates.form(TEMPLATES["residence"], HOLDER).having("since", 40_000).having("purpose", 1)
    with pytest.raises(certificate_desk.NotIssued) as refused:
        bureau.desk().certificates.issue(form, visitor, Paper.SLIP)
    assert refused.value.code == "K108"
    nothing_happened(bureau)


def test_without_a_card_certificates_are_not_even_named(bureau: Bureau) -> None:
    def look(page: Menu) -> str:
        assert {choice.key for choice in page.choices} == {"typed", "none"}
        return "none"

    with pytest.raises(Cancelled):
        play(no_card.visit(bureau.desk(), Visitor()), (Menu, look), (Services, Cancelled()))


def test_a_template_with_a_minimum_age_is_closed_to_a_child_and_says_from_when(bureau: Bureau) -> None:
    def look(page: Menu) -> Nav:
        ages = {choice.key: choice for choice in page.choices}
        assert (ages["residence"].open, ages["residence"].line) == (Open.CLOSED, say.fill(say.NEEDS_AGE, age=16))
        assert ages["marriage-record"].line == say.fill(say.NEEDS_AGE, age=18)
        assert ages["social-insurance"].open is Open.YES
        return Nav.BACK

    child = Visitor(id_card(birth="20101121"))  # sixteen tomorrow
    with pytest.raises(Cancelled):
        visit(bureau, (Home, "certificates"), (Menu, look), (Home, Cancelled()), visitor=child)


# What is not there.


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
    assert tile(bureau) == (Open.CLOSED, say.CLOSED_AUTHORITY)


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
    assert tile(bureau) == (Open.CLOSED, say.CLOSED_AUTHORITY)
    assert notice(play(certify(bureau.desk(), HOLDER), (Menu, "residence"), (Notice, None))).code == "K105"
    nothing_happened(bureau)


def test_a_key_that_has_ended_closes_the_service(bureau: Bureau) -> None:
    bureau.ticks.advance(29 * 86_400)
    assert tile(bureau) == (Open.CLOSED, say.CLOSED_AUTHORITY)
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
    assert tile(bureau) == (Open.CLOSED, say.CLOSED_CLOCK)
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
