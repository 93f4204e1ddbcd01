"""A PIN is typed where nobody can read it, and nothing of it is left when the page has gone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.key import Key
from screens.maintenance.enter_pin import EnterPinScreen, Pin
from screens.maintenance.samples import PIN, UPKEEP
from screens.window import KioskWindow
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import where

SECRET = "48213905"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], PIN)
    yield made
    put_away(made)


def _type(window: KioskWindow, digits: str) -> None:
    press(window, *(f"digit:{each}" for each in digits))


def _screens(window: KioskWindow) -> list[EnterPinScreen]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window.findChildren(EnterPinScreen)


def _told(window: KioskWindow) -> str:
    """Every word on the window and every name of a widget, without the keys of the keypad."""
    keys = {f"digit:{digit}" for digit in range(10)}
    widgets = [each for each in window.findChildren(QWidget) if each.objectName() not in keys]
    names = [f"{each.accessibleName()} {each.accessibleDescription()}" for each in widgets]
    said = [each.said() for each in widgets if hasattr(each, "said")]
    return "\n".join((*names, *said))


def test_the_digits_are_the_answer(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, SECRET[:6])
    press(window, "primary")
    assert said == [SECRET[:6]]


def test_five_digits_are_no_pin_and_a_ninth_has_no_place(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, SECRET[:5])
    assert not key(window, "primary").isEnabled()
    _type(window, SECRET[5:] + "7")
    press(window, "primary")
    assert said == [SECRET]


def test_one_digit_can_be_taken_back_and_all_of_them(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, SECRET[:6])
    press(window, "erase")
    assert not key(window, "primary").isEnabled()
    press(window, "clear")
    assert "•" not in window.words_shown()
    _type(window, "135790")
    press(window, "primary")
    assert said == ["135790"]


def test_the_keys_stand_in_the_order_that_the_page_says(window: KioskWindow) -> None:
    keys = [each for each in window.findChildren(Key) if each.objectName().startswith("digit:")]
    placed = sorted(keys, key=lambda each: (where(each, window).top(), where(each, window).left()))
    assert tuple(int(each.objectName()[-1]) for each in placed) == PIN.scrambled
    assert [each.said() for each in placed] == [str(digit) for digit in PIN.scrambled]


def test_only_dots_tell_what_was_typed(window: KioskWindow) -> None:
    before = _told(window)
    _type(window, SECRET[:7])
    after = _told(window)
    assert "•" * 7 in window.words_shown().split("\n")
    assert after.replace("•", "").split() == before.replace("•", "").split()
    assert "•" not in window.words_of_page()


def test_the_dots_look_the_same_for_every_pin(window: KioskWindow) -> None:
    _type(window, "000000")
    zeros = window.grab().toImage()
    press(window, "clear")
    _type(window, "918273")
    assert window.grab().toImage() == zeros


def test_what_was_typed_survives_another_language_and_no_repr(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, SECRET[:4])
    press(window, "language")
    (screen,) = [each for each in _screens(window) if each.isVisibleTo(window)]
    assert SECRET[:4] not in repr(screen.draft())
    _type(window, SECRET[4:])
    press(window, "primary")
    assert said == [SECRET]


def test_an_answered_page_has_let_go_of_the_digits(window: KioskWindow) -> None:
    _type(window, SECRET)
    (screen,) = _screens(window)
    press(window, "primary")
    assert screen.draft().own == Pin()


@pytest.mark.parametrize("ending", ["forgotten", "next page"])
def test_no_object_with_digits_is_left_when_the_page_has_gone(window: KioskWindow, ending: str) -> None:
    gc.collect()
    _type(window, SECRET)
    if ending == "forgotten":
        window.forget()
    else:
        window.show_page(UPKEEP, card_inside=True)
    assert _screens(window) == []
    gc.collect()
    assert [each for each in gc.get_objects() if isinstance(each, Pin | EnterPinScreen)] == []


def test_the_next_page_begins_empty(window: KioskWindow) -> None:
    _type(window, SECRET)
    window.show_page(PIN, card_inside=True)
    assert "•" not in window.words_shown()


@pytest.mark.parametrize("order", [(), tuple(range(9)), (1, 1, *range(2, 10)), (*range(10), 0)])
def test_a_keypad_without_each_digit_once_is_no_page(order: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ten digits"):
        replace(PIN, scrambled=order)


def test_the_order_of_the_keys_is_in_no_repr() -> None:
    assert "scrambled" not in repr(PIN)


def test_a_touch_beside_the_keys_types_nothing(window: KioskWindow) -> None:
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(540, 800))
    assert "•" not in window.words_shown()
