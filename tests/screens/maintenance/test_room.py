"""Whatever has to be told has room: on further pages, in two columns, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, Mode, dressed, put_away
from screens.keys import Button
from screens.look import Look
from screens.maintenance import samples, samples_found, samples_tests
from screens.pages import Choice, Finding, Open, Page, Part, Sign
from screens.window import KioskWindow
from screens.words import Words, same
from tests.screens.rules import broken

WIDE = next(mode for mode in MODES if mode.name == "zh-wide")


def _all_pages(window: KioskWindow) -> Iterator[str]:
    """The words of the page, and of every further page."""
    while True:
        yield window.words_shown()
        after = [each for each in window.findChildren(Button, "page:after") if each.isVisibleTo(window)]
        if not after:
            return
        after[0].click()
        QApplication.processEvents()


@pytest.mark.parametrize("mode", [MODES[0], WIDE], ids=["upright", "wide"])
def test_every_part_is_on_one_of_the_pages(qtbot: QtBot, mode: Mode) -> None:
    parts = tuple(
        Part(f"p{at}", "wifi", same(f"设备{at:02}"), same(f"第{at:02}行"), "N201" if at % 2 else "", sign, bool(at % 3))
        for at, sign in enumerate([*Sign] * 6)
    )
    shown = dressed(mode, replace(samples.UPKEEP, parts=parts))
    found, words = [], ""
    for page in _all_pages(shown):
        found += broken(shown)
        words += page
    put_away(shown)
    assert found == []
    assert [part.name.zh for part in parts if part.name.zh not in words or part.line.zh not in words] == []


@pytest.mark.parametrize("mode", [MODES[0], WIDE], ids=["upright", "wide"])
def test_eleven_tests_are_all_seen(qtbot: QtBot, mode: Mode) -> None:
    page = samples_tests.testing_paper()
    shown = dressed(mode, replace(page, rows=(*page.rows, *page.rows[3:6])))
    found, words = broken(shown), shown.words_shown()
    put_away(shown)
    assert found == []
    assert "11. 身份证阅读" in words


@pytest.mark.parametrize("mode", [MODES[0], WIDE], ids=["upright", "wide"])
def test_the_finest_grid_still_has_fields_for_a_finger(qtbot: QtBot, mode: Mode) -> None:
    shown = dressed(mode, replace(samples_tests.TOUCH, columns=6, rows=14))
    found = broken(shown)
    put_away(shown)
    assert found == []
    with pytest.raises(ValueError, match="no room"):
        replace(samples_tests.TOUCH, columns=7)


@pytest.mark.parametrize("mode", [MODES[0], WIDE], ids=["upright", "wide"])
def test_every_finding_is_on_one_of_the_pages(qtbot: QtBot, mode: Mode) -> None:
    rows = tuple(Finding("wifi", same(f"记录{at:02}"), same(f"内容{at:02}"), "", Sign.OK) for at in range(30))
    shown = dressed(mode, replace(samples_found.REPORT, rows=rows))
    found, pages = [], []
    for words in _all_pages(shown):
        found += broken(shown)
        pages.append(words)
    put_away(shown)
    assert found == []
    assert [row.title.zh for row in rows if row.title.zh not in "\n".join(pages)] == []


LONG = Words("很长的一行说明文字，写着这台设备现在的样子", "A rather long line that says how this part is doing now")


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode.look == Look(mode.look.language) and not mode.night])
def test_long_words_are_never_cut(qtbot: QtBot, mode: Mode) -> None:
    name = Words("备用电源与电池", "Emergency power supply")
    parts = tuple(Part(sign.value, "wifi", name, LONG, "N201", sign, True) for sign in Sign)
    deeds = [Choice(f"d{at}", "wifi", Words("重新登记本机", "Enrol this machine")) for at in range(9)]
    deeds[4] = replace(deeds[4], line=Words("需负责人", "Manager only"), open=Open.CLOSED)
    pages: list[Page[Any]] = [
        replace(samples.UPKEEP, parts=parts, uncertain=replace(samples.UNCERTAIN, line=LONG), deeds=tuple(deeds)),
        replace(samples_tests.testing_paper(), points=(LONG,) * 4, told=(LONG,)),
        replace(
            samples_found.REPORT, title=LONG, lead=LONG, rows=(Finding("wifi", LONG, LONG, "N201", Sign.UNKNOWN),) * 6
        ),
        replace(samples_found.GUIDE, name=LONG, cause=LONG, citizen=LONG, steps=(LONG,) * 6),
        replace(samples.RESTART, title=LONG, lead=LONG),
        replace(samples.PIN_AGAIN, problem=LONG, lead=LONG),
    ]
    found: dict[str, list[str]] = {}
    for page in pages:
        shown = dressed(mode, page)
        faults = [fault for _ in _all_pages(shown) for fault in broken(shown)]
        put_away(shown)
        if faults:
            found[type(page).__name__] = faults
    assert found == {}
