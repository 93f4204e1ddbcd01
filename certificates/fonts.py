"""The faces that set a certificate, pinned by file, and what they cannot write.

Another release of a font moves lines and changes shapes, so a page is set in
files that are known, or not at all.
"""

from __future__ import annotations

import hashlib
import threading
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from pydantic import BaseModel, ConfigDict

SERIF: Final = "Noto Serif CJK SC"
SANS: Final = "Noto Sans CJK SC"

_SIMPLIFIED: Final = 2
"""The face of simplified Chinese within each collection: JP, KR, SC, TC, HK."""

_PINNED: Final = Path(__file__).with_name("fonts.toml")
_lock = threading.Lock()


class FontsDiffer(Exception):
    """A font file is missing or is not the pinned one; the text names it. Nothing may be set."""


class File(BaseModel):
    """A file, and every SHA-256 of it that is known to set the same page."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    sha256: tuple[str, ...]


class Pinned(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    folder: Path
    file: tuple[File, ...]

    def checked(self) -> tuple[Path, ...]:
        """The files, each read and hashed: 0.2 s for all. Raises ``FontsDiffer``."""
        return tuple(self._checked(file) for file in self.file)

    def _checked(self, file: File) -> Path:
        path = self.folder / file.name
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise FontsDiffer(f"{path.name} cannot be read ({type(error).__name__}): install fonts-noto-cjk") from None
        if found not in file.sha256:
            raise FontsDiffer(f"{path.name} has the unknown SHA-256 {found}")
        return path


def pins(file: Path = _PINNED) -> Pinned:
    return Pinned.model_validate(tomllib.loads(file.read_text("utf-8")))


def pinned() -> tuple[Path, ...]:
    """The files that set certificates, checked once in a process. Raises ``FontsDiffer``. Any thread may call."""
    with _lock:
        return _once()


def glyphs_missing(text: str) -> str:
    """The characters of ``text``, each once and in order, that one of the faces cannot write.

    Raises ``FontsDiffer``. The first call in a process reads the fonts' character maps, about a second;
    any thread may call.
    """
    known = writable()
    return "".join(char for char in dict.fromkeys(text) if ord(char) not in known)


def writable() -> frozenset[int]:
    """The code points that every face has; slow once, as ``glyphs_missing`` is. Raises ``FontsDiffer``."""
    with _lock:
        return _writable()


@cache
def _once() -> tuple[Path, ...]:
    return pins().checked()


@cache
def _writable() -> frozenset[int]:
    maps = []
    for path in _once():
        with TTFont(path, fontNumber=_SIMPLIFIED, lazy=True) as face:
            maps.append(frozenset(face.getBestCmap()))
    return frozenset.intersection(*maps)
