"""Who comes, in which order, and what fails meanwhile: the same seed gives the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

ONE_IN: Final = 20
"""Of so many visits one has a fault, but each kind of fault comes at least once."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One visit. ``kind`` is what somebody comes for, or else ``fault`` what goes wrong.

    ``draw`` is the seed of whatever else chance decides in it.
    """

    number: int
    kind: str
    fault: str
    draw: int

    @property
    def chance(self) -> Random:
        return Random(self.draw)


def plan(visits: int, seed: int, kinds: Mapping[str, int], faults: Mapping[str, str]) -> tuple[Turn, ...]:
    """``kinds``: what people come for, and their share. ``faults``: each with the kind of visit that comes after it.

    Faults are dealt like a deck that is shuffled anew when it is used up; two never come in a row.
    """
    chance = Random(seed)
    at = _dealt(visits, list(faults), chance)
    turns: list[Turn] = []
    for number in range(visits):
        before = turns[-1].fault if turns else ""
        fault = at.get(number, "")
        ordinary = chance.choices(list(kinds), weights=list(kinds.values()))[0]
        kind = "" if fault else faults.get(before, ordinary)
        turns.append(Turn(number + 1, kind, fault, chance.getrandbits(48)))
    return tuple(turns)


def _dealt(visits: int, deck: Sequence[str], chance: Random) -> dict[int, str]:
    """Which fault comes at which visit, counted from 0; never at the last, since the next one must work."""
    places = range(0, visits - 1, 2)
    some = min(len(places), max(len(deck), visits // ONE_IN))
    chosen = sorted(chance.sample(places, some))
    dealt: dict[int, str] = {}
    hand: list[str] = []
    for place in chosen:
        hand = hand or chance.sample(list(deck), len(deck))
        dealt[place] = hand.pop()
    return dealt
