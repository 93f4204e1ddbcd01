"""Who this visit is for, as far as it is known. Lives in the flow's locals and dies with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from devices.holder import Document, Holder
from kiosk.acting import Acting
from kiosk.assurance import Level, proven
from screens.words import Words

DOCUMENTS: Final = {
    Document.RESIDENT_ID: Words("身份证", "ID card"),
    Document.RESIDENCE_PERMIT: Words("居住证", "residence permit"),
    Document.FOREIGN_RESIDENT: Words("永居证", "permanent residence card"),
    Document.SOCIAL_CARD: Words("社保卡", "social security card"),
    Document.PASSPORT: Words("护照", "passport"),
}

CARD: Final = Words("卡", "card")
"""A card that is not one of the documents, or was not read."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """With a document: its ``holder``. Without: a typed number, or nothing.

    A typed number is a claim: it goes to the hall with the ticket and is never
    looked up here, so it can neither show nor block what belongs to a holder.
    ``phone``: the holder's bound phone agreed in this visit. ``acting``: for whom the holder is here.
    ``inside``: the document that lies in the machine, where it is another than the one that proves most.
    """

    holder: Holder | None = None
    typed: str = field(default="", repr=False)
    watched: bool = False
    phone: bool = False
    acting: Acting | None = None
    inside: Document | None = None

    @property
    def via(self) -> str:
        return "card" if self.holder else "typed" if self.typed else "none"

    @property
    def level(self) -> Level:
        if self.holder:
            return proven(self.holder, self.phone)
        return Level.TYPED if self.typed else Level.NONE

    @property
    def document(self) -> Words | None:
        """The card still lying in a reader that can tell when it is taken, by name."""
        return DOCUMENTS[self.inside or self.holder.document] if self.holder and self.watched else None

    def age(self, today: date) -> int | None:
        birth = self.holder.birth if self.holder else None
        return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)) if birth else None

    def owns(self, other: Holder) -> bool:
        """Whether that document belongs to the person of this visit."""
        return self.holder is not None and self.holder.identity == other.identity

    def may(self, needs: Level) -> bool:
        """Whether this is proof enough for what ``needs`` so much."""
        return self.level >= needs
