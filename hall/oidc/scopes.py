"""What a department can ask for: five things and the sign-in itself, each by its own word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

OPENID: Final = "openid"
ASSURANCE: Final = "assurance"

CLAIMS: Final = {
    OPENID: "sub",
    "name": "name",
    "number": "citizen_number",
    "birth": "birthdate",
    "phone_bound": "phone_bound",
    ASSURANCE: "acr",
}
"""Each scope and the one claim that it opens."""

SCOPES: Final = tuple(CLAIMS)


def ordered(scopes: Iterable[str]) -> list[str]:
    """``scopes`` in our order, each once. Raises ``ValueError`` for a word that is none."""
    given = set(scopes)
    if strange := given - set(SCOPES):
        raise ValueError(f"no scope {', '.join(sorted(strange))}")
    return [scope for scope in SCOPES if scope in given]


def written(scopes: Iterable[str]) -> str:
    """As a consent is stored and as it is asked for: ``openid name``."""
    return " ".join(ordered(scopes))
