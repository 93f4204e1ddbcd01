"""A question of a certificate is typed, once, and never shown to others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from screens.fill import FillScreen
from screens.gallery import MODES, dressed, put_away
from screens.key import Key
from screens.look import Look
from screens.menu import MenuScreen
from screens.window import KioskWindow
from screens.words import Language
from tests.screens.hands import answers_of, key, press

PLAIN = MODES[0]
DATE = FillScreen.SAMPLES["date"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, DATE)
    yield made
    put_away(made)


def _type(window: KioskWindow, digits: str) -> None:
    press(window, *(f"digit:{each}" for each in digits))


# questions


def test_a_date_is_typed_as_digits_and_answered_in_its_canonical_form(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, "2019030")
    assert not key(window, "primary").isEnabled()
    assert "2019 年 03 月 0日" in window.words_shown()
    _type(window, "5")
    press(window, "primary")
    assert said == ["2019-03-05"]


def test_a_question_says_which_step_it_is_and_what_is_known_already(window: KioskWindow) -> None:
    words = window.words_shown()
    assert "第 2 步，共 4 步 · 居住证明" in words
    assert "王*明" in words
    assert "来自证件" in words
    window.show_page(MenuScreen.SAMPLES["question"], card_inside=True)
    assert "第 1 步，共 4 步 · 居住证明" in window.words_shown()


def test_what_was_wrong_is_said_until_something_is_typed(window: KioskWindow) -> None:
    window.show_page(FillScreen.SAMPLES["problem"], card_inside=True)
    assert "请输入 2026 年 11 月以前的月份。" in window.words_shown()
    _type(window, "2")
    assert "请输入 2026 年 11 月以前的月份。" not in window.words_shown()


def test_what_was_typed_stays_when_the_look_changes(window: KioskWindow) -> None:
    _type(window, "201903")
    window.set_look(Look(Language.EN, elder=True))
    assert "2019 / 03 / DD" in window.words_shown()


def test_in_large_type_the_known_rows_go_and_the_keypad_stays(window: KioskWindow) -> None:
    small = key(window, "digit:5").height()
    window.set_look(Look(elder=True))
    assert key(window, "digit:5").height() == small
    assert "王*明" not in window.words_shown()
    assert not [each for each in window.findChildren(Key, "page:after") if each.isVisibleTo(window)]


def test_a_sum_has_a_point_and_a_number_has_none(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(FillScreen.SAMPLES["money"], card_inside=True)
    _type(window, "3500.5")
    press(window, "primary")
    window.show_page(FillScreen.SAMPLES["integer"], card_inside=True)
    assert not [each for each in window.findChildren(Key, "digit:.") if each.isVisibleTo(window)]
    _type(window, "3")
    press(window, "primary")
    assert said == ["3500.50", "3"]


def test_a_known_value_is_in_no_traceback() -> None:
    assert "王" not in repr(DATE)
    assert "990" not in repr(DATE)


def test_a_typed_answer_is_never_read_into_the_room(window: KioskWindow) -> None:
    _type(window, "2019")
    assert "2019 年" in window.words_shown()
    assert "2019 年" not in window.words_of_page()
