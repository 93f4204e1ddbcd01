"""The ears hear the very samples that were played, and nothing that was not."""

from __future__ import annotations

import os
import subprocess
from importlib.resources import files
from pathlib import Path

from tests.stand.ears import Ears


def test_what_aplay_plays_is_heard_and_nothing_else(tmp_path: Path) -> None:
    sounds = Path(str(files("screens.sounds")))
    ears = Ears(tmp_path / "ears")
    assert not ears.heard(sounds / "take.wav")
    subprocess.run(
        ["aplay", "-q", "-"],
        input=(sounds / "take.wav").read_bytes(),
        env={**os.environ, **ears.environment()},
        check=True,
        timeout=20,
    )
    assert ears.heard(sounds / "take.wav")
    assert not ears.heard(sounds / "alarm.wav")
