"""The maintenance mode looks like nothing a citizen sees, and takes nothing of a citizen's look or page over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.frame import Header, NavBar
from screens.gallery import MODES, UPRIGHT, WIDE, Mode, dressed, put_away, turn
from screens.home import HomeScreen
from screens.key import Key
from screens.look import Display, Look
from screens.maintenance.frame import AmberHeader, Foot
from screens.maintenance.samples import BADGE, PIN, UPKEEP
from screens.maintenance.samples_tests import AT_WORK, COLOURS
from screens.modes import Strip
from screens.pages import AtWork, Badge, MaintenancePage, Nav, Page
from screens.table import SCREENS
from screens.window import KioskWindow
from screens.words import Language, Words, same
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken

KINDS = [kind for kind in SCREENS if issubclass(kind, MaintenancePage)]
HOME = HomeScreen.SAMPLES["booked"]
LAMP = "#f0b04f"
Kind = type[Page[Any]]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], UPKEEP)
    yield made
    put_away(made)


def _pages(kind: Kind) -> list[MaintenancePage[Any]]:
    return [page for page in SCREENS[kind].samples().values() if isinstance(page, MaintenancePage)]


def _seen(window: KioskWindow, *kinds: type[QWidget]) -> list[QWidget]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [each for kind in kinds for each in window.findChildren(kind) if each.isVisibleTo(window)]


def _keys(window: KioskWindow) -> set[str]:
    return {each.objectName() for each in _seen(window, Key)}


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_of_a_citizens_frame_is_on_a_maintenance_page(window: KioskWindow, kind: Kind) -> None:
    turn(window, HOME)
    for page in _pages(kind):
        turn(window, page)
        assert _seen(window, Header, NavBar, Strip) == []
        keys = _keys(window)
        assert {each for each in keys if each.startswith(("strip:", "nav:"))} <= {"nav:leave"}
        assert not {"help", "still-here"} & keys


@pytest.mark.parametrize("kind", KINDS)
def test_the_amber_header_is_on_maintenance_pages_and_on_no_others(window: KioskWindow, kind: Kind) -> None:
    page = _pages(kind)[0]
    turn(window, page)
    assert len(_seen(window, AmberHeader, Foot)) == (0 if page.bare else 2)
    if not page.bare:
        assert window.grab().toImage().pixelColor(10, 10).name() == LAMP
        assert "T-014" in window.words_shown()
        assert "03 号机 · K-0203" in window.words_shown()
    turn(window, HOME)
    assert _seen(window, AmberHeader, Foot) == []
    assert len(_seen(window, Header, NavBar, Strip)) == 3
    assert window.grab().toImage().pixelColor(10, 10).name() != LAMP


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_citizens_look_but_the_language_reaches_a_maintenance_page(qtbot: QtBot, kind: Kind) -> None:
    page = _pages(kind)[0]
    look = Look(Language.EN, elder=True, tone=Display.BRIGHT, reach=True, speak=True)
    plain, odd = dressed(Mode("plain", Look(Language.EN)), page), dressed(Mode("odd", look), page)
    same = plain.grab().toImage() == odd.grab().toImage()
    said = plain.words_shown() == odd.words_shown()
    put_away(plain)
    put_away(odd)
    assert (same, said) == (True, True)


def test_nothing_of_the_citizens_page_or_look_is_left_when_maintenance_begins_and_ends(window: KioskWindow) -> None:
    window.set_look(Look(Language.EN, elder=True))
    window.show_page(HOME, card_inside=True)
    window.forget()
    window.show_page(UPKEEP, card_inside=True)
    assert "王" not in window.words_shown()
    assert "维护模式" in window.words_shown()
    press(window, "language")
    window.forget()
    assert window.look() == Look()
    assert _seen(window, AmberHeader, Foot) == []


@pytest.mark.parametrize("size", [UPRIGHT, WIDE], ids=["upright", "wide"])
@pytest.mark.parametrize("language", Language)
def test_the_longest_name_of_a_technician_has_room(qtbot: QtBot, size: tuple[int, int], language: Language) -> None:
    badge = Badge(Words("场地管理员 W-W-W-W-W-W-W-WW", "Site manager W-W-W-W-W-W-W-WW"), same("128 · K-320102-0203"))
    shown = dressed(Mode("", Look(language), size=size), replace(UPKEEP, badge=badge))
    found = broken(shown)
    put_away(shown)
    assert found == []


def test_the_language_key_turns_every_word_of_the_page_and_tells_of_it(window: KioskWindow) -> None:
    looks: list[Look] = []
    window.looked.connect(looks.append)
    press(window, "language")
    assert "Maintenance" in window.words_shown()
    assert "2 of 13 parts need you" in window.words_shown()
    press(window, "language")
    assert "设备 13 台，2 台要处理" in window.words_shown()
    assert looks == [Look(Language.EN), Look()]


def test_the_one_way_out_is_leave(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "nav:leave")
    assert said == [Nav.LEAVE]


def test_while_a_device_works_nothing_can_be_left(window: KioskWindow) -> None:
    turn(window, AT_WORK)
    assert "nav:leave" not in _keys(window)
    assert "自动退出" not in window.words_shown()


def test_the_question_whether_anybody_is_there_speaks_of_maintenance(window: KioskWindow) -> None:
    said = answers_of(window)
    window.warn(20)
    assert "还在维护吗？" in window.words_shown()
    assert "20 秒后自动退出维护" in window.words_shown()
    assert "您" not in window.words_shown()
    assert [fault for fault in broken(window) if "primary keys" not in fault] == []
    press(window, "end-now")
    assert said == [Nav.LEAVE]


def test_nothing_of_this_mode_is_read_aloud(window: KioskWindow) -> None:
    turn(window, HOME)
    assert window.words_of_page()
    for kind in KINDS:
        turn(window, _pages(kind)[0])
        assert window.words_of_page() == ""


def test_a_colour_fills_the_window_to_its_edges(window: KioskWindow) -> None:
    turn(window, COLOURS)
    image = window.grab().toImage()
    corners = [(0, 0), (1079, 0), (0, 1919), (1079, 1919), (540, 960)]
    assert {image.pixelColor(*at).name() for at in corners} == {"#ffffff"}
    assert window.words_shown() == ""


def test_a_page_may_be_shown_without_a_card(window: KioskWindow) -> None:
    window.show_page(PIN, card_inside=False)
    assert "卡在机内" not in window.words_shown()
    assert BADGE.who.zh in window.words_shown()
    assert key(window, "primary").isEnabled() is False


def test_every_page_of_this_mode_ends_by_itself() -> None:
    others = [kind for kind in KINDS if kind is not AtWork]
    assert {kind.seconds for kind in others} == {300}
    assert {kind.nav for kind in others} == {frozenset({Nav.LEAVE})}
    assert all(kind.insists for kind in others)
