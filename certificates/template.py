"""A kind of certificate as data: who issues it, what it asks, what it says, how long it holds.

The same shape is written as TOML by the issuer and travels, signed, in the
template document (docs/certificate-format.md, section 4.6). A version that was
once published never changes: papers that name it are checked against it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field as Bound
from pydantic import StringConstraints, model_validator

from certificates.claims import LONGEST_FIELD, MOST_FIELDS
from certificates.form import FormField, Id, Line, Said, Strict
from certificates.wording import Sentence, Wording, shaped


class Paper(StrEnum):
    A4 = "a4"
    SLIP = "80mm"


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
    copies: Annotated[int, Bound(ge=1, le=9)]
    offline: bool
    papers: Annotated[list[Paper], Bound(min_length=1, max_length=2)]
    valid_days: Annotated[int, Bound(ge=1, le=3_660)]
    seal: Seal
    icon: Line
    about: Said
    """One line on the kiosk: what it is for."""
    minimum_age: Annotated[int, Bound(ge=0, le=120)] = 0
    usual: dict[Id, Annotated[int, Bound(ge=1, le=LONGEST_FIELD)]] = Bound(default_factory=dict)
    """Characters that a text field usually holds; ``certificates.lint`` measures the usual code with them."""
    layout: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")] = "official"
    """The page of ``certificates/layouts`` that sets the A4 paper."""


class Template(Wording):
    """A kind whole, as its issuer writes it and a kiosk issues by it."""

    model_config = Strict.model_config

    fields: Annotated[tuple[FormField, ...], Bound(max_length=MOST_FIELDS)]
    note: Sentence
    issue: Issue

    @model_validator(mode="after")
    def _issuable(self) -> Self:
        self._places(self.note)
        if self.issue.offline and any(each.source.startswith("record.") for each in self.fields):
            raise ValueError("what needs the hall's record cannot be issued offline")
        return self

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
    return shaped(Template, value)
