"""The pages of a certificate: questions, preview, what comes out, and what a paper is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screens import specimen
from screens.certificate_slip import certificate
from screens.colours import BANNERS, ON_BANNER, contrast
from screens.fill import FillScreen
from screens.gallery import MODES, Mode, dressed, put_away
from screens.key import Key
from screens.look import Display, Look
from screens.menu import MenuScreen
from screens.pages import GENUINE, Confirmed, Fact, Fill, Nav, Preview, Verdict, Verified
from screens.picture import Coloured, dots_of, image_of, png
from screens.preview import PreviewScreen
from screens.printing import PrintingScreen
from screens.take_paper import TakePaperScreen
from screens.verdict import DRAWN, Banner
from screens.verified import VerifiedScreen
from screens.window import KioskWindow
from screens.words import Language, Words, same
from tests.screens.rules import broken
from tests.screens.test_window import answers_of, key, press

PLAIN = MODES[0]
DATE = FillScreen.SAMPLES["date"]
assert isinstance(DATE, Fill)


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


# preview


@pytest.mark.parametrize("name", ["sheet", "slip"])
def test_a_preview_is_confirmed_or_changed(window: KioskWindow, name: str) -> None:
    page = PreviewScreen.samples()[name]
    assert isinstance(page, Preview)
    said = answers_of(window)
    window.show_page(page, card_inside=True)
    press(window, "primary")
    assert said == [Confirmed()]
    window.show_page(page, card_inside=True)
    changes = [each for each in window.findChildren(Key, "change") if each.isVisibleTo(window)]
    assert bool(changes) is page.changeable
    for change in changes:
        change.click()
        assert said == [Confirmed(), "change"]


def _shown(window: KioskWindow) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def _array(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return flat[:, : grey.width()].copy()


def test_the_larger_view_is_turned_by_keys_and_left_by_back(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(PreviewScreen.samples()["sheet"], card_inside=True)
    whole = _array(_shown(window))
    press(window, "larger")
    assert "第 1 页，共 2 页" in window.words_shown()
    assert not key(window, "piece:up").isEnabled()
    top = _array(_shown(window))
    press(window, "piece:down")
    assert "第 2 页，共 2 页" in window.words_shown()
    assert not key(window, "piece:down").isEnabled()
    assert (_array(_shown(window)) != top).any()
    window.set_look(Look(Language.EN))
    assert "Page 2 of 2" in window.words_shown()
    window.set_look(Look())
    press(window, "nav:back")
    assert said == []
    assert (_array(_shown(window)) == whole).all()
    press(window, "nav:back")
    assert said == [Nav.BACK]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("name", ["sheet", "slip"])
def test_the_larger_view_keeps_the_rules(qtbot: QtBot, mode: Mode, name: str) -> None:
    shown = dressed(mode, PreviewScreen.samples()[name])
    press(shown, "larger")
    found = broken(shown)
    while key(shown, "piece:down").isEnabled():
        press(shown, "piece:down")
        found += broken(shown)
    put_away(shown)
    assert found == []


def test_every_row_of_the_page_is_on_one_of_the_pieces(window: KioskWindow) -> None:
    """A page whose rows are all different is put together again from its pieces."""
    ramp = np.repeat(np.arange(4_000, dtype=np.int64)[:, None], 968, axis=1)
    pixels = np.stack([ramp % 256, ramp // 256 * 12, np.full_like(ramp, 7)], axis=2).astype(np.uint8)
    image = QImage(pixels.tobytes(), 968, 4_000, 3 * 968, QImage.Format.Format_RGB888).copy()
    window.show_page(Preview(dots_of(image), same("A4"), ()), card_inside=True)
    press(window, "larger")
    rows: set[tuple[int, int]] = set()
    while True:
        seen = window.grab().toImage()
        for y in range(seen.height()):
            colour = seen.pixelColor(540, y)
            if colour.blue() == 7:
                rows.add((colour.red(), colour.green()))
        if not key(window, "piece:down").isEnabled():
            break
        press(window, "piece:down")
    edge = 4  # the frame covers the first and last rows of the page
    assert len(rows) >= 4_000 - 2 * edge


def test_a_slip_is_shown_by_its_very_dots() -> None:
    drawn = certificate(specimen.slip())
    again = QImage.fromData(png(drawn))
    assert (again.width(), again.height()) == (576, drawn.height)
    assert (_array(again) == _array(image_of(drawn))).all()


@pytest.mark.parametrize("dots", [b"", bytes(29), bytes(31)], ids=["none", "fewer", "more"])
def test_a_picture_of_other_dots_than_it_says_is_refused(window: KioskWindow, dots: bytes) -> None:
    with pytest.raises(ValueError, match="no picture"):
        PreviewScreen(Preview(Coloured(5, 2, dots), same("A4"), ()), window._stage())


def test_a_page_in_colour_is_shown_by_its_very_dots() -> None:
    page = specimen.sheet_dots()
    seen = image_of(page)
    assert dots_of(seen) == page
    assert seen.pixelColor(950, 1026).red() > 150 > seen.pixelColor(950, 1026).blue()  # the seal


def test_the_last_preview_says_that_nothing_can_be_changed_any_more(window: KioskWindow) -> None:
    said = Words("这是最后一次预览，不能再改了。", "This is the last preview.")
    page = PreviewScreen.samples()["sheet"]
    assert isinstance(page, Preview)
    page = replace(page, changeable=False, note=said)
    window.show_page(page, card_inside=True)
    assert said.zh in window.words_shown()
    assert not [each for each in window.findChildren(Key, "change") if each.isVisibleTo(window)]


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


def test_a_typed_answer_is_never_read_into_the_room(window: KioskWindow) -> None:
    _type(window, "2019")
    assert "2019 年" in window.words_shown()
    assert "2019 年" not in window.words_of_page()
