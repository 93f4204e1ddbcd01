"""The light of a panel: always light enough to be read, and a panel that is gone leaves it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.panel import DARKEST, Backlight, PanelGone
from tests.devices.panel.panels import panel


@pytest.mark.parametrize(("light", "set_to"), [(1.0, "1000"), (0.5, "550"), (0.0, "100"), (-3.0, "100"), (7.0, "1000")])
def test_a_light_is_a_part_of_what_the_panel_can_and_never_too_dark(tmp_path: Path, light: float, set_to: str) -> None:
    folder = panel(tmp_path / "light")
    Backlight(folder).set(light)
    assert (folder / "brightness").read_text() == set_to
    assert float(set_to) >= 1000 * DARKEST


@pytest.mark.parametrize(("most", "set_to"), [("1", "1"), ("3", "1"), ("65535", "6554")])
def test_a_panel_of_few_steps_is_not_turned_off(tmp_path: Path, most: str, set_to: str) -> None:
    folder = panel(tmp_path / "light", most)
    Backlight(folder).set(0.0)
    assert (folder / "brightness").read_text() == set_to


def test_a_panel_that_is_not_there_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PanelGone):
        Backlight(tmp_path / "nothing").set(1.0)


@pytest.mark.parametrize("most", ["", "bright", "-5", "0", "9" * 400, "1.5", "\xff"])
def test_a_panel_that_says_nonsense_is_gone_and_its_light_as_it_was(tmp_path: Path, most: str) -> None:
    folder = panel(tmp_path / "light", most)
    with pytest.raises(PanelGone):
        Backlight(folder).set(0.5)
    assert (folder / "brightness").read_text() == "1000\n"


def test_a_light_that_may_not_be_touched_is_gone(tmp_path: Path) -> None:
    folder = panel(tmp_path / "light")
    (folder / "brightness").unlink()
    (folder / "brightness").mkdir()  # no file that anybody could write, root neither
    with pytest.raises(PanelGone):
        Backlight(folder).set(0.5)
