"""Who a document says is standing there: the one answer of every reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Document(StrEnum):
    RESIDENT_ID = "resident-id"
    RESIDENCE_PERMIT = "residence-permit"  # for residents of Hong Kong, Macao and Taiwan
    FOREIGN_RESIDENT = "foreign-resident"  # the foreigner's permanent residence card
    SOCIAL_CARD = "social-card"
    PASSPORT = "passport"


class Proof(StrEnum):
    """What stands behind what a document says."""

    CLAIM = "claim"  # read freely, or signed by nobody we know: whoever wrote it may have said anything
    SIGNED = "signed"  # a state signed it, but the chip may be a copy
    GENUINE = "genuine"  # the chip itself proved that it is no copy


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


@dataclass(frozen=True, slots=True)
class Holder:
    """The person named on a document, checked as far as the document allows.

    ``number`` is what the document calls its holder: the 18 characters of GB 11643 on most cards, 15 on the
    foreigner's card of 2017, the passport's own number on a passport. ``state`` is the three letters of who
    issued a passport, or of a foreigner's nationality; empty on every other document. Nothing of this
    is printed by ``repr``: a traceback or a log line never names a citizen.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    document: Document
    sex: Sex = field(default=Sex.UNKNOWN, repr=False)
    birth: date | None = field(default=None, repr=False)
    expires: date | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    """The registered address, where the document carries one."""
    proof: Proof = Proof.CLAIM
    state: str = field(default="", repr=False)

    @property
    def identity(self) -> str:
        """One name for one person, whichever of their documents lies there.

        All 18-character numbers are of one series; any other is unique only among its kind and issuer.
        """
        return self.number if len(self.number) == 18 else f"{self.document.value}:{self.state}:{self.number}"
