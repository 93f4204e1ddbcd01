"""What is known for one certificate so far: from card, hall and citizen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from certificates.claims import Value
from certificates.form import FormField
from certificates.template import Template


@dataclass(frozen=True, slots=True)
class Form:
    """``values`` by the field's name."""

    template: Template
    values: Mapping[str, Value] = field(repr=False)

    def open(self) -> tuple[FormField, ...]:
        """The fields that only the citizen can answer."""
        return tuple(each for each in self.template.fields if each.source in ("typed", "chosen"))

    def having(self, name: str, value: Value) -> Form:
        return Form(self.template, {**self.values, name: value})

    def fields(self) -> tuple[Value, ...]:
        return tuple(self.values.get(each.id) for each in self.template.fields)
