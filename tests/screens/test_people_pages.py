"""The pages around an account: the notice, more proof, a document laid down again, lists, and acting for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away
from screens.home import HomeScreen
from screens.icons import names
from screens.key import Key
from screens.lay_again import LayAgainScreen
from screens.listing import ListingScreen
from screens.look import Look
from screens.notify import NotifyScreen
from screens.pages import Chosen, Confirmed, LayAgain, Listing, Nav, Notify, Page, Services
from screens.review import ReviewScreen
from screens.services import ServicesScreen
from screens.step_up import StepUpScreen
from screens.window import KioskWindow
from tests.screens.hands import answers_of, key, press


def _notice() -> Notify:
    page = NotifyScreen.SAMPLES["first"]
    assert isinstance(page, Notify)
    return page


NOTICE = _notice()
FOR_ANOTHER = ReviewScreen.SAMPLES["for-another"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], NOTICE)
    yield made
    put_away(made)


def _words_of_all_pages(window: KioskWindow) -> str:
    words = window.words_shown()
    while found := [each for each in window.findChildren(QAbstractButton, "page:after") if each.isVisibleTo(window)]:
        found[0].click()
        words += window.words_shown()
    return words


# the notice


def test_agreeing_and_declining_are_two_answers(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "primary")
    window.show_page(NOTICE, card_inside=True)
    press(window, "decline")
    assert said == [Confirmed(), "decline"]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_all_that_is_kept_why_and_how_long_is_told_in_every_mode(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, NOTICE)
    words = _words_of_all_pages(shown)
    language = shown.look().language
    put_away(shown)
    for kept in NOTICE.kept:
        for told in (kept.what, kept.why, kept.until):
            assert told.into(language) in words
    assert NOTICE.rights.into(language) in words


def test_whose_account_it_is_is_seen_and_not_heard(window: KioskWindow) -> None:
    assert "王*明 990***********0028" in window.words_shown()
    assert "王*明" not in window.words_of_page()
    assert "王" not in repr(NOTICE)


# more proof


def test_more_proof_says_what_was_shown_and_what_is_needed(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(StepUpScreen.SAMPLES["two"], card_inside=True)
    words = window.words_shown()
    for told in ("已出示", "社保卡", "还需要", "身份证", "现在没有网络"):
        assert told in words.split("\n")
    press(window, "choice:phone")
    assert said == []
    press(window, "choice:id-card")
    assert said == ["id-card"]


def test_a_page_that_waits_for_a_document_has_no_key_of_its_own(window: KioskWindow) -> None:
    page = LayAgainScreen.SAMPLES["problem"]
    assert page.awaits_document
    assert not Page.awaits_document
    assert not LayAgain.scans
    window.show_page(page, card_inside=True)
    own = [each.objectName() for each in window.findChildren(Key) if each.isVisibleTo(window)]
    assert [name for name in own if not name.startswith(("nav:", "strip:"))] == []
    assert "这不是刚才那一本，请放同一本。" in window.words_shown()


# a matter that needs more proof


def test_a_matter_that_needs_one_more_check_says_so_and_can_be_chosen(window: KioskWindow) -> None:
    said = answers_of(window)
    page = ServicesScreen.SAMPLES["none"]
    assert isinstance(page, Services)
    window.show_page(page, card_inside=True)
    assert "需再确认" in window.words_shown()
    assert "需放一次身份证" in window.words_shown()
    press(window, "matter:ca-allowance")
    assert "需再确认" not in window.words_shown()
    press(window, "primary")
    assert said == [Chosen(("ca-allowance",))]


def test_a_tile_that_needs_one_more_check_can_be_pressed(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(HomeScreen.SAMPLES["plain"], card_inside=True)
    assert "需再确认" in window.words_shown()
    press(window, "choice:departments")
    assert said == ["departments"]


# lists


def test_a_row_is_pressed_and_a_line_is_only_read(window: KioskWindow) -> None:
    said = answers_of(window)
    page = ListingScreen.SAMPLES["bindings"]
    assert isinstance(page, Listing)
    read = replace(page.rows[0], key="")
    window.show_page(replace(page, rows=(read, page.rows[1])), card_inside=True)
    rows = [each.objectName() for each in window.findChildren(Key) if each.isVisibleTo(window)]
    assert [name for name in rows if name.startswith("choice:")] == ["choice:sms"]
    assert "微信 小*" in window.words_shown()
    assert "微信 小*" not in window.words_of_page()
    assert "138" not in window.words_of_page()
    press(window, "choice:sms")
    window.show_page(page, card_inside=True)
    press(window, "primary")
    assert said == ["sms", "bind"]


def test_an_empty_list_says_what_is_not_there(window: KioskWindow) -> None:
    window.show_page(ListingScreen.SAMPLES["none"], card_inside=True)
    assert "还没有办过证明。" in window.words_shown()


def test_a_long_list_is_turned_by_keys_and_none_of_it_is_lost(window: KioskWindow) -> None:
    page = ListingScreen.SAMPLES["reads"]
    assert isinstance(page, Listing)
    window.set_look(Look(elder=True))
    window.show_page(page, card_inside=True)
    assert _words_of_all_pages(window).count("社保局 经办 · 参保年限") == len(page.rows)


# acting for another


@pytest.mark.parametrize("look", [Look(), Look(elder=True), Look(reach=True)], ids=["plain", "elder", "reach"])
def test_who_acts_and_for_whom_are_both_shown(window: KioskWindow, look: Look) -> None:
    window.set_look(look)
    window.show_page(FOR_ANOTHER, card_inside=True)
    words = _words_of_all_pages(window)
    assert "办理人 王*明 990***********0028" in words
    assert "被监护人 王*宁 990***********0036" in words
    assert "取号人" not in words


def test_for_whom_one_acts_is_not_read_aloud_and_in_no_traceback(window: KioskWindow) -> None:
    window.show_page(FOR_ANOTHER, card_inside=True)
    assert "王*宁" not in window.words_of_page()
    assert "0036" not in repr(FOR_ANOTHER)
    assert key(window, "primary").isEnabled()


def test_back_from_these_pages_is_the_flows(window: KioskWindow) -> None:
    said = answers_of(window)
    for sample in (NOTICE, StepUpScreen.SAMPLES["two"], LayAgainScreen.SAMPLES["better"]):
        window.show_page(sample, card_inside=True)
        press(window, "nav:back")
    assert said == [Nav.BACK] * 3


def test_the_icons_of_a_persons_own_affairs_are_shipped() -> None:
    documents = {"id-card", "book-user", "smartphone", "file-check", "ticket"}
    others = {"user", "link", "unlink", "message-circle", "eye", "hourglass", "building", "baby"}
    assert documents | others <= names()
