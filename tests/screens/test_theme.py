"""Colours can be read, type is large enough, sizes come out in millimetres."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from screens import theme as themes
from screens.colours import CONTRAST_DARK, CONTRAST_LIGHT, LIGHT, NIGHT, SHAPE_PAIRS, TEXT_PAIRS, Roles, contrast
from screens.gallery import MODES, Mode, dressed, put_away
from screens.icons import FALLBACK, icon, names
from screens.key import Key
from screens.look import Look
from screens.review import ReviewScreen
from screens.theme import BODY, Face, Theme
from screens.typeset import plain, typeset
from tests.screens.rules import where

ROLES = {"light": (LIGHT, 4.5), "night": (NIGHT, 4.5), "dark": (CONTRAST_DARK, 7.0), "bright": (CONTRAST_LIGHT, 7.0)}


def test_the_contrast_formula_gives_the_known_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ROLES)
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    roles, floor = ROLES[name]
    weak = {pair: contrast(getattr(roles, pair[0]), getattr(roles, pair[1])) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < floor} == {}


@pytest.mark.parametrize("name", ROLES)
def test_every_edge_can_be_seen(name: str) -> None:
    roles, _ = ROLES[name]
    weak = {pair: contrast(getattr(roles, pair[0]), getattr(roles, pair[1])) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


@pytest.mark.parametrize(
    ("mode", "roles"),
    [(MODES[0], LIGHT), (MODES[1], NIGHT), (MODES[3], CONTRAST_DARK), (MODES[4], CONTRAST_LIGHT)],
    ids=["light", "night", "dark", "bright"],
)
def test_the_pixels_of_the_primary_key_are_the_roles_of_the_theme(qtbot: QtBot, mode: Mode, roles: Roles) -> None:
    window = dressed(mode, ReviewScreen.SAMPLES["two"])
    key = window.findChild(Key, "primary")
    assert key is not None
    at: QRect = where(key, window)
    image = window.grab().toImage()
    face, lip = image.pixelColor(at.left() + 30, at.top() + 30), image.pixelColor(at.center().x(), at.bottom() - 1)
    put_away(window)
    assert (face.name().upper(), lip.name().upper()) == (roles.action, roles.press)


def test_no_type_is_smaller_than_a_citizen_can_read() -> None:
    faces = {name: face for name, face in vars(themes).items() if isinstance(face, Face)}
    small = [name for name, face in faces.items() if Theme().size(face) < 26]
    assert faces
    assert small == []
    elder = Theme(Look(elder=True))
    assert [name for name, face in faces.items() if elder.size(face) < Theme().size(face)] == []


def test_a_finer_panel_gets_more_pixels_and_a_coarser_one_keeps_them() -> None:
    assert Theme().size(BODY) == 30
    assert Theme(pitch_mm=0.18).size(BODY) == round(7.4 / 0.248 * 0.248 / 0.18)
    assert Theme(pitch_mm=0.369).size(BODY) == 30


def test_text_shrinks_once_and_is_never_cut(qtbot: QtBot) -> None:
    words = "Proof of payment from the former place of insurance"
    wide = typeset(words, BODY, Theme(), 2_000, 1)
    narrow = typeset(words, BODY, Theme(), 300, 2)
    assert (wide.px, len(wide.lines)) == (30, 1)
    assert narrow.px >= 26
    assert " ".join(narrow.lines) == words
    assert "…" not in "".join(narrow.lines)


def test_control_bytes_direction_overrides_and_towers_of_marks_are_not_drawn() -> None:
    assert plain("a\x1b\x1d\x00b\u202ec\u2066d") == "abcd"
    assert plain("Z" + "\u0301" * 50) == "Z" + "\u0301" * 3
    assert len(plain("王" * 100_000)) <= 2_000
    assert plain("𠮷 مريم é") == "𠮷 مريم é"


def test_an_icon_nobody_ships_is_a_sheet_of_paper(qtbot: QtBot) -> None:
    assert FALLBACK in names()
    assert icon("no-such-icon", 44, "#000000").toImage() == icon(FALLBACK, 44, "#000000").toImage()


def test_arrows_turn_round_where_reading_does_and_clocks_do_not(qtbot: QtBot) -> None:
    assert icon("arrow-left", 44, "#000000", True).toImage() != icon("arrow-left", 44, "#000000").toImage()
    assert icon("clock", 44, "#000000", True).toImage() == icon("clock", 44, "#000000").toImage()
