"""Matters are chosen, turned over and given back in the order chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from screens.gallery import MODES, dressed, put_away
from screens.look import Look
from screens.pages import Chosen, Nav, Services
from screens.services import ServicesScreen
from screens.window import KioskWindow
from tests.screens.hands import answers_of, press

PLAIN = MODES[0]
SERVICES = ServicesScreen.SAMPLES["none"]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = dressed(PLAIN, SERVICES)
    yield made
    put_away(made)


def _services() -> Services:
    assert isinstance(SERVICES, Services)
    return SERVICES


def test_matters_are_chosen_and_given_in_the_order_chosen(window: KioskWindow) -> None:
    said = answers_of(window)
    press(window, "matter:mi-remote", "matter:si-transfer", "matter:si-pension", "matter:si-pension", "primary")
    assert said == [Chosen(("mi-remote", "si-transfer"))]


def test_no_more_matters_than_one_ticket_holds(window: KioskWindow) -> None:
    said = answers_of(window)
    window.show_page(replace(_services(), most=1), card_inside=True)
    press(window, "matter:mi-remote", "matter:si-transfer")
    assert "一张号最多 1 件" in window.words_shown()
    press(window, "primary")
    assert said == [Chosen(("mi-remote",))]


def test_in_elder_mode_back_leads_from_the_matters_to_the_groups_first(window: KioskWindow) -> None:
    said = answers_of(window)
    window.set_look(Look(elder=True))
    window.show_page(SERVICES, card_inside=True)
    press(window, "group:birth", "nav:back")
    assert said == []
    press(window, "nav:back")
    assert said == [Nav.BACK]


def test_a_language_change_keeps_the_page_of_the_catalogue(window: KioskWindow) -> None:
    press(window, "page:after")
    assert "新生儿参保登记" in window.words_shown()
    press(window, "strip:language")
    assert "Insurance for a newborn child" in window.words_shown()
