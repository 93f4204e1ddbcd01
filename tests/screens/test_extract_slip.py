"""The printed list: what the page shows, masked, on either paper, and never longer than a roll should give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.extract_slip import MOST_ROWS, ExtractSlip, Section, extract
from screens.words import Words

ROW = (Words("社保转移", "Transfer"), Words("11月20日，窗口办理中", "20 Nov, at the window"))
SLIP = ExtractSlip(
    hall=Words("江畔区政务服务中心", "Jiangpan Hall"),
    title=Words("我的清单", "My list"),
    masked="王*明  990***********0028",
    sections=(Section(Words("我办的事", "What I applied for"), (ROW,)),),
    note=Words("这是清单，不是证明。", "This is a list, not a certificate."),
    printed_at="2026-11-20 09:41",
    machine=Words("03 号机 K-0203", "Machine 03 K-0203"),
    reference="K0203-1-004182",
    hotline="12345",
)


@pytest.mark.parametrize("width", [576, 384])
def test_more_rows_make_a_longer_slip_of_the_same_width(qapp: object, width: int) -> None:
    short = extract(SLIP, width)
    longer = extract(replace(SLIP, sections=(Section(SLIP.sections[0].title, (ROW,) * 9),)), width)
    assert (short.width, longer.width) == (width, width)
    assert longer.height > short.height + 8 * 40
    assert len(short.dots) == short.height * width // 8


def test_an_empty_page_is_still_a_slip(qapp: object) -> None:
    assert extract(replace(SLIP, sections=()), 576).height > 300


def test_too_much_is_refused_and_so_is_another_paper(qapp: object) -> None:
    with pytest.raises(ValueError, match="rows"):
        extract(replace(SLIP, sections=(Section(SLIP.title, (ROW,) * (MOST_ROWS + 1)),)), 576)
    with pytest.raises(ValueError, match="dots"):
        extract(SLIP, 500)


def test_control_characters_in_a_row_draw_nothing_that_commands(qapp: object) -> None:
    hostile = (Words("\x1b@\x1dV\x00", "\x10\x04\x01"), Words("\u202e反", "x" * 500))
    assert extract(replace(SLIP, sections=(Section(SLIP.title, (hostile,)),)), 576).height < 2_000


def test_no_person_is_in_the_repr() -> None:
    assert "王" not in repr(SLIP)
    assert "社保转移" not in repr(SLIP)
