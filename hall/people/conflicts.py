"""Where two openings of one person say different things: found when they meet, looked at and settled by staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from hall.people.reading import Person

What = Literal["name", "document-expiry", "birth", "state"]

WHATS: Final[tuple[What, ...]] = get_args(What)

MOST_COMPARED: Final = 32
"""Openings of one person that a new one is compared with: a real person has a handful."""


@dataclass(frozen=True, slots=True)
class Difference:
    """In what an opening says otherwise, and than which opening."""

    what: What
    other: str


class Said:
    """What the openings of one person said so far. The order in which they are heard does not matter."""

    def __init__(self) -> None:
        self._by: defaultdict[tuple[What, str], dict[str, str]] = defaultdict(dict)
        self._kept: dict[tuple[What, str], str] = {}

    def hear(self, person: Person, name: str) -> None:
        """The opening ``name`` says what ``person`` is."""
        for key, said in _values(person):
            self._by[key].setdefault(said, name)

    def keep(self, person: Person, account: str) -> None:
        """And the account itself, which is believed now: a later one is compared with who told it that."""
        self.hear(person, account)
        self._kept.update(_values(person))

    def differing(self, person: Person, name: str) -> list[Difference]:
        """In what the opening ``name`` says something that was not said before, and something else was."""
        found = []
        for key, said in _values(person):
            before = self._by[key]
            if before and said not in before:
                believed = self._kept.get(key, "")
                found.append(Difference(key[0], before.get(believed) or next(iter(before.values()))))
        self.hear(person, name)
        return found


def value(what: What, person: Person, document: str) -> str:
    """What ``person`` says of ``what``; of the end of a document, of that kind of ``document``."""
    match what:
        case "name":
            return person.name
        case "birth":
            return person.birth
        case "state":
            return person.state
        case "document-expiry":
            return person.ends.get(document, "")


def settled(what: What, account: Person, right: Person) -> Person:
    """``account`` as it is when the opening ``right`` is right in ``what``."""
    match what:
        case "name":
            return replace(account, name=right.name)
        case "birth":
            return replace(account, birth=right.birth)
        case "state":
            return replace(account, state=right.state) if account.document == right.document else account
        case "document-expiry":
            return _ending(account, right) if right.expires else account


def enriched(account: Person, later: Person) -> Person:
    """``account`` with what it did not know and a later opening of the same name does: a birth, a document's end."""
    if later.name != account.name:
        return account
    known = replace(account, birth=account.birth or later.birth)
    return known if not later.expires or later.document in account.ends else _ending(known, later)


def _ending(account: Person, right: Person) -> Person:
    """The end of one kind of document never becomes that of another."""
    if account.document == right.document:
        return replace(account, expires=right.expires)
    others = dict(account.others) | {right.document: right.expires}
    return replace(account, others=tuple(others.items()))


def _values(person: Person) -> Iterator[tuple[tuple[What, str], str]]:
    """Each with what it may be compared with: the end of a document with that of the same kind only."""
    for what in WHATS:
        if what == "document-expiry":
            yield from (((what, document), until) for document, until in person.ends.items())
        elif said := value(what, person, ""):
            yield (what, ""), said
