"""A person's own pages: masked until a key is held, each key leads to one thing, nothing is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away
from screens.key import Key
from screens.look import Look
from screens.my_page import MyPageScreen
from screens.pages import MyPage, Progress, Seen
from screens.window import KioskWindow
from screens.words import Words, same
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken

FULL = MyPageScreen.SAMPLES["full"]
MANY = MyPageScreen.SAMPLES["many"]
assert isinstance(FULL, MyPage)
assert isinstance(MANY, MyPage)
WHOLE = MyPage("王*明", "王小明", "990***********0028", FULL.applied, FULL.seen, 4, 3, FULL.expiring, FULL.channels)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], WHOLE)
    yield made
    put_away(made)


def _keys(window: KioskWindow) -> set[str]:
    return {each.objectName() for each in window.findChildren(Key) if each.isVisibleTo(window)}


def _keys_of_all_pages(window: KioskWindow) -> set[str]:
    found = _keys(window)
    while "page:after" in _keys(window):
        press(window, "page:after")
        found |= _keys(window)
    return found


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_the_name_is_whole_only_while_the_key_is_held(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, WHOLE)
    assert "王小明" not in shown.words_shown()
    hold = key(shown, "hold:name")
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    assert "王小明" in shown.words_shown()
    assert broken(shown) == []
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    assert "王小明" not in shown.words_shown()
    assert "王*明  990***********0028" in shown.words_shown()
    put_away(shown)


def test_the_key_that_shows_the_name_answers_nothing(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "hold:name")
    assert said == []


def test_there_is_no_key_where_nothing_is_hidden(window: KioskWindow) -> None:
    window.show_page(replace(WHOLE, name_full=""), card_inside=True)
    assert "hold:name" not in _keys(window)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("applied:0", "applied"),
        ("applied:1", "applied"),
        ("mine:certificates", "certificates"),
        ("mine:expiring", "expiring"),
        ("mine:channels", "channels"),
        ("mine:tickets", "tickets"),
        ("question", "question"),
        ("primary", "print"),
    ],
)
def test_each_key_leads_to_what_it_names(window: KioskWindow, name: str, answer: str) -> None:
    said = answers_of(window)
    press(window, name)
    assert said == [answer]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_thing_can_be_reached_in_every_mode(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, MANY)
    found = _keys_of_all_pages(shown)
    put_away(shown)
    names = {name.removeprefix("mine:") for name in found}
    assert {"certificates", "expiring", "channels", "tickets", "applied", "reads", "question", "primary"} <= names


def test_a_list_longer_than_the_page_has_a_key_to_all_of_it(window: KioskWindow) -> None:
    assert "mine:reads" not in _keys(window)
    window.show_page(MANY, card_inside=True)
    assert "全部 26 次" in window.words_shown()
    assert "全部 3 件" in window.words_shown()
    said = answers_of(window)
    press(window, "mine:reads")
    assert said == ["reads"]


def test_reads_that_find_no_room_are_left_to_the_key_and_not_put_on_another_page(window: KioskWindow) -> None:
    long = replace(WHOLE.seen[0], who=same("某某街道办事处综合便民服务中心经办" * 3))
    window.show_page(replace(WHOLE, seen=(long,) * 4), card_inside=True)
    assert "page:after" not in _keys(window)
    assert "全部 4 次" in window.words_shown()
    assert broken(window) == []


def test_how_far_a_matter_is_stands_in_words_too(window: KioskWindow) -> None:
    assert "社保关系转移接续\n5 步中的第 3 步\n11月18日受理，对方社保局办理中" in window.words_shown()


@pytest.mark.parametrize(("step", "steps"), [(0, 0), (9, 3), (-1, 5), (3, 400)])
def test_a_progress_that_makes_no_sense_breaks_nothing(window: KioskWindow, step: int, steps: int) -> None:
    window.show_page(replace(WHOLE, applied=(Progress(same("x"), same("y"), step, steps),)), card_inside=True)
    assert not window.grab().isNull()
    assert broken(window) == []


def test_who_read_what_when_and_why_are_all_told(window: KioskWindow) -> None:
    words = window.words_shown()
    for part in ("11-18 15:07", "社保局 经办", "看了 参保年限", "办理社保关系转移"):
        assert part in words


def test_nobody_hears_who_stands_there_or_who_read_what(window: KioskWindow) -> None:
    aloud = window.words_of_page()
    assert "王" not in aloud
    assert "0028" not in aloud
    assert "社保" not in aloud
    assert "居住证" not in aloud
    assert "谁看过我的资料" in aloud


def test_a_page_without_anything_says_so(window: KioskWindow) -> None:
    window.show_page(MyPageScreen.SAMPLES["new"], card_inside=True)
    words = window.words_shown()
    assert "现在没有在办的事。" in words
    assert "没有将到期的" in words
    assert "绑定手机\n叫号会发到手机" in words
    window.show_page(replace(WHOLE, seen=(), seen_count=0), card_inside=True)
    assert "最近 30 天没有人看过。" in window.words_shown()


def test_hostile_words_of_the_hall_break_no_page(window: KioskWindow) -> None:
    for text in ("\x1b@\x1dV\x00社保", "\u202eabc", "Z" + "\u0301" * 400, "<b>社保</b>", "无" * 300):
        seen = Seen(text, same(text), same(text), same(text))
        page = replace(WHOLE, seen=(seen,), applied=(Progress(same(text), same(text), 1, 2),), channels=(same(text),))
        window.show_page(page, card_inside=True)
        assert "\x1b" not in window.words_shown()
        assert "\u202e" not in window.words_shown()
        assert not [fault for fault in broken(window) if "overlap" in fault]


def test_nothing_of_the_person_is_in_a_traceback_or_stays_after_the_visit(window: KioskWindow) -> None:
    assert "王" not in repr(WHOLE)
    assert "0028" not in repr(WHOLE)
    assert "社保" not in repr(WHOLE)
    press(window, "hold:name")
    window.set_look(Look(elder=True))
    window.forget()
    kept = [each.accessibleName() for each in window.findChildren(QWidget) if each.isVisibleTo(window)]
    assert not [name for name in kept if "王" in name or "0028" in name]


def test_one_binding_is_named_and_several_are_counted(window: KioskWindow) -> None:
    assert "微信已绑定" in window.words_shown()
    two = (Words("微信已绑定", "WeChat"), Words("短信已绑定", "SMS"))
    window.show_page(replace(WHOLE, channels=two), card_inside=True)
    assert "已绑定 2 个" in window.words_shown()
