"""A panel's light as Linux shows it: a folder of the backlight class."""

from __future__ import annotations

from pathlib import Path


def panel(folder: Path, most: str = "1000") -> Path:
    folder.mkdir()
    (folder / "max_brightness").write_text(f"{most}\n")
    (folder / "brightness").write_text("1000\n")
    return folder
