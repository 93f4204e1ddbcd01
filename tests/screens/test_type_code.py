"""Letters and digits by touch: only those that may stand in the code, no more than fit, all by fingers of any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from string import ascii_uppercase, digits

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away
from screens.key import Key
from screens.keyboard import at_once
from screens.look import Look
from screens.pages import TypeCode
from screens.theme import Theme
from screens.type_code import TypeCodeScreen
from screens.window import KioskWindow
from screens.words import Language, same
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken


def _sample(name: str) -> TypeCode:
    page = TypeCodeScreen.SAMPLES[name]
    assert isinstance(page, TypeCode)
    return page


PASSPORT, COMPANY = _sample("passport"), _sample("company")
CREDIT = "91990100MA5XYT2K7Q"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(MODES[0], PASSPORT)
    yield made
    put_away(made)


def _shown(window: KioskWindow, name: str) -> bool:
    return any(each.isVisibleTo(window) for each in window.findChildren(Key, name))


def _type(window: KioskWindow, text: str) -> None:
    for char in text:
        name = f"{'digit' if char.isdigit() else 'letter'}:{char}"
        if not _shown(window, name):
            press(window, "layer")
        press(window, name)


def test_letters_and_digits_become_the_answer(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(COMPANY, card_inside=True)
    _type(window, CREDIT)
    press(window, "primary")
    assert said == [CREDIT]


def test_no_answer_before_the_least_and_nothing_after_the_most(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, "E1234")
    assert not key(window, "primary").isEnabled()
    _type(window, "5")
    assert key(window, "primary").isEnabled()
    _type(window, "6789X")
    assert "9/9" in window.words_shown()
    press(window, "primary")
    assert said == ["E12345678"]


def test_a_letter_that_cannot_stand_in_the_code_cannot_be_typed(window: KioskWindow) -> None:
    window.show_page(COMPANY, card_inside=True)
    for letter in "IOSVZ":
        assert not key(window, f"letter:{letter}").isEnabled()
        press(window, f"letter:{letter}")
    assert "0/18" in window.words_shown()


def test_erasing_takes_one_back_and_clearing_all(window: KioskWindow) -> None:
    _type(window, "E123")
    press(window, "erase")
    assert "3/9" in window.words_shown()
    press(window, "clear", "erase")
    assert "0/9" in window.words_shown()


def test_a_masked_code_shows_its_last_characters_only(window: KioskWindow) -> None:
    _type(window, "E1234567")
    assert "••••••67 8/9" in window.words_shown()
    assert "E1" not in window.words_shown()
    window.show_page(replace(PASSPORT, masked=False), card_inside=True)
    _type(window, "E1234567")
    assert "E1234567 8/9" in window.words_shown()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_letter_and_digit_has_a_key_in_every_mode(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, replace(PASSPORT, most=24, masked=False))
    said = answers_of(shown)
    _type(shown, ascii_uppercase[:12] + digits)
    assert broken(shown) == []
    press(shown, "primary")
    shown.show_page(replace(PASSPORT, most=24), card_inside=True)
    _type(shown, ascii_uppercase[12:])
    press(shown, "primary")
    put_away(shown)
    assert said == [ascii_uppercase[:12] + digits, ascii_uppercase[12:]]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_the_widest_code_is_seen_whole(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, replace(COMPANY, letters=ascii_uppercase))
    _type(shown, "W" * 18)
    found = broken(shown)
    put_away(shown)
    assert found == []


def test_what_was_typed_survives_a_change_of_look_and_not_the_page(window: KioskWindow) -> None:
    said = answers_of(window)
    _type(window, "E12345")
    window.set_look(Look(Language.EN, elder=True))
    _type(window, "6")
    press(window, "primary")
    assert said == ["E123456"]
    window.show_page(PASSPORT, card_inside=True)
    assert "0/9" in window.words_shown()


def test_what_was_typed_is_in_no_repr_is_not_read_aloud_and_does_not_stay(window: KioskWindow) -> None:
    window.show_page(replace(PASSPORT, masked=False), card_inside=True)
    _type(window, "E12345678")
    screen = next(iter(window.findChildren(TypeCodeScreen)))
    assert "E1234" not in repr(screen.draft())
    assert "E12345678" in window.words_shown()
    assert "E1234" not in window.words_of_page()
    window.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "E1234" not in "".join(each.accessibleName() for each in window.findChildren(QWidget))


def test_where_ten_keys_are_too_small_for_a_finger_letters_and_digits_take_turns() -> None:
    assert at_once(Theme(), 968)
    assert not at_once(Theme(Look(elder=True)), 968)
    assert not at_once(Theme(pitch_mm=0.18), 968)


@pytest.mark.parametrize(
    ("least", "most", "letters"), [(0, 9, "A"), (10, 9, "A"), (1, 25, "A"), (1, 9, "a"), (1, 9, "A1"), (1, 9, "É")]
)
def test_limits_that_no_code_can_meet_are_no_page(least: int, most: int, letters: str) -> None:
    with pytest.raises(ValueError, match="capital letters"):
        TypeCode(same("t"), same("l"), same("n"), most, least, letters)
