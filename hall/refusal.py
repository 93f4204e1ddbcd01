"""How the hall says no to a kiosk."""

from __future__ import annotations

from typing import Literal

Word = Literal[
    "malformed",
    "signature",
    "counter",
    "code",
    "wrong-kiosk",
    "revoked",
    "no-account",
    "fork",
    "too-long",
    "too-slow",
    "too-many",
    "exhausted",
    "unavailable",
    "not-found",
    "method",
    "broken",
]


class Refusal(Exception):
    """A request the hall won't serve: an HTTP status and one word. What was written before it is kept."""

    def __init__(self, status: int, word: Word, retry_after: int | None = None) -> None:
        super().__init__(word)
        self.status = status
        self.word: Word = word
        self.retry_after = retry_after
        """Seconds after which the kiosk may ask again."""
