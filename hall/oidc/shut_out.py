"""The departments that were ever shut out, kept beside the database: a restored one learns from it what it lost."""

from __future__ import annotations

import os
from typing import Final

from hall.settings import Settings

_FILE: Final = "departments-shut-out"


def listed(settings: Settings) -> list[str]:
    """Their ids; none where nobody was ever shut out. Raises ``OSError`` where the list can't be read."""
    path = settings.data / _FILE
    return path.read_text("ascii").split() if path.exists() else []


def note(settings: Settings, id: str) -> None:
    """Put a department on the list, durably; once is enough. Raises ``OSError``."""
    if id in listed(settings):
        return
    with (settings.data / _FILE).open("a", encoding="ascii") as file:
        file.write(f"{id}\n")
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(settings.data, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
