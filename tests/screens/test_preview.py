"""The preview is the very page that is printed, whole and in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from screens import specimen
from screens.certificate_slip import certificate
from screens.gallery import MODES, Mode, dressed, put_away
from screens.key import Key
from screens.look import Look
from screens.pages import Confirmed, Nav, Preview
from screens.picture import Coloured, dots_of, image_of, png
from screens.preview import PreviewScreen
from screens.window import KioskWindow
from screens.words import Language, Words, same
from tests.screens.hands import answers_of, key, press
from tests.screens.rules import broken

PLAIN = MODES[0]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, PreviewScreen.samples()["slip"])
    yield made
    put_away(made)


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
