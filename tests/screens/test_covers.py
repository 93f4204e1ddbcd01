"""What lies over the page keeps the rules, goes away by itself or by a touch, and answers nothing by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away
from screens.look import Look
from screens.menu import MenuScreen
from screens.overlay import StillThere
from screens.pages import Nav
from screens.review import ReviewScreen
from screens.window import KioskWindow
from screens.words import Language
from tests.screens.hands import answers_of, press
from tests.screens.rules import broken

PLAIN = MODES[0]
MENU = MenuScreen.SAMPLES["no-card"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, MENU)
    yield made
    put_away(made)


def test_a_touch_anywhere_ends_the_warning_and_nothing_else(window: KioskWindow) -> None:
    said = answers_of(window)
    window.warn(20)
    assert "您还在办理吗？" in window.words_shown()
    overlay = window.findChild(StillThere)
    assert isinstance(overlay, StillThere)
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(540, 450))
    assert "您还在办理吗？" not in window.words_shown()
    assert said == []


def test_the_warning_counts_down_and_can_end_the_visit(window: KioskWindow) -> None:
    said = answers_of(window)
    window.touched.connect(window.calm)
    window.warn(20)
    window.warn(19)
    assert "19 秒后自动结束" in window.words_shown()
    press(window, "end-now")
    assert said == [Nav.LEAVE]


def test_help_is_over_the_page_and_goes_away(window: KioskWindow) -> None:
    called: list[int] = []
    window.called_help.connect(partial(called.append, 1))
    press(window, "strip:help")
    assert "12345" in window.words_shown()
    assert "24 小时自助厅 · 03 号机" in window.words_shown()
    press(window, "help:close")
    assert "需要帮忙吗？" not in window.words_shown()
    assert called == [1]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_help_and_warning_keep_the_rules(qtbot: QtBot, mode: Mode) -> None:
    window = dressed(mode, ReviewScreen.SAMPLES["two"])
    window.warn(20)
    found = [fault for fault in broken(window) if "primary keys" not in fault]
    window.calm()
    press(window, "strip:help")
    found += [fault for fault in broken(window) if "primary keys" not in fault]
    put_away(window)
    assert found == []


def test_what_lies_over_the_page_stays_there_in_another_look(window: KioskWindow) -> None:
    window.warn(20)
    window.set_look(Look(Language.EN))
    assert "Are you still here?" in window.words_shown()
    window.calm()
    press(window, "strip:help")
    window.set_look(Look())
    assert "需要帮忙吗？" in window.words_shown()
