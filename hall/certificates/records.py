"""What the departments know of a citizen, field by field, for one kind of certificate.

Each department is one provider behind ``Records``. The one here reads a file:
the demonstration's people, who are nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from certificates.claims import Value
from certificates.form import DAY_ZERO, Kind
from certificates.library import newest
from certificates.template import Template
from hall.state import Templates

DEMO: Final = Path(__file__).with_name("demo_records.toml")

Known = str | int | date | None
Fields = Mapping[str, Known]
"""Values by the name that a template's ``record.<name>`` gives them; money in fen, a month as its first day."""


class Unavailable(Exception):
    """The department does not answer, or not with what the certificate can hold."""


class Records(Protocol):
    def find(self, kind: str, name: str, number: str) -> Fields | None:
        """What is on record for ``kind``; None where nothing is, or under this number somebody else.

        Answers within 5 s. Raises ``Unavailable``.
        """


class _Person(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=40)]
    __pydantic_extra__: dict[str, dict[str, str | int | date]]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    person: dict[Annotated[str, StringConstraints(pattern=r"^99[0-9]{15}[0-9X]$")], _Person]


class FileRecords:
    """Records in a TOML file: ``[person.<number>]`` with ``name``, and a table for each kind."""

    def __init__(self, path: Path, today: Callable[[], str]) -> None:
        """Raises ``OSError``, ``ValueError`` for a file that holds no records or real citizen numbers."""
        try:
            self._people = _File.model_validate(tomllib.loads(path.read_text("utf-8"))).person
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path.name}: {error}") from None
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise ValueError(f"{path.name}: {first['msg']}") from None
        self._today = today

    def find(self, kind: str, name: str, number: str) -> Fields | None:
        person = self._people.get(number)
        if person is None or person.name != name or kind not in person.__pydantic_extra__:
            return None
        said = person.__pydantic_extra__[kind]
        return {what: date.fromisoformat(self._today()) if value == "today" else value for what, value in said.items()}


def known_kinds(templates: Templates) -> dict[str, Template]:
    """The newest template of each kind."""
    return {template.kind: template for template in newest(templates.values())}


def told(template: Template, found: Fields) -> dict[str, Value]:
    """Of ``found`` what the template asks of the record. Raises ``Unavailable`` where a value does not fit."""
    wanted = {field.source.removeprefix("record."): field for field in template.fields if field.source[:7] == "record."}
    values = {what: _written(field.kind, found.get(what)) for what, field in wanted.items()}
    if not all(wanted[what].fits(value) for what, value in values.items()):
        raise Unavailable
    return values


def _written(kind: Kind, value: Known) -> Value:
    """As the code on the paper holds it (docs/certificate-format.md, section 3)."""
    if not isinstance(value, date):
        return value
    return (value.year - DAY_ZERO.year) * 12 + value.month - 1 if kind is Kind.MONTH else (value - DAY_ZERO).days
