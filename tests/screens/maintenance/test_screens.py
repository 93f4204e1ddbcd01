"""Each maintenance screen gives the answers of its page, by keys with the names that others rely on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from screens.chip import Chip
from screens.gallery import MODES, dressed, put_away
from screens.icons import names
from screens.key import Key
from screens.look import Look
from screens.maintenance import samples, samples_found, samples_tests
from screens.pages import Adjust, Open, Page, Part, Sign, TestState, TouchTest
from screens.window import KioskWindow
from screens.words import Language, same
from tests.screens.hands import answers_of, key, press

WIDE = next(mode for mode in MODES if mode.name == "zh-wide")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], samples.UPKEEP)
    yield made
    put_away(made)


def _answer(window: KioskWindow, page: Page[Any], *keys: str) -> list[object]:
    said = answers_of(window)
    for name in keys:
        window.show_page(page, card_inside=True)
        press(window, name)
    window.answered.disconnect(said.append)
    return said


def _names(window: KioskWindow) -> set[str]:
    return {each.objectName() for each in window.findChildren(Key) if each.isVisibleTo(window)}


def test_the_first_page_answers_tests_codes_deeds_and_unsure_papers(window: KioskWindow) -> None:
    keys = ("part:printer", "code:P102", "code:U103", "uncertain", "deed:refill", "deed:restart")
    assert _answer(window, samples.MANY, *keys) == [
        *("test:printer", "code:P102", "code:U103", "uncertain", "refill", "restart")
    ]


def test_a_part_without_a_test_has_no_key_for_one_and_one_without_a_code_none_for_that(window: KioskWindow) -> None:
    assert "part:outbox" not in _names(window)
    assert {each for each in _names(window) if each.startswith("code:")} == {"code:P102"}
    window.show_page(samples.CALM, card_inside=True)
    assert "uncertain" not in _names(window)


def test_what_needs_a_hand_stands_first(window: KioskWindow) -> None:
    last = Part("x", "wifi", same("最后一台"), same("断开"), "N201", Sign.BAD, False)
    window.show_page(replace(samples.MANY, parts=(*samples.MANY.parts, last)), card_inside=True)
    shown = window.words_shown()
    assert shown.index("号票打印机") < shown.index("最后一台") < shown.index("A4 打印机") < shown.index("读卡器")


def test_every_sign_has_a_shape_and_a_word_of_its_own(window: KioskWindow) -> None:
    window.show_page(samples.MANY, card_inside=True)
    said = {each.said() for each in window.findChildren(Chip)}
    assert {"正常", "注意", "故障", "未知"} <= said


def test_a_closed_deed_gives_no_answer_and_says_why(window: KioskWindow) -> None:
    assert _answer(window, samples.MANY, "deed:shut-down") == []
    assert "您的卡不能做" in window.words_shown()
    closed = replace(samples.UNCERTAIN, open=Open.CLOSED)
    assert _answer(window, replace(samples.UPKEEP, uncertain=closed), "uncertain") == []


def test_a_guided_test_answers_its_deeds(window: KioskWindow) -> None:
    page = samples_tests.testing_paper()
    deeds = ("pass", "fail", "again", "back", "stop")
    assert _answer(window, page, *(f"deed:{deed}" for deed in deeds)) == list(deeds)
    shown = window.words_shown()
    assert "3. 号票打印" in shown
    assert "第 3 项，共 8 项" in shown
    assert "通过 09:43" in shown


def test_a_failed_test_is_told_by_word_and_shape(window: KioskWindow) -> None:
    window.show_page(samples_tests.TESTING_SOUND, card_inside=True)
    assert "未通过 09:43" in window.words_shown()
    assert [row.state for row in samples_tests.TESTING_SOUND.rows].count(TestState.FAILED) == 1


def test_all_fields_touched_is_passed_and_a_dead_one_is_told_by_a_key(window: KioskWindow) -> None:
    page = TouchTest(samples.BADGE, same("t"), 2, 3)
    window.show_page(page, card_inside=True)
    said = answers_of(window)
    press(window, "field:1", "field:1", "field:2", "field:3", "field:4")
    assert "还剩 2 格" in window.words_shown()
    press(window, "language", "field:6")
    assert "1 left" in window.words_shown()
    assert said == []
    press(window, "field:5")
    assert said == ["pass"]
    window.show_page(page, card_inside=True)
    press(window, "fail")
    assert said == ["pass", "fail"]


def test_five_colours_follow_one_another_and_the_last_touch_answers(window: KioskWindow) -> None:
    window.show_page(samples_tests.COLOURS, card_inside=True)
    said = answers_of(window)
    seen: list[str] = []
    for name in ("white", "black", "red", "green", "blue"):
        seen.append(window.grab().toImage().pixelColor(540, 960).name())
        press(window, f"colour:{name}")
    assert seen == ["#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff"]
    assert said == ["seen"]


def test_findings_answer_their_deeds_and_codes(window: KioskWindow) -> None:
    assert _answer(window, samples_found.REPORT, "deed:save", "deed:back", "code:U103") == [
        "save",
        "back",
        "code:U103",
    ]


def test_no_answer_about_a_paper_in_doubt_looks_like_the_expected_one(window: KioskWindow) -> None:
    assert _answer(window, samples_found.UNSURE, "deed:whole", "deed:gone") == ["whole", "gone"]
    heights = {key(window, f"deed:{deed.key}").height() for deed in samples_found.UNSURE.deeds}
    assert len(heights) == 1, "the primary key is the tallest"


def test_a_failure_is_explained_in_steps_on_further_pages(window: KioskWindow) -> None:
    assert _answer(window, samples_found.GUIDE, "back") == ["back"]
    assert {"P102", "原因", "市民看到的"} <= set(window.words_shown().split("\n"))
    window.show_page(samples_found.LONG_GUIDE, card_inside=True)
    press(window, "page:after")
    assert "18" in window.words_shown().split("\n")


def test_each_press_sets_one_step_and_the_ends_have_no_further_one(window: KioskWindow) -> None:
    keys = ("volume:less", "volume:more", "brightness:less", "brightness:more", "back")
    assert _answer(window, samples.ADJUST, *keys) == ["volume:5", "volume:7", "brightness:9", "back"]
    window.show_page(samples.ADJUST_SOUND, card_inside=True)
    assert not key(window, "volume:less").isEnabled()
    assert "brightness:more" not in _names(window)
    assert "不能在这里调" in window.words_shown()


@pytest.mark.parametrize(("volume", "brightness"), [(-1, None), (11, None), (5, 11), (5, -1)])
def test_a_level_that_there_is_not_is_no_page(volume: int, brightness: int | None) -> None:
    with pytest.raises(ValueError, match="levels"):
        Adjust(samples.BADGE, volume, brightness)


def test_a_deed_is_asked_for_and_can_be_left(window: KioskWindow) -> None:
    assert _answer(window, samples.SWITCH_OFF, "primary", "back") == ["deed", "back"]


def test_where_something_is_waited_for_no_key_is_the_main_one(window: KioskWindow) -> None:
    assert _answer(window, samples_tests.AWAIT_CARD, "deed:fail", "deed:stop") == ["fail", "stop"]
    assert "primary" not in _names(window)


def test_every_icon_of_the_samples_is_shipped() -> None:
    icons = {part.icon for part in samples.MANY.parts} | {deed.icon for deed in samples.MANY.deeds}
    icons |= {"wrench", "languages", "log-out", "octagon-x", "circle-question-mark", "sun", "usb"}
    assert icons - names() == set()


def test_a_part_is_named_in_the_language_of_the_technician(window: KioskWindow) -> None:
    window.set_look(Look(Language.EN))
    assert "Slip printer" in window.words_shown()
    assert "号票打印机" not in window.words_shown()
