"""Text in lines: as wide as there is room, and all of it there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from screens.fonts import Ink, advance
from screens.strip import broken
from screens.theme import BODY, Theme, font
from screens.typeset import typeset

NAMES = {
    "characters of the first plane": "欧阳江畔" * 12,
    "one beyond it": "王𠮷" + "欧阳江畔" * 12,
    "all beyond it": "𠮷𠀀𪚥𫠝" * 12,
    "between words": "Ouyang 𠮷𠮷𠮷 of Jiangpan " * 6,
}
"""𠮷 (U+20BB7) stands in real names; in UTF-16 it is two units."""


@pytest.fixture(scope="module", autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Fonts need Qt to be up; the widgets of other tests share it."""


def test_a_screen_sets_a_text_once_and_the_next_screen_knows_nothing_of_it() -> None:
    screen, after = Theme(), Theme()
    assert typeset("欧阳江畔", BODY, screen, 333) is typeset("欧阳江畔", BODY, screen, 333)
    assert typeset("欧阳江畔" * 12, BODY, screen, 333).lines != typeset("欧阳江畔" * 12, BODY, screen, 120).lines
    assert not after.known


@pytest.mark.parametrize("width", [120, 333, 700])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_line_on_the_screen_is_wider_than_its_room_and_none_loses_a_character(name: str, width: int) -> None:
    made = typeset(name, BODY, Theme(), width)
    metrics = QFontMetricsF(font(made.px, made.bold))
    assert [line for line in made.lines if metrics.horizontalAdvance(line) > width + 1] == []
    assert "".join("".join(made.lines).split()) == "".join(name.split())
    assert made.width <= width + 1


@pytest.mark.parametrize("width", [120, 333, 700])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_line_on_paper_is_wider_than_its_room_and_none_loses_a_character(name: str, width: int) -> None:
    lines = broken(name, Ink(24), width, most=99)
    assert [line for line in lines if advance(line, Ink(24)) > width + 1] == []
    assert "".join("".join(lines).split()) == "".join(name.split())


def test_a_date_is_never_torn() -> None:
    sentence = "江畔区人力资源和社会保障局签发，有效期到2026年12月18日。"
    for width in range(260, 1_000, 7):
        made = typeset(sentence, BODY, Theme(), width)
        assert any("2026年12月18日" in line for line in made.lines), made.lines
        assert "".join(made.lines) == sentence


def test_a_line_is_as_full_as_it_can_be() -> None:
    made = typeset(NAMES["all beyond it"], BODY, Theme(), 333)
    metrics = QFontMetricsF(font(made.px, made.bold))
    assert all(metrics.horizontalAdvance(line + after[0]) > 333 for line, after in pairwise(made.lines))
