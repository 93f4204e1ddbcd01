"""A kind of certificate as data: who issues it, what it asks, what it says, how long it holds.

The same shape is written as TOML by the issuer and travels, signed, in the
template document (docs/certificate-format.md, section 4.6). A version that was
once published never changes: papers that name it are checked against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from certificates.cbor import Malformed
from certificates.claims import LONGEST_FIELD, MOST_FIELDS, Claims
from certificates.form import FormField, Id, Line, Said, Strict

HOLDER: Final = frozenset({"name", "number"})
"""What a sentence may name besides the fields."""

PLACE: Final = re.compile(r"\{([a-z0-9_]*)\}")

Prefix = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}[A-Z]{2}$")]


class Paper(StrEnum):
    A4 = "a4"
    SLIP = "80mm"


class Sentence(Strict):
    """Words with ``{name}``, ``{number}`` and ``{field}`` where values stand; lines are paragraphs."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=600)]


class Seal(Strict):
    """The round seal of the issuer: what stands below the star, and its number."""

    text: Line
    code: Annotated[str, StringConstraints(pattern=r"^99[0-9]{11}$")]


class Issue(Strict):
    """What concerns the kiosk alone. ``assurance`` is the least proof of who is there.

    ``copies``: papers one certificate may become, the original included.
    ``valid_days``: whole days after the day of issue.
    """

    assurance: Literal["id-card"]
    copies: Annotated[int, Field(ge=1, le=9)]
    offline: bool
    papers: Annotated[list[Paper], Field(min_length=1, max_length=2)]
    valid_days: Annotated[int, Field(ge=1, le=3_660)]
    seal: Seal
    icon: Line
    about: Said
    """One line on the kiosk: what it is for."""
    minimum_age: Annotated[int, Field(ge=0, le=120)] = 0
    usual: dict[Id, Annotated[int, Field(ge=1, le=LONGEST_FIELD)]] = Field(default_factory=dict)
    """Characters that a text field usually holds; ``certificates.lint`` measures the usual code with them."""
    layout: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")] = "official"
    """The page of ``certificates/layouts`` that sets the A4 paper."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: the template's own words, or a value that was put in."""

    text: str
    is_value: bool


class Template(Strict):
    type: Annotated[int, Field(ge=1, le=65_535)]
    version: Annotated[int, Field(ge=1, le=65_535)]
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,39}$")]
    prefix: Prefix
    title: Said
    issuer: Said
    fields: Annotated[list[FormField], Field(max_length=MOST_FIELDS)]
    body: Sentence
    note: Sentence
    issue: Issue

    @model_validator(mode="after")
    def _named(self) -> Template:
        ids = [each.id for each in self.fields]
        if len(set(ids)) != len(ids) or HOLDER & set(ids):
            raise ValueError("two fields with one name")
        for text in (self.body.zh, self.body.en, self.note.zh, self.note.en):
            if unknown := set(PLACE.findall(text)) - HOLDER - set(ids):
                raise ValueError(f"the wording names {sorted(unknown)[0]!r}, which is no field")
        if self.issue.offline and any(each.source.startswith("record.") for each in self.fields):
            raise ValueError("what needs the hall's record cannot be issued offline")
        return self

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

    def data(self) -> dict[str, Any]:
        """As it stands in the signed document: plain values with text and number keys."""
        return self.model_dump(mode="json") | {
            "fields": [
                field.model_dump(mode="json") | {"choices": {n: said.model_dump() for n, said in field.choices.items()}}
                for field in self.fields
            ]
        }


def template(value: Any) -> Template:
    """The template in a decoded value or in TOML. Raises ``Malformed``, naming the place and not the content."""
    try:
        return Template.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Malformed(f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]) from None
