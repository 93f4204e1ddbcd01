"""Pages of what comes out: being printed, to be taken, and the card to take with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from screens.pages.page import NONE, Nav, Page
from screens.pages.tickets import Wait
from screens.words import Words


class Paper(StrEnum):
    """A slip of the thermal printer, or a sheet of A4."""

    SLIP = "slip"
    SHEET = "sheet"


class Step(StrEnum):
    """How far one thing to be done is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Printing(Page[None]):
    """The ticket, or a ``certificate``, is recorded and on its way; each step is shown when it is known."""

    number: str
    steps: tuple[tuple[Words, Step], ...]
    paper: Paper = Paper.SLIP
    certificate: bool = False
    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class TakeTicket(Page[str | None]):
    """The printer said that the slip is out. ``card`` names the document to take first, or is None.

    Answers: ``CARD_TAKEN``, ``"missing"`` (no slip came out), or None at its end.
    """

    number: str
    wait: Wait | None
    window: Words
    matters: int
    card: Words | None
    seconds: ClassVar[int] = 20
    insists: ClassVar[bool] = False
    farewell: ClassVar[bool] = True
    awaits_card: ClassVar[bool] = True
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class TakePaper(Page[str | None]):
    """The printer said that the certificate is out. ``card`` names the document to take first, or is None.

    ``note``: whether and where it can be printed again.
    Answers: ``CARD_TAKEN``, ``"missing"`` (no paper came out), or None at its end.
    """

    number: str
    paper: Paper
    card: Words | None
    note: Words | None = None
    seconds: ClassVar[int] = 20
    insists: ClassVar[bool] = False
    farewell: ClassVar[bool] = True
    awaits_card: ClassVar[bool] = True
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class TakeCard(Page[None]):
    """Only the card is left to take; ``alarm``: it has been forgotten."""

    document: Words
    alarm: bool
    seconds: ClassVar[int] = 0
    farewell: ClassVar[bool] = True
    nav: ClassVar[frozenset[Nav]] = NONE
