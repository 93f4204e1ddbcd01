"""The test slip: its code is read, the whole head is under it, and no word of it is missing."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication

from screens.fonts import glyphs_missing
from screens.trial_slip import RARE, TrialSlip, trial
from screens.words import Words
from tests.screens.test_paper import pixels

CODE = "KETING-TEST-0A1B2C3D"
SLIP = TrialSlip(CODE, Words("03 号机 K-0203", "Machine 03 K-0203"), "2026-11-20 12:00")
WIDTHS = pytest.mark.parametrize("width", [576, 384])


@pytest.fixture(scope="module", autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Fonts need Qt to be up."""


@WIDTHS
def test_its_code_is_read_from_both_papers(width: int) -> None:
    slip = trial(SLIP, width)
    assert slip.width == width
    assert len(slip.dots) == slip.height * width // 8
    assert [found.text for found in zxingcpp.read_barcodes(pixels(slip))] == [CODE]


@WIDTHS
def test_every_dot_of_the_head_between_the_margins_is_used_and_none_on_the_edge(width: int) -> None:
    seen = pixels(trial(SLIP, width))
    black = (seen == 0).any(axis=0)
    margin = 20 if width == 576 else 12
    assert black[margin : width - margin].all()
    assert not black[: margin - 4].any()
    assert not black[width - margin + 4 :].any()


@WIDTHS
def test_the_bar_at_the_end_goes_over_the_whole_width_below_the_code(width: int) -> None:
    seen = pixels(trial(SLIP, width))
    margin = 20 if width == 576 else 12
    full = np.flatnonzero((seen[:, margin : width - margin] == 0).all(axis=1))
    assert len(full) == 18
    (code,) = zxingcpp.read_barcodes(seen)
    assert full[0] > code.position.bottom_left.y


def test_the_rare_characters_are_in_the_face() -> None:
    assert not glyphs_missing(RARE)


def test_another_machine_or_another_minute_is_another_slip() -> None:
    later = TrialSlip(CODE, SLIP.machine, "2026-11-20 12:01")
    assert trial(SLIP, 576).dots == trial(SLIP, 576).dots
    assert trial(SLIP, 576).dots != trial(later, 576).dots


@pytest.mark.parametrize("width", [0, 8, 575, 640])
def test_another_width_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="576 or 384"):
        trial(SLIP, width)


@pytest.mark.parametrize("code", ["keting", "测试", "KETING\n", "KETING_1"])
def test_a_code_out_of_its_set_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="represented"):
        trial(TrialSlip(code, SLIP.machine, SLIP.printed_at), 576)
