"""How papers lie in the tray."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from tests.dock.tray import laid

SLIP, SHEET = QSize(576, 1_200), QSize(909, 1_286)
ROOM = QRect(20, 30, 500, 1_400)


@pytest.mark.parametrize("papers", [[SLIP], [SHEET], [SLIP, SHEET]])
@pytest.mark.parametrize("room", [ROOM, QRect(0, 0, 456, 800), QRect(0, 0, 900, 300)])
def test_papers_lie_whole_in_the_tray_and_on_nothing_else(papers: list[QSize], room: QRect) -> None:
    places = laid(papers, room, 20)
    assert all(room.contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one != other)
    for place, paper in zip(places, papers, strict=True):
        assert place.width() / place.height() == pytest.approx(paper.width() / paper.height(), rel=0.02)


def test_two_papers_are_stacked_in_a_tall_tray_and_side_by_side_in_a_broad_one() -> None:
    slip, sheet = laid([SLIP, SHEET], ROOM, 20)
    assert sheet.top() > slip.bottom()
    slip, sheet = laid([SLIP, SHEET], ROOM.transposed(), 20)
    assert sheet.left() > slip.right()
