"""What fails before a citizen's eyes says its code, and whom to call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from kiosk import pages, say
from kiosk.attract import attract
from kiosk.failures import catalogue
from kiosk.machine import Machine
from kiosk.opening import Closed
from screens.gallery import MODES, Mode, dressed, put_away, turn
from screens.look import Look
from screens.pages import Badge, Choice, FailureGuide, Home, Notice, Open, OutOfService
from screens.text import Text
from screens.words import Words, same
from tests.screens.rules import broken, broken_on_all_pages, visible

KIOSK = Path(__file__).parents[2] / "kiosk"

NOTHING_BROKEN = {
    ("flows/mine.py", "_unbind"): "the hall says that no such phone is bound",
    ("flows/phone.py", "_refused"): "the phone said no, or is another one",
    ("certificate_pages.py", "no_record"): "the department knows nothing of this person",
}
"""Where a notice warns of what no technician could mend."""

REASONS = (
    Closed(say.CLOSED_STORE, "L101"),
    Closed(say.CLOSED_PAPER, "P102"),
    Closed(say.CLOSED_PRINTER, "P101"),
    Closed(say.CLOSED_A4, "A101"),
    Closed(say.CLOSED_A4_PAPER, "A102"),
    Closed(say.CLOSED_CLOCK, "L103"),
    Closed(say.CLOSED_AUTHORITY, "K105"),
    Closed(say.SCANNER_LOST, "S101"),
    Closed(say.NEEDS_NETWORK, "N101"),
)
"""What closes a tile of the first page."""

TILES = (
    ("services", "ticket", say.TAKE_TICKET),
    ("certificates", "file-text", say.CERTIFICATES),
    ("verify", "shield-check", say.VERIFY),
)

SEEN_BY_TECHNICIANS = [mode for mode in MODES if mode.look == Look(mode.look.language) and not mode.night]
"""The maintenance mode has one look: the languages, upright and wide."""


def _without_code(tone: str) -> Iterator[tuple[str, str]]:
    """Every notice of this tone that names no code, by its file and function."""
    for file in sorted(KIOSK.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _tone(call) == tone and not _has_code(call):
                    yield file.relative_to(KIOSK).as_posix(), function.name


def _tone(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    named = isinstance(first, ast.Attribute) and isinstance(first.value, ast.Name) and first.value.id == "Tone"
    return first.attr if named and isinstance(first, ast.Attribute) else ""


def _has_code(call: ast.Call) -> bool:
    """``Notice`` is told it by name, ``people_pages.told`` as its fourth."""
    is_notice = isinstance(call.func, ast.Name) and call.func.id == "Notice"
    return any(each.arg == "code" for each in call.keywords) or (not is_notice and len(call.args) == 4)


def test_nothing_is_called_broken_without_a_code() -> None:
    assert list(_without_code("BAD")) == []


def test_a_warning_without_a_code_is_of_nothing_broken() -> None:
    assert set(_without_code("WARN")) == set(NOTHING_BROKEN)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_a_failure_shows_its_code_and_the_hotline(qtbot: QtBot, mode: Mode) -> None:
    notice: Notice = pages.not_recorded("L101")
    out = attract(Machine(hall_fault="K102"), datetime(2026, 11, 20, 12))
    assert isinstance(out, OutOfService)
    window = dressed(mode, notice)
    for page in (notice, out):
        turn(window, page)
        shown = " ".join(each.said() for each in visible(window) if isinstance(each, Text))
        assert page.code in shown
        assert "12345" in shown
    put_away(window)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_a_tile_has_room_for_the_reason_that_closes_it_and_its_code(qtbot: QtBot, mode: Mode) -> None:
    homes = [
        Home("王*", say.OFTEN, same(""), None, tuple(_tile(key, icon, title, each) for each in REASONS), ())
        for key, icon, title in TILES
    ]
    window = dressed(mode, homes[0])
    found = []
    for home in homes:
        turn(window, home)
        found += broken(window)
    put_away(window)
    assert found == []


@pytest.mark.parametrize("mode", SEEN_BY_TECHNICIANS, ids=lambda mode: mode.name)
def test_the_page_of_every_code_has_its_place_in_the_maintenance_mode(qtbot: QtBot, mode: Mode) -> None:
    badge = Badge(Words("技术员 T-014", "Technician T-014"), Words("03 号机 · K-0203", "Machine 03 · K-0203"))
    guides = [
        FailureGuide(badge, each.code, each.name, each.cause, each.citizen, each.technician)
        for each in catalogue().values()
    ]
    window = dressed(mode, guides[0])
    found = {}
    for guide in guides:
        turn(window, guide)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the page before
        if faults := broken_on_all_pages(window):
            found[guide.code] = faults
    put_away(window)
    assert found == {}


def _tile(key: str, icon: str, title: Words, closed: Closed) -> Choice:
    return Choice(f"{key}-{closed.code}", icon, title, closed.said, Open.CLOSED)


@pytest.mark.parametrize("closed", REASONS, ids=lambda closed: closed.code)
def test_a_reason_is_said_with_its_code(closed: Closed) -> None:
    assert closed.said.zh == f"{closed.why.zh} {closed.code}"
    assert closed.said.en == f"{closed.why.en} {closed.code}"


def test_a_reason_without_a_fault_is_said_as_it_is() -> None:
    assert Closed(say.CLOSED_TODAY).said == say.CLOSED_TODAY
