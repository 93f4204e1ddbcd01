"""Acting for another: a guardian for a ward, an agent for a company. Both are shown, both are recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V and Z, which are too like digits. Source: GB 32100-2015, 5.1."""

_FORM: Final = re.compile(rf"[1-9ANY][1-9][0-9]{{6}}[{_ALPHABET}]{{9}}[{_ALPHABET}]")


LETTERS: Final = "".join(each for each in _ALPHABET if each.isalpha())
"""The capital letters of a credit code."""


class Kind(StrEnum):
    WARD = "ward"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom: a person by their citizen number, or a company by its credit code. Only a claim: the window checks it.

    ``masked`` may be shown and printed.
    """

    kind: Kind
    number: str = field(repr=False)
    masked: str = field(repr=False)


def company(code: str) -> str:
    """``code`` where it is a unified social credit code with a right check character.

    Raises ``ValueError``, which names the broken rule and never the code. Source: GB 32100-2015, MOD 31-3.
    """
    if not _FORM.fullmatch(code):
        raise ValueError("not a code of 18 characters")
    total = sum(_ALPHABET.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    if _ALPHABET[-total % 31] != code[17]:
        raise ValueError("wrong check character")
    return code
