"""Who gets no certificate: refused before anything is on record."""

from __future__ import annotations

from dataclasses import replace

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
from tests.kiosk.authority import TEMPLATES, Bureau, id_card
from tests.kiosk.flows.certificates import (
    HOLDER,
    SOCIAL_CARD,
    differ,
    nothing_happened,
    notice,
    to_preview,
    visit,
)
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
