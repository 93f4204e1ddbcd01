"""Why a passport names nobody. Each text names the rule and quotes no content."""

from __future__ import annotations


class NotPassport(Exception):
    """No passport chip, or one that opens only in a way this reader does not know (PACE)."""


class WrongKey(Exception):
    """The chip does not open: the lines that were typed or scanned are not those of this passport."""


class Forged(Exception):
    """Somebody changed what a state signed, or the chip is not the one that the state gave out."""


class Unverifiable(Exception):
    """Nothing is wrong, and nothing is proven: no anchor of that state, or a method that is not known here."""
