"""Volume and brightness: heard and seen at once, kept over restarts, and never out of their range."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.panel import Backlight
from kiosk.maintenance import say
from kiosk.maintenance.knobs import Knobs
from offline_cache.facts import put_fact
from screens.pages import LEVELS, Adjust, Findings, Page, Upkeep
from tests.devices.panel.panels import panel
from tests.kiosk.maintenance.workshop import Workshop


@pytest.fixture
def light(workshop: Workshop, tmp_path: Path) -> Path:
    folder = panel(tmp_path / "intel_backlight")
    workshop.backlight = Backlight(folder)
    return folder


def adjusts(pages: list[Page[object]]) -> list[tuple[int, int | None]]:
    return [(page.volume, page.brightness) for page in pages if isinstance(page, Adjust)]


def knobs(workshop: Workshop) -> Knobs:
    return workshop.tools().knobs


def test_each_step_of_the_volume_is_heard_at_once(workshop: Workshop) -> None:
    shown = workshop.list((Upkeep, "adjust"), (Adjust, "volume:9"), (Adjust, "volume:8"), (Adjust, "back"))
    assert adjusts(shown) == [(10, None), (9, None), (8, None)]
    assert workshop.sounds == 2
    assert workshop.voice.volume == 0.8
    assert workshop.notes.count(("maintenance.did", {"deed": "adjust", "by": "T-014"})) == 2


def test_each_step_of_the_brightness_is_seen_at_once(workshop: Workshop, light: Path) -> None:
    workshop.list((Upkeep, "adjust"), (Adjust, "brightness:5"), (Adjust, "back"))
    assert (light / "brightness").read_text() == "550"
    assert workshop.sounds == 0


def test_a_panel_without_a_light_to_set_says_so(workshop: Workshop) -> None:
    shown = workshop.list((Upkeep, "adjust"), (Adjust, "back"))
    assert adjusts(shown) == [(10, None)]


def test_they_are_as_they_were_left_after_a_restart(workshop: Workshop, light: Path) -> None:
    workshop.list((Upkeep, "adjust"), (Adjust, "volume:3"), (Adjust, "brightness:0"), (Adjust, "back"))
    workshop.restart()
    workshop.voice.volume = 1.0
    (light / "brightness").write_text("1000")
    knobs(workshop).apply()
    assert workshop.voice.volume == 0.3
    assert (light / "brightness").read_text() == "100"  # the darkest can still be read


def test_both_are_at_their_highest_until_somebody_turns_them(workshop: Workshop, light: Path) -> None:
    knobs(workshop).apply()
    assert (workshop.voice.volume, (light / "brightness").read_text()) == (1.0, "1000")


@pytest.mark.parametrize("kept", [-1, LEVELS + 1, "loud", b"\xff", None])
def test_a_level_that_is_none_counts_as_the_highest(workshop: Workshop, kept: object) -> None:
    if kept is not None:
        with workshop.cache.store.transaction() as database:
            put_fact(database, "volume", kept)  # type: ignore[arg-type]  # of another kind
    assert knobs(workshop).levels() == (LEVELS, None)


def test_a_panel_that_is_gone_costs_its_light_and_nothing_else(workshop: Workshop, light: Path) -> None:
    (light / "max_brightness").unlink()
    shown = workshop.list((Upkeep, "adjust"), (Adjust, "brightness:2"), (Adjust, "back"))
    assert adjusts(shown)[-1] == (10, 2)


def test_a_level_that_can_not_be_kept_is_told_and_changes_nothing(workshop: Workshop) -> None:
    workshop.break_store()
    shown = workshop.list((Upkeep, "adjust"), (Adjust, "volume:0"), (Findings, "back"))
    said = shown[2]
    assert isinstance(said, Findings)
    assert (said.title, said.rows[0].code) == (say.NOT_DONE, "L101")
    assert workshop.voice.volume == 1.0
