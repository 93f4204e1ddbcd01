"""What of a template stands on the paper and is checked: all that a verifier reads (format, section 4.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final, Self, TypeVar

from pydantic import BaseModel, StringConstraints, ValidationError, model_validator
from pydantic import Field as Bound

from certificates.cbor import Malformed
from certificates.claims import MOST_FIELDS, Claims
from certificates.form import Field, Read, Said, Strict

HOLDER: Final = frozenset({"name", "number"})
"""What a sentence may name besides the fields."""

PLACE: Final = re.compile(r"\{([a-z0-9_]*)\}")

Prefix = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{2}[A-Z]{2}$")]
Number = Annotated[int, Bound(strict=True, ge=1, le=65_535)]
Body = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=600)]

M = TypeVar("M", bound=BaseModel)


class Sentence(Strict):
    """Words with ``{name}``, ``{number}`` and ``{field}`` where values stand; lines are paragraphs."""

    zh: Body
    en: Body


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: the template's own words, or a value that was put in."""

    text: str
    is_value: bool


class Wording(Read):
    """A template as verifiers read it. What they do not need may change or grow and is skipped."""

    type: Number
    version: Number
    kind: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z-]{1,39}$")]
    prefix: Prefix
    title: Said
    issuer: Said
    fields: Annotated[tuple[Field, ...], Bound(max_length=MOST_FIELDS)]
    body: Sentence

    @model_validator(mode="after")
    def _worded(self) -> Self:
        ids = [each.id for each in self.fields]
        if len(set(ids)) != len(ids) or HOLDER & set(ids):
            raise ValueError("two fields with one name")
        self._places(self.body)
        return self

    def _places(self, said: Sentence) -> None:
        known = HOLDER | {each.id for each in self.fields}
        if unknown := set(PLACE.findall(said.zh + said.en)) - known:
            raise ValueError(f"the wording names {sorted(unknown)[0]!r}, which is no field")

    def check(self, claims: Claims) -> None:
        """Raises ``Malformed`` where the claims are not a certificate of this template."""
        if len(claims.fields) != len(self.fields) or claims.exp <= claims.iat:
            raise Malformed("not the fields of this template")
        if not all(field.fits(value) for field, value in zip(self.fields, claims.fields, strict=True)):
            raise Malformed("a value that its field cannot hold")

    def rows(self, claims: Claims) -> list[tuple[Said, Said]]:
        """Label and value of every field that has one, in order."""
        return self._labelled(claims, frozenset())

    def rows_apart(self, claims: Claims) -> list[tuple[Said, Said]]:
        """The rows of the fields that no sentence of the body names."""
        return self._labelled(claims, frozenset(PLACE.findall(self.body.zh)))

    def _labelled(self, claims: Claims, without: frozenset[str]) -> list[tuple[Said, Said]]:
        pairs = ((field, field.shown(value)) for field, value in zip(self.fields, claims.fields, strict=True))
        return [(field.label, value) for field, value in pairs if value is not None and field.id not in without]

    def sentence(self, claims: Claims, said: Sentence) -> Sentence:
        """``said`` with the values in it, which may be longer than a template's own sentence.

        What a value holds is never read as a place again.
        """
        values = self._values(claims)
        return Sentence.model_construct(
            zh=PLACE.sub(lambda place: values[place[1]].zh, said.zh),
            en=PLACE.sub(lambda place: values[place[1]].en, said.en),
        )

    def paragraphs(self, claims: Claims) -> list[list[Run]]:
        """The Chinese body by paragraphs, each in runs, so that a paper can set the values apart."""
        values = self._values(claims)
        paragraphs = []
        for line in self.body.zh.splitlines():
            # A split by a pattern with one group: words, place, words, place, …, words.
            pieces = enumerate(PLACE.split(line))
            runs = [Run(values[piece].zh, True) if at % 2 else Run(piece, False) for at, piece in pieces]
            paragraphs.append([run for run in runs if run.text])
        return paragraphs

    def _values(self, claims: Claims) -> dict[str, Said]:
        values = {
            "name": Said(zh=claims.name, en=claims.name),
            "number": Said(zh=claims.stars, en=claims.stars),
        }
        for field, value in zip(self.fields, claims.fields, strict=True):
            values[field.id] = field.shown(value) or Said(zh="—", en="—")
        return values


def wording(value: object) -> Wording:
    """The wording in a decoded template. Raises ``Malformed``, naming the place and not the content."""
    return shaped(Wording, value)


def shaped(model: type[M], value: object) -> M:
    """``value`` as ``model``. Raises ``Malformed``."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Malformed(f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]) from None
