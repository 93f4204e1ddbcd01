"""The one typeface of paper, pinned by family, and what it cannot write."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QGuiApplication, QRawFont

FAMILY: Final = "Noto Sans CJK SC"
"""Debian's fonts-noto-cjk. Another face would move every line of a slip."""

_cache = threading.local()  # Qt's font engines belong to a thread


class FontMissing(Exception):
    """``FAMILY`` is not installed, or Qt is not up: nothing may be printed in another face."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A face at a size: ``px`` dots from the top of a Chinese character to its foot."""

    px: int
    bold: bool = False


def font(ink: Ink) -> QFont:
    """For one-bit drawing: no grey, no other family where a glyph is missing. Raises ``FontMissing``."""
    return _set(ink)[0]


def advance(text: str, ink: Ink) -> float:
    """Width of ``text`` in dots, unbroken."""
    return _set(ink)[1].horizontalAdvance(text)


def glyphs_missing(text: str) -> set[str]:
    """The characters of ``text`` that the face cannot write: they would come out as boxes."""
    raw = _raw()
    return {char for char in set(text) if not char.isspace() and not all(raw.glyphIndexesForString(char))}


def _set(ink: Ink) -> tuple[QFont, QFontMetricsF]:
    known: dict[Ink, tuple[QFont, QFontMetricsF]] = _cache.__dict__.setdefault("set", {})
    if ink not in known:
        if QGuiApplication.instance() is None:
            raise FontMissing("no QGuiApplication")
        face = QFont(FAMILY)
        face.setPixelSize(ink.px)
        face.setBold(ink.bold)
        face.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
        face.setStyleStrategy(QFont.StyleStrategy.NoAntialias | QFont.StyleStrategy.NoFontMerging)
        if QFontInfo(face).family() != FAMILY:
            raise FontMissing(f"{FAMILY} is not installed")
        known[ink] = face, QFontMetricsF(face)
    return known[ink]


def _raw() -> QRawFont:
    raw: QRawFont | None = _cache.__dict__.get("raw")
    if raw is None:
        raw = _cache.__dict__["raw"] = QRawFont.fromFont(font(Ink(24)))
    return raw
