"""An event that the hall cannot apply, and the strict reading of what events carry."""

from __future__ import annotations

from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from offline_cache.envelope import Event

B = TypeVar("B", bound=BaseModel)

LESS_PROOF: Final = "less proof than the service needs"
"""Why a ticket is parked whose number staff are shown (``hall/web/unqueued.py``): somebody holds its paper."""


class Poison(Exception):
    """An event that can't be applied. The text names the rule and quotes no content."""


def parsed(kind: type[B], event: Event) -> B:
    """The body of ``event`` as what its kind should be. Raises ``Poison``."""
    try:
        return kind.model_validate(event.body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"][:1] if part in kind.model_fields)
        raise Poison(f"body: {first['type']} {field}".rstrip()) from None
