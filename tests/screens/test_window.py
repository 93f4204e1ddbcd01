"""The window takes one answer a page, keeps what was done, and forgets all of it at the end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.home import HomeScreen
from screens.key import Key
from screens.look import Display, Look
from screens.menu import MenuScreen
from screens.pages import Attract, Chosen, Confirmed, Nav
from screens.review import ReviewScreen
from screens.services import ServicesScreen
from screens.table import SCREENS
from screens.take import TakeTicketScreen
from screens.type_number import TypeNumberScreen
from screens.window import KioskWindow
from screens.words import Language
from tests.screens.hands import answers_of, key, press

PLAIN = MODES[0]
MENU = MenuScreen.SAMPLES["no-card"]
SERVICES = ServicesScreen.SAMPLES["none"]
NUMBER = TypeNumberScreen.SAMPLES["first"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, MENU)
    yield made
    put_away(made)


def test_a_key_gives_the_answer_it_is_named_after(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "choice:typed")
    assert said == ["typed"]


def test_two_presses_in_one_frame_have_one_effect(window: KioskWindow) -> None:
    said = answers_of(window)
    typed = key(window, "choice:typed")
    QTest.mouseClick(typed, Qt.MouseButton.LeftButton)
    QTest.mouseClick(typed, Qt.MouseButton.LeftButton)
    typed.click()
    assert said == ["typed"]


def test_two_fingers_on_two_keys_have_one_effect(window: KioskWindow) -> None:
    said = answers_of(window)
    one, other, end = key(window, "choice:typed"), key(window, "choice:none"), key(window, "nav:leave")
    for finger in (one, other, end):
        QTest.mousePress(finger, Qt.MouseButton.LeftButton)
    for finger in (other, one, end):
        QTest.mouseRelease(finger, Qt.MouseButton.LeftButton)
    assert said == ["none"]


def test_the_frames_keys_answer_for_the_page(window: KioskWindow) -> None:
    said = answers_of(window)
    for which in Nav:
        window.show_page(MENU, card_inside=False)
        press(window, f"nav:{which.value}")
    assert said == list(Nav)


def test_keys_that_do_not_apply_are_not_there(window: KioskWindow) -> None:
    window.show_page(HomeScreen.SAMPLES["booked"], card_inside=True)
    shown = [each.objectName() for each in window.findChildren(Key) if each.isVisibleTo(window)]
    assert [name for name in shown if name.startswith("nav:")] == ["nav:leave"]


def test_a_closed_choice_gives_no_answer_and_says_why(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "choice:booking")
    assert said == []
    assert "摄像头没有连上" in window.words_shown()


@pytest.mark.parametrize(
    "look",
    [Look(Language.EN), Look(elder=True), Look(tone=Display.DARK), Look(tone=Display.BRIGHT), Look(reach=True)],
    ids=["english", "elder", "dark", "bright", "reach"],
)
def test_a_change_of_look_loses_nothing_chosen_or_typed(window: KioskWindow, look: Look) -> None:
    said = answers_of(window)
    window.show_page(SERVICES, card_inside=True)
    press(window, "tab:departments", "group:mi", "matter:mi-remote")
    window.set_look(look)
    press(window, "primary")
    window.set_look(Look())
    window.show_page(NUMBER, card_inside=False)
    press(window, *(f"digit:{each}" for each in "99010119800101002"))
    window.set_look(look)
    press(window, "digit:X", "primary")
    assert said == [Chosen(("mi-remote",)), "99010119800101002X"]


def test_ten_quick_language_changes_end_where_they_should(window: KioskWindow) -> None:
    said = answers_of(window)
    for _ in range(10):
        press(window, "strip:language")
    assert window.look().language is Language.ZH
    press(window, "choice:none")
    assert said == ["none"]


def test_a_look_changed_after_the_answer_does_not_open_the_page_again(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "choice:typed", "strip:language")
    key(window, "choice:none").click()
    assert said == ["typed"]


def test_forgetting_leaves_neither_words_nor_look(window: KioskWindow) -> None:
    window.set_look(Look(Language.EN, elder=True, tone=Display.DARK))
    window.show_page(HomeScreen.SAMPLES["booked"], card_inside=True)
    window.warn(12)
    window.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.look() == Look()
    assert window.page() is None
    assert "王*" not in window.words_shown()
    kept = [each.accessibleName() for each in window.findChildren(QWidget)]
    assert not [name for name in kept if "王" in name or "WANG" in name]


def test_no_key_of_a_keyboard_does_anything(window: KioskWindow) -> None:
    said = answers_of(window)
    before = window.words_shown()
    typed = key(window, "choice:typed")
    typed.setFocus()
    for code in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_F4, Qt.Key.Key_A):
        for target in (typed, window):
            QTest.keyClick(target, code)
            QTest.keyClick(target, code, Qt.KeyboardModifier.AltModifier)
    assert said == []
    assert window.words_shown() == before


def test_no_key_event_reaches_any_widget_of_the_window(window: KioskWindow) -> None:
    heard: list[bool] = []
    stranger = QPushButton("", window)
    stranger.clicked.connect(heard.append)
    stranger.show()
    stranger.setFocus()
    QTest.keyClick(stranger, Qt.Key.Key_Space)
    assert heard == []


def test_a_locked_window_is_not_closed_by_the_window_system(qtbot: QtBot) -> None:
    locked = KioskWindow()
    locked.show()
    close = QCloseEvent()
    QCoreApplication.sendEvent(locked, close)
    assert not close.isAccepted()
    assert locked.isVisible()
    locked.hide()
    locked.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_no_context_menu_and_no_drop(window: KioskWindow) -> None:
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(500, 500), QPoint(500, 500))
    QCoreApplication.sendEvent(window, menu)
    assert not [each for each in window.findChildren(QWidget) if each.isWindow()]
    assert not [each for each in (window, *window.findChildren(QWidget)) if each.acceptDrops()]


def test_every_press_is_told(window: KioskWindow) -> None:
    told: list[int] = []
    window.touched.connect(partial(told.append, 1))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(540, 1500))
    press(window, "choice:typed")
    assert len(told) == 2


def test_a_countdown_is_shown_and_taken_away(window: KioskWindow) -> None:
    window.count_down(42, 75)
    assert "42" in window.words_shown().split("\n")
    window.count_down(None, 0)
    assert "42" not in window.words_shown().split("\n")


def test_the_primary_key_confirms(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(ReviewScreen.SAMPLES["two"], card_inside=True)
    press(window, "primary")
    window.show_page(TakeTicketScreen.SAMPLES["card"], card_inside=True)
    press(window, "missing")
    assert said == [Confirmed(), "missing"]


def test_every_page_has_a_screen_and_every_screen_a_sample(qtbot: QtBot) -> None:
    from screens import pages

    every = {each for each in vars(pages).values() if isinstance(each, type) and issubclass(each, pages.Page)}
    of_a_kind = {each for each in every if any(issubclass(other, each) for other in every - {each})}
    assert every - of_a_kind == set(SCREENS)
    assert all(screen.samples() for screen in SCREENS.values())


def test_a_key_for_what_this_kiosk_cannot_do_is_not_there(qtbot: QtBot) -> None:
    mute = KioskWindow(locked=False)
    mute.show_page(Attract((), (), ()), card_inside=False)
    mute.resize(1920, 1080)
    mute.show()
    assert not mute.findChildren(Key, "strip:speak")
    assert not [each for each in mute.findChildren(Key, "strip:reach") if each.isVisibleTo(mute)]
    put_away(mute)


def test_a_window_that_is_activated_puts_the_ring_on_no_key(qtbot: QtBot) -> None:
    shown = KioskWindow(locked=False)
    shown.show_page(MENU, card_inside=True)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    assert not [key for key in shown.findChildren(Key) if key.hasFocus()]
    shown.set_look(Look(elder=True))
    assert not [key for key in shown.findChildren(Key) if key.hasFocus()]
    put_away(shown)
