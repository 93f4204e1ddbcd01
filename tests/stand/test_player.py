"""The quick hand at a real window: it presses what is there, stays where it is told to, and tells how it ended."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from screens.pages import Notice, ScanCode, TakeTicket, Tone
from screens.window import KioskWindow
from screens.words import same
from tests.stand.kiosk import until
from tests.stand.player import Player

SCAN = ScanCode(same("Scan"), same("Hold it there"))
SORRY = Notice(Tone.BAD, same("Sorry"), same("Nothing was printed"), code="P101")
SLIP = TakeTicket("A037", None, same("Window"), 1, None)


@pytest.fixture
def window(qtbot: QtBot) -> KioskWindow:
    shown = KioskWindow(locked=False)
    qtbot.addWidget(shown)
    shown.show()
    return shown


class Hand:
    def __init__(self, window: KioskWindow, *script: str) -> None:
        self.pressed: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.player = Player(window, self._press, self.told.append, [*script], 1)

    def _press(self, key: str) -> bool:
        self.pressed.append(key)
        return True


@pytest.mark.parametrize(("page", "words"), [(SLIP, "A037"), (SORRY, "P101")])
def test_any_of_several_pages_can_end_a_script_and_is_told_with_its_words(
    window: KioskWindow, page: Any, words: str
) -> None:
    hand = Hand(window, "ScanCode/primary", "TakeTicket|Notice/")
    window.show_page(SCAN, card_inside=False)
    assert not hand.player.beat()
    assert hand.pressed == ["primary"]
    assert not hand.player.beat()
    window.show_page(page, card_inside=False)
    assert hand.player.beat()
    (told,) = hand.told
    assert (told["whole"], told["lost"], told["page"]) == (1, 0, type(page).__name__)
    assert words in told["words"]


def test_who_stays_touches_the_glass_again_and_again_and_no_key(window: KioskWindow, qtbot: QtBot) -> None:
    hand = Hand(window, "ScanCode/stay", "Notice/")
    touches: list[None] = []
    answers: list[object] = []
    window.touched.connect(partial(touches.append, None))
    window.answered.connect(answers.append)
    window.show_page(SCAN, card_inside=False)
    until("three touches", lambda: hand.player.beat() or len(touches) >= 3)
    assert hand.told == []
    window.show_page(SORRY, card_inside=False)
    until("the end", hand.player.beat)
    assert (answers, hand.pressed, hand.told[0]["page"]) == ([], [], "Notice")
