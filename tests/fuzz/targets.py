"""All that is fuzzed, by name."""

from __future__ import annotations

from typing import Final

from tests.fuzz import cards, passports, piv, technicians, wire
from tests.fuzz.target import Target

TARGETS: Final[dict[str, Target]] = {
    each.name: each for each in (*cards.TARGETS, *passports.TARGETS, *piv.TARGETS, *technicians.TARGETS, *wire.TARGETS)
}


def cases(total: int, names: list[str]) -> dict[str, int]:
    """How many of ``total`` cases each of these has, by its share; no fewer than ``total`` together."""
    whole = sum(TARGETS[name].share for name in names)
    return {name: -int(-total * TARGETS[name].share // whole) for name in names}
