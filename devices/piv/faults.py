"""Why a PIV card is of no use now, beside what any card can do wrong."""

from __future__ import annotations


class NoKey(Exception):
    """No certificate in the place of key 9A, or a key that is not asked here. The text quotes no content."""


class WrongPin(Exception):
    """``tries`` are left by the card's own word, None where it does not tell; with none the card is blocked."""

    def __init__(self, tries: int | None) -> None:
        super().__init__("not the card's PIN")
        self.tries = tries
