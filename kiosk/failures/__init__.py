"""Every failure code: what it means, what the citizen is told, what a technician does; one file for each family.

The files beside this one are the only source: the maintenance mode reads them, and ``python -m kiosk.failures
docs/failures`` writes the pages from them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from screens.words import Words

_FOLDER: Final = Path(__file__).parent

_Text = Annotated[str, Field(min_length=1, max_length=400)]


@dataclass(frozen=True, slots=True)
class Failure:
    """One code. ``technician`` is in the order of doing; ``leaves`` what is on record, on paper or lost by it."""

    code: str
    name: Words
    cause: Words
    citizen: Words
    technician: tuple[Words, ...]
    leaves: Words | None


@dataclass(frozen=True, slots=True)
class Family:
    """The codes of one letter, in their order."""

    letter: str
    name: Words
    failures: tuple[Failure, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Said(_Strict):
    zh: _Text
    en: _Text

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


class _Entry(_Strict):
    name: _Said
    cause: _Said
    citizen: _Said
    leaves: _Said | None = None
    technician: Annotated[list[_Said], Field(min_length=1, max_length=12)]

    def failure(self, code: str) -> Failure:
        steps = tuple(step.words for step in self.technician)
        leaves = self.leaves.words if self.leaves else None
        return Failure(code, self.name.words, self.cause.words, self.citizen.words, steps, leaves)


class _Codes(RootModel[dict[Annotated[str, Field(pattern=r"^[A-Z][1-9][0-9]{2}$")], _Entry]]):
    model_config = ConfigDict(strict=True)


class _File(_Strict):
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    family: _Said
    codes: _Codes

    @model_validator(mode="after")
    def _of_one_letter_in_order(self) -> _File:
        codes = list(self.codes.root)
        if codes != sorted(codes) or any(code[0] != self.letter for code in codes):
            raise ValueError(f"the codes of {self.letter} in their order, and no other")
        return self


def read(text: str) -> Family:
    """The family in one file. Raises ``ValueError`` for one that breaks the shape."""
    found = _File.model_validate(tomllib.loads(text))
    failures = tuple(entry.failure(code) for code, entry in found.codes.root.items())
    return Family(found.letter, found.family.words, failures)


@cache
def families() -> tuple[Family, ...]:
    """All there are, by their letters."""
    found = [read(file.read_text("utf-8")) for file in _FOLDER.glob("*.toml")]
    if len({family.letter for family in found}) != len(found):
        raise ValueError("two files for one letter")
    return tuple(sorted(found, key=lambda family: family.letter))


@cache
def catalogue() -> Mapping[str, Failure]:
    """Every failure by its code."""
    return MappingProxyType({failure.code: failure for family in families() for failure in family.failures})
