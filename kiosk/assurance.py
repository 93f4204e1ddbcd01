"""How sure the kiosk is of who stands there. Source: docs/sync.md, "Levels", in the spirit of Guangdong's scale."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from devices.holder import Document, Holder, Proof


class Level(IntEnum):
    """The least first; a service or a certificate names the one that it needs."""

    NONE = 0
    TYPED = 1
    SOCIAL_CARD = 2  # a free read, so a claim
    PHONE = 3  # a bound phone agreed to it in this visit
    PASSPORT = 4  # signed by a state that we know; the chip may be a copy
    ID_CARD = 5  # through its security module
    STRONG = 6  # an ID card and the bound phone, or a passport whose chip proved itself

    @property
    def word(self) -> str:
        """As catalogue and wire write it."""
        return WORDS[self]


WORDS: Final = ("none", "typed", "social-card", "phone", "passport", "id-card", "strong")

_PASSPORTS: Final = {
    Proof.CLAIM: Level.SOCIAL_CARD,  # nobody we know signed it: it is worth what is written in it
    Proof.SIGNED: Level.PASSPORT,
    Proof.GENUINE: Level.STRONG,
}


def level_of(word: str) -> Level:
    """Raises ``ValueError`` for a word that is none of the levels."""
    return Level(WORDS.index(word))


def proven(holder: Holder, phone: bool) -> Level:
    """What a document proves, with or without a number matched on its holder's bound ``phone``."""
    match holder.document:
        case Document.PASSPORT:
            level = _PASSPORTS[holder.proof]
        case Document.RESIDENT_ID | Document.RESIDENCE_PERMIT | Document.FOREIGN_RESIDENT:
            level = Level.ID_CARD
        case _:
            level = Level.SOCIAL_CARD
    if not phone:
        return level
    return Level.STRONG if level is Level.ID_CARD else max(level, Level.PHONE)
