"""Where two openings of one person say different things: found when they meet, looked at and settled by staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal, get_args

from hall.people.reading import Person

What = Literal["name", "document-expiry", "birth", "state"]

WHATS: Final[tuple[What, ...]] = get_args(What)

MOST_COMPARED: Final = 32
"""Openings of one person that a new one is compared with: a real person has a handful."""


class Said:
    """What the openings of one person said so far. The order in which they are heard does not matter."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._values: defaultdict[tuple[What, str], set[str]] = defaultdict(set)
        for person in persons:
            self.differing(person)

    def differing(self, person: Person) -> list[What]:
        """In what ``person`` says something that was not said before, and something else was."""
        found: list[What] = []
        for key, value in _values(person):
            said = self._values[key]
            if said and value not in said:
                found.append(key[0])
            said.add(value)
        return found


def value(what: What, person: Person) -> str:
    """What ``person`` says of ``what``."""
    match what:
        case "name":
            return person.name
        case "birth":
            return person.birth
        case "state":
            return person.state
        case "document-expiry":
            return person.expires


def settled(what: What, first: Person, later: Person) -> Person:
    """``first`` as it is when ``later`` is right in ``what``."""
    match what:
        case "name":
            return replace(first, name=later.name)
        case "birth":
            return replace(first, birth=later.birth)
        case "state":
            return replace(first, state=later.state)
        case "document-expiry":
            return replace(first, expires=later.expires)


def _values(person: Person) -> Iterator[tuple[tuple[What, str], str]]:
    """Each with what it may be compared with: the end of a document with that of the same kind only."""
    for what in WHATS:
        said = value(what, person)
        if said:
            yield (what, person.document if what == "document-expiry" else ""), said
