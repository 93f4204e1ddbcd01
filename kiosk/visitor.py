"""Who this visit is for, as far as it is known. Lives in the flow's locals and dies with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from devices.holder import Document, Holder
from screens.words import Words

DOCUMENTS = {
    Document.RESIDENT_ID: Words("身份证", "ID card"),
    Document.SOCIAL_CARD: Words("社保卡", "social security card"),
}

PROOFS = {"id-card": Document.RESIDENT_ID}
"""The document that each ``assurance`` of a template asks for. Only the ID card, read through its SAM, is no copy."""

CARD = Words("卡", "card")
"""A card that is not one of the documents, or was not read."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """With a card: its ``holder``. Without: a typed number, or nothing.

    A typed number is a claim: it goes to the hall with the ticket and is never
    looked up here, so it can neither show nor block what belongs to a holder.
    """

    holder: Holder | None = None
    typed: str = field(default="", repr=False)
    watched: bool = False

    @property
    def via(self) -> str:
        return "card" if self.holder else "typed" if self.typed else "none"

    @property
    def document(self) -> Words | None:
        """The card still lying in a reader that can tell when it is taken, by name."""
        return DOCUMENTS[self.holder.document] if self.holder and self.watched else None

    def age(self, today: date) -> int | None:
        birth = self.holder.birth if self.holder else None
        return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)) if birth else None

    def proves(self, assurance: str) -> bool:
        """Whether the document that was read is proof enough for a certificate."""
        return self.holder is not None and self.holder.document is PROOFS[assurance]

    def may(self, needs: str) -> bool:
        """Whether this is proof enough for a service that ``needs`` none, typed or card."""
        proofs = ("none", "typed", "card")
        return proofs.index(self.via) >= proofs.index(needs)
