"""Where this machine stands, in its hall's words: kept beside the store, for the page of a kiosk that cannot start."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from screens.words import Words, same

NAME: Final = "whereabouts.json"

_LARGEST: Final = 4_096
"""Bytes; the hall says at most 200 letters each."""
_SAID: Final = TypeAdapter(tuple[tuple[str, str], tuple[str, str]])
_UNKNOWN: Final = (same(""), same(""))


def keep(folder: Path, hall: Words, place: Words) -> None:
    """Write down the hall's name and the machine's place. A disk that is full costs no more than these words."""
    said = json.dumps(((hall.zh, hall.en), (place.zh, place.en)), ensure_ascii=False).encode()
    with suppress(OSError):
        if _read(folder) != said:
            new = folder / f"{NAME}.new"
            new.write_bytes(said)
            os.replace(new, folder / NAME)


def known(folder: Path | None) -> tuple[Words, Words]:
    """What was kept; without words where nothing was, or it can't be believed."""
    try:
        hall, place = _SAID.validate_json(_read(folder) if folder else b"", strict=True)
    except (OSError, ValidationError):
        return _UNKNOWN
    return Words(*hall), Words(*place)


def _read(folder: Path) -> bytes:
    """Empty where there is none, or one too large to be ours."""
    try:
        with (folder / NAME).open("rb") as file:
            said = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return b""
    return said if len(said) <= _LARGEST else b""
