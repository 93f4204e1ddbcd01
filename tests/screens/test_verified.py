"""What a paper is worth is said by shape, word and colour, and its holder's name only while a key is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screens.colours import BANNERS, ON_BANNER, contrast
from screens.gallery import MODES, Mode, dressed, put_away
from screens.look import Display, Look
from screens.pages import GENUINE, Fact, Verdict, Verified
from screens.verdict import DRAWN, Banner
from screens.verified import VerifiedScreen
from screens.window import KioskWindow
from screens.words import Words, same
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken

PLAIN = MODES[0]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, VerifiedScreen.SAMPLES["valid"])
    yield made
    put_away(made)


def _array(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return flat[:, : grey.width()].copy()


# a verified paper


@pytest.mark.parametrize("name", VerifiedScreen.SAMPLES)
def test_every_verdict_says_its_word_in_both_languages_and_goes_on(window: KioskWindow, name: str) -> None:
    page = VerifiedScreen.SAMPLES[name]
    assert isinstance(page, Verified)
    said = answers_of(window)
    window.show_page(page, card_inside=False)
    assert page.word.zh in window.words_shown()
    assert page.word.en in window.words_shown()
    assert ("这不能证明持纸人就是本人。" in window.words_shown()) is (page.result in GENUINE)
    press(window, "primary")
    assert said == ["again"]


def test_the_name_is_whole_only_while_the_key_is_held(window: KioskWindow) -> None:
    window.show_page(VerifiedScreen.SAMPLES["valid"], card_inside=False)
    hold = key(window, "hold:name")
    assert "王小明" not in window.words_shown()
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    assert "王小明" in window.words_shown()
    QTest.mouseRelease(hold, Qt.MouseButton.LeftButton)
    assert "王小明" not in window.words_shown()
    assert "王*明" in window.words_shown()


def test_a_finger_that_slides_off_the_key_masks_the_name_again(window: KioskWindow) -> None:
    window.show_page(VerifiedScreen.SAMPLES["valid"], card_inside=False)
    hold = key(window, "hold:name")
    QTest.mousePress(hold, Qt.MouseButton.LeftButton)
    QTest.mouseMove(hold, hold.rect().center() + hold.rect().bottomRight() * 2)
    assert "王小明" not in window.words_shown()


@pytest.mark.parametrize("look", [Look(elder=True), Look(reach=True), Look(tone=Display.DARK)], ids=str)
def test_the_name_can_be_shown_in_every_mode(window: KioskWindow, look: Look) -> None:
    window.set_look(look)
    window.show_page(VerifiedScreen.SAMPLES["valid"], card_inside=False)
    QTest.mousePress(key(window, "hold:name"), Qt.MouseButton.LeftButton)
    assert "王小明" in window.words_shown()


def test_a_very_long_name_has_room_before_it_is_shown(window: KioskWindow) -> None:
    for mode in MODES:
        shown = dressed(mode, VerifiedScreen.SAMPLES["long"])
        QTest.mousePress(key(shown, "hold:name"), Qt.MouseButton.LeftButton)
        found = broken(shown)
        put_away(shown)
        assert found == [], mode.name


@pytest.mark.parametrize("result", [each for each in Verdict if each not in GENUINE])
def test_nothing_that_a_paper_says_is_shown_with_a_verdict_that_trusts_none_of_it(result: Verdict) -> None:
    fact = Fact(Words("姓名", "Name"), same("王小明"))
    for shown in ({"rows": (fact,)}, {"name": "王*明"}, {"name_full": "王小明"}):
        with pytest.raises(ValueError, match="shows nothing"):
            replace(Verified(result, same(""), same("")), **shown)


def test_a_verified_name_is_in_no_traceback() -> None:
    assert "王" not in repr(VerifiedScreen.SAMPLES["valid"])
    assert "990" not in repr(VerifiedScreen.SAMPLES["valid"])


def test_no_two_verdicts_look_alike_without_their_colour(qtbot: QtBot) -> None:
    drawn: dict[bytes, Verdict] = {}
    for result in Verdict:
        window = dressed(PLAIN, Verified(result, same("真"), same("假")))
        found = window.findChild(Banner)
        assert found is not None
        shape = found.grab().toImage().copy(0, 0, 240, 240)
        grey = _array(shape)
        drawn[(grey > grey[0, 0] + 40).tobytes()] = result
        put_away(window)
    assert set(drawn.values()) == set(Verdict) == set(DRAWN)


def test_white_can_be_read_on_every_banner() -> None:
    assert {
        role: contrast(ON_BANNER, ground) for role, ground in BANNERS.items() if contrast(ON_BANNER, ground) < 7
    } == {}


@pytest.mark.parametrize(("mode", "ground"), [(MODES[0], "#17653a"), (MODES[1], "#17653a"), (MODES[3], "#6cff9a")])
def test_the_banner_lies_over_the_full_width_below_the_header(qtbot: QtBot, mode: Mode, ground: str) -> None:
    window = dressed(mode, VerifiedScreen.SAMPLES["valid"])
    image = window.grab().toImage()
    put_away(window)
    assert {image.pixelColor(x, 139).name() for x in (2, 540, 1077)} == {ground}
