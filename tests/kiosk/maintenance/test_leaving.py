"""Restart and shutting down: asked once, in the journal before it happens, and done when the visit is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.maintenance.flow import rounds
from kiosk.maintenance.leaving import carry_out
from kiosk.maintenance.roles import Deed
from kiosk.steps import Cancelled, CardPulled, Left
from screens.pages import AskDeed, Nav, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.play import PowerCut, play

BOTH = pytest.mark.parametrize("deed", [Deed.RESTART, Deed.SHUT_DOWN])


@BOTH
def test_what_was_asked_for_ends_the_visit_and_is_in_the_journal(workshop: Workshop, deed: Deed) -> None:
    with pytest.raises(Cancelled):
        play(rounds(workshop.opened()), (Upkeep, deed.value), (AskDeed, "deed"))
    assert workshop.left == [deed]
    assert workshop.notes[-1] == ("maintenance.did", {"deed": deed.value, "by": "T-014"})


@BOTH
def test_it_is_in_the_journal_before_it_happens(workshop: Workshop, deed: Deed) -> None:
    with pytest.raises(PowerCut):
        play(rounds(workshop.opened()), (Upkeep, deed.value), (AskDeed, "deed"), stops="append")
    assert workshop.notes[-1] == ("maintenance.did", {"deed": deed.value, "by": "T-014"})


@BOTH
def test_who_goes_back_is_on_the_list_again_and_nothing_happens(workshop: Workshop, deed: Deed) -> None:
    workshop.list((Upkeep, deed.value), (AskDeed, "back"))
    assert workshop.left == []
    assert [event for event, _ in workshop.notes] == ["maintenance.opened"]


@BOTH
@pytest.mark.parametrize("leaves", [Nav.LEAVE, CardPulled()])
def test_who_leaves_at_the_question_has_said_no(workshop: Workshop, deed: Deed, leaves: object) -> None:
    with pytest.raises(Left):
        play(rounds(workshop.opened()), (Upkeep, deed.value), (AskDeed, leaves))
    assert workshop.left == []


def test_only_what_nobody_can_undo_from_here_is_called_grave(workshop: Workshop) -> None:
    pages = workshop.list((Upkeep, "restart"), (AskDeed, "back"), (Upkeep, "shut-down"), (AskDeed, "back"))
    assert [page.grave for page in pages if isinstance(page, AskDeed)] == [False, True]


def test_at_a_terminal_there_is_no_kiosk_that_could_be_started_anew(workshop: Workshop) -> None:
    desk = workshop.opened()
    desk.at_terminal = True
    assert not desk.may(Deed.RESTART)
    assert desk.may(Deed.SHUT_DOWN)


# The system's part.


def test_the_system_is_given_the_order(tmp_path: Path) -> None:
    carry_out(("touch", str(tmp_path / "off")))
    assert (tmp_path / "off").exists()


@pytest.mark.parametrize("command", [("no-such-command", "poweroff"), ("false",)])
def test_a_system_that_takes_no_order_is_said_in_one_line(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    carry_out(command)
    said = capsys.readouterr().err
    assert said.startswith(f"{command[0]}: ")
    assert len(said.splitlines()) == 1
