"""Colour roles as data: light, night, and two high contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Roles:
    """One colour for each role, as #RRGGBB, and how edges are drawn (in design units)."""

    bg: str
    surface: str
    sunk: str
    ink: str
    ink2: str
    line: str
    edge: str
    track: str
    action: str
    press: str
    onaction: str
    soft: str
    hero: str
    onhero: str
    hero2: str
    inverse: str
    oninverse: str
    inverselip: str
    lamp: str
    onlamp: str
    ok: str
    oksoft: str
    warn: str
    warnsoft: str
    bad: str
    badsoft: str
    disabled: str
    focus: str
    ring: str
    stroke: int = 2
    lip: int = 6
    outlined: bool = False


LIGHT: Final = Roles(
    bg="#F4F2EC", surface="#FFFFFF", sunk="#E9E5DB", ink="#182026", ink2="#4A545C",
    line="#D3CDC0", edge="#767268", track="#D3CDC0",
    action="#0B5063", press="#07394A", onaction="#FFFFFF", soft="#D9EAEE",
    hero="#0B5063", onhero="#FFFFFF", hero2="#D6E6EA",
    inverse="#FFFFFF", oninverse="#0B5063", inverselip="#A9C4CC", lamp="#E8A33D", onlamp="#1A1206",
    ok="#17653A", oksoft="#DCEFE2", warn="#7A4A00", warnsoft="#FBE9C6", bad="#A01C1C", badsoft="#F8DFDC",
    disabled="#5B6063", focus="#FFB81C", ring="#182026",
)  # fmt: skip

NIGHT: Final = Roles(
    bg="#10171C", surface="#1A242B", sunk="#25323A", ink="#F1EFE8", ink2="#B8C0C5",
    line="#35444E", edge="#82919B", track="#3C4B55",
    action="#86CADB", press="#B4E0EA", onaction="#06242D", soft="#17414D",
    hero="#17414D", onhero="#F1EFE8", hero2="#C6D6DB",
    inverse="#86CADB", oninverse="#06242D", inverselip="#4F97AA", lamp="#F0B04F", onlamp="#1A1206",
    ok="#7FD39C", oksoft="#14382A", warn="#F2BD64", warnsoft="#3D2E10", bad="#FF9C91", badsoft="#4A1F1D",
    disabled="#94A0A7", focus="#FFB81C", ring="#10171C",
)  # fmt: skip

CONTRAST_DARK: Final = Roles(
    bg="#000000", surface="#000000", sunk="#000000", ink="#FFFFFF", ink2="#FFFFFF",
    line="#FFFFFF", edge="#FFFFFF", track="#4A4A4A",
    action="#FFD83D", press="#FFFFFF", onaction="#000000", soft="#000000",
    hero="#000000", onhero="#FFFFFF", hero2="#FFFFFF",
    inverse="#FFD83D", oninverse="#000000", inverselip="#FFFFFF", lamp="#FFD83D", onlamp="#000000",
    ok="#6CFF9A", oksoft="#000000", warn="#FFD83D", warnsoft="#000000", bad="#FFA8A0", badsoft="#000000",
    disabled="#BDBDBD", focus="#00E5FF", ring="#000000", stroke=4, lip=8, outlined=True,
)  # fmt: skip

CONTRAST_LIGHT: Final = Roles(
    bg="#FFFFFF", surface="#FFFFFF", sunk="#FFFFFF", ink="#000000", ink2="#000000",
    line="#000000", edge="#000000", track="#BDBDBD",
    action="#00324A", press="#000000", onaction="#FFFFFF", soft="#FFFFFF",
    hero="#FFFFFF", onhero="#000000", hero2="#000000",
    inverse="#00324A", oninverse="#FFFFFF", inverselip="#000000", lamp="#00324A", onlamp="#FFFFFF",
    ok="#003F1C", oksoft="#FFFFFF", warn="#4A2B00", warnsoft="#FFFFFF", bad="#7A0000", badsoft="#FFFFFF",
    disabled="#4D4D4D", focus="#B30089", ring="#000000", stroke=4, lip=8, outlined=True,
)  # fmt: skip

TEXT_PAIRS: Final = (
    ("ink", "bg"), ("ink", "surface"), ("ink", "sunk"), ("ink", "soft"),
    ("ink2", "bg"), ("ink2", "surface"), ("ink2", "sunk"),
    ("disabled", "sunk"), ("action", "bg"), ("action", "surface"), ("action", "soft"), ("onaction", "action"),
    ("onaction", "press"), ("onhero", "hero"), ("hero2", "hero"), ("oninverse", "inverse"), ("onlamp", "lamp"),
    ("ok", "oksoft"), ("warn", "warnsoft"), ("bad", "badsoft"),
    ("ok", "surface"), ("warn", "surface"), ("bad", "surface"), ("ink", "badsoft"), ("ink2", "badsoft"),
)  # fmt: skip
"""Every pair of text on its ground that a screen draws: 4.5 at least, 7 in the high contrasts."""

SHAPE_PAIRS: Final = (("edge", "bg"), ("edge", "surface"), ("ink2", "track"), ("action", "track"), ("action", "bg"))
"""Edges and shapes that carry meaning: 3 at least."""


BANNERS: Final = {"ok": "#17653A", "warn": "#7A4A00", "bad": "#A01C1C", "ink2": "#4A545C"}
"""The ground of a verdict by its role, alike by day and by night, under ``ON_BANNER``; high contrasts use the role."""

ON_BANNER: Final = "#FFFFFF"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours #RRGGBB, 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
