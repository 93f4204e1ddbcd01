"""A certificate on its way out: printing, taking it, and nothing of it read into the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from screens.fill import FillScreen
from screens.gallery import MODES, dressed, put_away
from screens.pages import Fill, Verified
from screens.printing import PrintingScreen
from screens.take_paper import TakePaperScreen
from screens.verified import VerifiedScreen
from screens.window import KioskWindow
from tests.screens.hands import answers_of, press

PLAIN = MODES[0]
DATE = FillScreen.SAMPLES["date"]
assert isinstance(DATE, Fill)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, DATE)
    yield made
    put_away(made)


# what comes out


def test_a_certificate_that_did_not_come_out_is_told(window: KioskWindow) -> None:
    said = answers_of(window)
    page = TakePaperScreen.SAMPLES["sheet"]
    window.show_page(page, card_inside=True)
    words = window.words_shown()
    assert words.index("请先取走证件") < words.index("再取走证明") < words.index("99JZ-2026-0417283")
    press(window, "missing")
    assert said == ["missing"]
    assert page.awaits_card


def test_a_sheet_and_a_slip_come_out_of_different_slots(window: KioskWindow) -> None:
    window.show_page(TakePaperScreen.SAMPLES["sheet"], card_inside=False)
    assert "A4 纸在屏幕下方的宽出纸口。" in window.words_shown()
    window.show_page(TakePaperScreen.SAMPLES["slip"], card_inside=False)
    assert "证明在屏幕正下方出纸口。" in window.words_shown()
    assert "请取走证明" in window.words_shown()


def test_a_ticket_is_still_printed_as_one(window: KioskWindow) -> None:
    window.show_page(PrintingScreen.SAMPLES["now"], card_inside=True)
    assert "正在打印，请稍候" in window.words_shown()
    window.show_page(PrintingScreen.SAMPLES["sheet"], card_inside=True)
    assert "正在打印证明" in window.words_shown().split("\n")


# aloud


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        (DATE, ("王*明", "990", "柳岸街道")),
        (VerifiedScreen.SAMPLES["valid"], ("王", "990", "柳岸街道 8 号", "99JZ")),
        (TakePaperScreen.SAMPLES["sheet"], ("99JZ",)),
    ],
    ids=["fill", "verified", "take"],
)
def test_what_is_about_a_person_is_never_read_into_the_room(
    window: KioskWindow, page: Fill | Verified, hidden: tuple[str, ...]
) -> None:
    window.show_page(page, card_inside=True)
    assert all(each in window.words_shown() for each in hidden)
    assert not [each for each in hidden if each in window.words_of_page()]
    assert window.words_of_page()
