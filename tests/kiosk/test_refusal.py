"""Every card that can't be served hears why, what to do and whom to ask, and nobody is named."""

from __future__ import annotations

import pytest

from devices.reader import Fault
from kiosk import say
from kiosk.opening import Closed
from kiosk.refusal import interrupted, refused, turned_away
from kiosk.steps import Visit
from screens.pages import Nav, Notice, Tone
from screens.words import Words
from tests.kiosk.play import play

OF_A_CARD = [fault for fault in Fault if fault is not Fault.READER_GONE]


def notice(visit: Visit) -> Notice:
    (page,) = play(visit, (Notice, None))
    assert isinstance(page, Notice)
    return page


@pytest.mark.parametrize("fault", OF_A_CARD)
def test_each_refusal_has_words_of_its_own_its_code_and_a_way_on(fault: Fault) -> None:
    page = notice(refused(fault))
    assert page.title == say.CARD_TITLES[fault.value]
    assert page.code == fault.value
    assert {say.CARD_WITHOUT, say.ASK_12345} <= set(page.can)


def test_no_two_refusals_sound_alike() -> None:
    assert len({notice(refused(fault)).title for fault in OF_A_CARD}) == len(OF_A_CARD)


def test_a_pulled_card_is_not_told_to_be_taken_back() -> None:
    assert "取回" not in notice(refused(Fault.CARD_PULLED)).lead.zh
    assert "取回" in notice(refused(Fault.CARD_UNKNOWN)).lead.zh


def test_a_fault_without_words_is_a_card_that_is_not_understood() -> None:
    assert notice(refused(Fault.READER_GONE)).title == say.CARD_TITLES["C105"]


def test_a_closed_kiosk_says_why_and_that_nothing_was_recorded() -> None:
    page = notice(turned_away(Closed(Words("号票纸用完了", "Out of paper"), "P102")))
    assert (page.title.zh, page.code, page.tone) == ("号票纸用完了", "P102", Tone.WARN)
    assert page.lead == say.CLOSED_LEAD


def test_an_interrupted_visit_is_called_one() -> None:
    page = notice(interrupted())
    assert (page.tone, page.code) == (Tone.BAD, "K101")


@pytest.mark.parametrize("visit", [lambda: refused(Fault.CARD_UNKNOWN), interrupted])
def test_a_notice_ends_by_itself_and_by_its_key(visit: object) -> None:
    assert callable(visit)
    assert not Notice.insists
    assert Notice.nav == {Nav.LEAVE}
    notice(visit())
