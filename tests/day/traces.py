"""What of a citizen lies in a folder: by name, by number, or as the page that was printed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.stand.memory import coded


def traces(folders: Iterable[Path], *canaries: str | bytes) -> list[str]:
    """The files that hold one of ``canaries``, each with the canary's place in the list."""
    wanted = [(place, each) for place, canary in enumerate(canaries) for each in coded(canary)]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    return [f"{file.name} (canary {place})" for file in files for place, each in wanted if each in _read(file)]


def _read(file: Path) -> bytes:
    """Nothing, where it was erased meanwhile."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
