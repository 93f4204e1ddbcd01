"""Who a document says is standing there: the one answer of every card reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Document(StrEnum):
    RESIDENT_ID = "resident-id"
    SOCIAL_CARD = "social-card"


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


@dataclass(frozen=True, slots=True)
class Holder:
    """The person named on a document, checked as far as the document allows.

    ``number`` is the 18 character citizen number with a right check digit
    (GB 11643). Nothing of this is printed by ``repr``: a traceback or a log
    line never names a citizen.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    document: Document
    sex: Sex = field(default=Sex.UNKNOWN, repr=False)
    birth: date | None = field(default=None, repr=False)
    expires: date | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    """The registered address, where the document carries one."""
