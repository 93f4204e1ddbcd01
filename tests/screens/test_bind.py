"""Binding a phone: the code is read by telephones, the digits are typed here, and the code's time is seen to run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.bind import BindScreen
from screens.gallery import MODES, Mode, dressed, put_away
from screens.look import Display, Look
from screens.pages import Bind, Nav
from screens.qr import LEAST, QUIET, QrCode, modules
from screens.window import KioskWindow
from screens.words import Language
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken

SAMPLE = BindScreen.SAMPLES["first"]
assert isinstance(SAMPLE, Bind)
PAGE = replace(SAMPLE, lives=120)
LARGE = [mode for mode in MODES if mode.look.elder]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot: QtBot, clock: Clock) -> Iterator[KioskWindow]:
    made = KioskWindow(locked=False, voice=True, monotonic=clock)
    made.show()
    made.show_page(PAGE, card_inside=True)
    yield made
    put_away(made)


def _screen(window: KioskWindow) -> BindScreen:
    return next(each for each in window.findChildren(BindScreen) if each.isVisibleTo(window))


def _type(window: KioskWindow, digits: str) -> None:
    press(window, *(f"digit:{each}" for each in digits))


def test_four_digits_are_the_answer(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, "4")
    assert not key(window, "primary").isEnabled()
    _type(window, "829")
    press(window, "primary")
    assert said == ["4829"]


def test_a_fifth_digit_has_no_place_and_a_wrong_one_is_taken_back(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, "48213")
    press(window, "erase")
    assert not key(window, "primary").isEnabled()
    _type(window, "9")
    press(window, "primary")
    assert said == ["4829"]


def test_one_can_go_on_without_a_phone(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "skip")
    assert said == ["skip"]


def test_the_countdown_shows_whole_seconds_of_the_code(window: KioskWindow, clock: Clock) -> None:
    assert "120" in window.words_shown().split("\n")
    clock.seconds += 61.5
    _screen(window).tick()
    assert "59" in window.words_shown().split("\n")
    assert "秒后换新码" in window.words_shown()


def test_a_code_whose_time_is_over_says_so_once_and_by_itself(qtbot: QtBot, window: KioskWindow, clock: Clock) -> None:
    said = answers_of(window)
    clock.seconds += 119.9
    _screen(window).tick()
    assert said == []
    with qtbot.waitSignal(window.answered, timeout=5_000):
        clock.seconds += 0.1
    _screen(window).tick()
    assert said == ["expired"]


def test_a_code_that_ended_while_the_look_changed_is_not_given_more_time(
    qtbot: QtBot, window: KioskWindow, clock: Clock
) -> None:
    said = answers_of(window)
    clock.seconds += 70
    window.set_look(Look(Language.EN))
    assert "50" in window.words_shown().split("\n")
    clock.seconds += 60
    with qtbot.waitSignal(window.answered, timeout=5_000):
        window.set_look(Look(elder=True))
    assert said == ["expired"]


def test_an_answered_page_does_not_expire(window: KioskWindow, clock: Clock) -> None:
    said = answers_of(window)
    _type(window, "4829")
    press(window, "primary")
    clock.seconds += 500
    _screen(window).tick()
    assert said == ["4829"]


def test_digits_stay_when_the_look_changes_and_go_with_the_page(window: KioskWindow) -> None:
    _type(window, "48")
    window.set_look(Look(tone=Display.DARK))
    assert "4 8" in window.words_shown()
    draft = _screen(window).draft()
    assert draft.own.digits == "48"
    assert "digits" not in repr(draft.own)
    window.show_page(PAGE, card_inside=True)
    assert "4 8" not in window.words_shown()


def test_in_large_type_the_code_comes_first_and_then_the_digits(window: KioskWindow) -> None:
    said = answers_of(window)
    window.set_look(Look(elder=True))
    assert not [each for each in window.findChildren(QWidget, "digit:1") if each.isVisibleTo(window)]
    press(window, "primary")
    assert not [each for each in window.findChildren(QrCode) if each.isVisibleTo(window)]
    assert "只输您自己手机上的数字" in window.words_shown()
    _type(window, "48")
    press(window, "nav:back")
    assert said == []
    press(window, "primary")
    _type(window, "29")
    press(window, "primary")
    assert said == ["4829"]


def test_back_from_the_code_leaves_the_page(window: KioskWindow) -> None:
    said = answers_of(window)
    window.set_look(Look(elder=True))
    press(window, "nav:back")
    assert said == [Nav.BACK]


@pytest.mark.parametrize("mode", LARGE, ids=lambda mode: mode.name)
def test_the_page_of_the_digits_keeps_the_rules(qtbot: QtBot, mode: Mode) -> None:
    large = dressed(mode, PAGE)
    press(large, "primary")
    _type(large, "482")
    found = broken(large)
    put_away(large)
    assert found == []


def test_a_bystander_sees_nothing_to_copy_and_hears_nobodys_name(window: KioskWindow) -> None:
    _type(window, "48")
    assert PAGE.code not in window.words_shown()
    assert PAGE.code not in "".join(each.accessibleName() for each in window.findChildren(QWidget))
    assert "王*明" in window.words_shown()
    assert "王*明" not in window.words_of_page()
    assert "4 8" not in window.words_of_page()
    assert "只输您自己手机上的数字，别人告诉您的不要输。" in window.words_of_page()


def test_what_was_wrong_is_said_beside_the_warning_that_stays(window: KioskWindow) -> None:
    for look in (Look(), Look(Language.EN, reach=True), Look(elder=True)):
        window.set_look(look)
        window.show_page(BindScreen.SAMPLES["problem"], card_inside=True)
        words = window.words_shown()
        assert "数字不对" in words or "Not those digits" in words
    press(window, "primary")
    assert "别人告诉您的不要输" in window.words_shown()


def _grey(image: QImage) -> np.ndarray[Any, np.dtype[np.uint8]]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return flat[:, : grey.width()].copy()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("name", BindScreen.SAMPLES)
def test_a_telephone_reads_the_code_off_the_screen_in_every_mode(qtbot: QtBot, mode: Mode, name: str) -> None:
    page = BindScreen.SAMPLES[name]
    assert isinstance(page, Bind)
    shown = dressed(mode, page)
    read = [each.text for each in zxingcpp.read_barcodes(_grey(shown.grab().toImage()))]
    put_away(shown)
    assert read == [page.code]


def test_a_module_is_a_whole_number_of_pixels_with_quiet_around(window: KioskWindow) -> None:
    code = window.findChild(QrCode)
    assert isinstance(code, QrCode)
    dark = _grey(code.grab().toImage()) < 128
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    side = len(modules(PAGE.code)) * code.dot
    assert (rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1) == (side, side)
    assert min(rows[0], columns[0]) >= QUIET * code.dot
    cut = dark[rows[0] : rows[0] + side, columns[0] : columns[0] + side]
    drawn = cut.reshape(side // code.dot, code.dot, side // code.dot, code.dot)
    assert (drawn.all((1, 3)) == drawn.any((1, 3))).all()
    assert code.dot > LEAST


@pytest.mark.parametrize("length", [0, 201])
def test_a_code_that_no_telephone_would_read_is_no_page(length: int) -> None:
    with pytest.raises(ValueError, match="characters"):
        replace(PAGE, code="x" * length)


def test_the_page_is_in_no_traceback() -> None:
    assert PAGE.code not in repr(PAGE)
    assert "王" not in repr(PAGE)
