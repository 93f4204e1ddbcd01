"""The documents of persons: what their numbers look like, what each proves at most, and how little of them is shown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, Literal

from hall.people.levels import Level

DocumentName = Literal["resident-id", "residence-permit", "foreign-resident", "social-card", "passport"]

ALONE: Final[dict[DocumentName, frozenset[Level]]] = {
    "resident-id": frozenset({"id-card"}),
    "residence-permit": frozenset({"id-card"}),
    "foreign-resident": frozenset({"id-card"}),
    "social-card": frozenset({"social-card"}),
    "passport": frozenset({"social-card", "passport", "strong"}),
}
"""What a document can prove by itself. A passport that nobody we know signed is a claim like the social card."""

WITH_PHONE: Final[dict[DocumentName, frozenset[Level]]] = {
    "resident-id": frozenset({"id-card", "strong"}),
    "residence-permit": frozenset({"id-card", "strong"}),
    "foreign-resident": frozenset({"id-card", "strong"}),
    "social-card": frozenset({"social-card", "phone"}),
    "passport": frozenset({"social-card", "phone", "passport", "strong"}),
}
"""And at most, where the holder's bound phone may have agreed."""

_CITIZEN: Final = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_CARD_OF_2017: Final = re.compile(r"[A-Z]{3}[0-9]{12}", re.ASCII)
_PASSPORT: Final = re.compile(r"[A-Z0-9]{1,14}", re.ASCII)
_STATE: Final = re.compile(r"[A-Z]{1,3}", re.ASCII)

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"

_LATIN: Final = "\u0250"
"""Letters below this one are Latin."""


def citizen(number: str) -> bool:
    """Whether ``number`` has the 18 characters of GB 11643 and the right check character (ISO 7064, MOD 11-2)."""
    if not _CITIZEN.fullmatch(number):
        return False
    return _CHECKS[sum(w * int(digit) for w, digit in zip(_WEIGHTS, number, strict=False)) % 11] == number[17]


def birth_of(number: str) -> str:
    """The day of birth within a number of 18 characters, ``1980-01-01``; nothing where that is no day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat()
    except ValueError:
        return ""


def fits(document: DocumentName, number: str, state: str) -> bool:
    """Whether a document of this kind can have this number and this state (three letters, or none)."""
    if document == "passport":
        return bool(_PASSPORT.fullmatch(number) and _STATE.fullmatch(state))
    if document == "foreign-resident":
        return bool(citizen(number) or _CARD_OF_2017.fullmatch(number)) and (not state or bool(_STATE.fullmatch(state)))
    return citizen(number) and not state


def identity(document: str, number: str, state: str) -> str:
    """One name for one person, whichever of their documents lies there (docs/sync.md, "Who")."""
    return number if len(number) == 18 else f"{document}:{state}:{number}"


def masked_name(name: str) -> str:
    """``王*明`` for 王小明, ``王*`` for 王明, ``WANG *`` for WANG XIAOMING; of every name something stays hidden."""
    letters = "".join(sign for sign in name if _letter(sign))
    if letters and max(letters) < _LATIN:
        family = "".join(sign for sign in name.split()[0] if _letter(sign))
        return f"{family[:24]} *" if 0 < len(family) < len(letters) else f"{letters[0]}*" if len(letters) > 1 else "*"
    if len(letters) < 3:
        return f"{letters[0]}*" if len(letters) == 2 else "*"
    return f"{letters[0]}*{letters[-1]}"


def masked_number(number: str) -> str:
    """Three characters at the front and four at the end of a citizen number; of shorter ones the last two."""
    return f"{number[:3]}{'*' * 11}{number[-4:]}" if len(number) == 18 else "*" * (len(number) - 2) + number[-2:]


def only_where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Both texts with everything hidden that they have in common at the same place."""
    if len(one) != len(other):
        return one, other
    pairs = list(zip(one, other, strict=True))
    return "".join("*" if a == b else a for a, b in pairs), "".join("*" if a == b else b for a, b in pairs)


def _letter(sign: str) -> bool:
    """No blank, dot, mark over another, control byte or turn of direction; private use is, as in GB 18030."""
    kind = unicodedata.category(sign)
    return kind[0] not in "CMPZ" or kind == "Co"
