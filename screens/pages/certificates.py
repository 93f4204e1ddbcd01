"""Pages of a certificate: its questions, its preview, and what a verified paper is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from screens.pages.page import Confirmed, Nav, Page
from screens.words import Words


class FillForm(StrEnum):
    """How an answer is typed, and the text that it gives.

    date ``2019-03-05`` · month ``2019-03`` · integer ``12`` · money, in yuan with its fen, ``3500.00``.
    Whether the day exists or the sum makes sense is for the flow to say.
    """

    DATE = "date"
    MONTH = "month"
    INTEGER = "integer"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that need not be asked for. ``source`` tells where it is from: the document, the hall's record."""

    label: Words
    value: str = field(repr=False)
    source: Words


@dataclass(frozen=True)
class Fill(Page[str | Nav]):
    """One question of a form, answered with digits.

    ``step`` of ``steps`` and ``subject`` (the certificate) stand above the title; 0 steps shows neither.
    ``digits``: the most an integer may have, or the yuan of a sum.
    ``problem`` says what was wrong with the last answer.
    """

    title: Words
    label: Words
    form: FillForm
    step: int = 0
    steps: int = 0
    subject: Words | None = None
    known: tuple[Known, ...] = ()
    digits: int = 9
    example: Words | None = None
    problem: Words | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a list: what it is and what it says. ``strong``: look here first."""

    label: Words
    value: Words = field(repr=False)
    strong: bool = False


class Picture(Protocol):
    """A page as dots, row by row from the top left, by their ``depth`` in bits.

    24: red, green and blue, without a gap. 1: 1 is black, most significant bit left, rows padded to bytes.
    """

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def depth(self) -> int: ...

    @property
    def dots(self) -> bytes: ...


@dataclass(frozen=True)
class Preview(Page[str | Confirmed | Nav]):
    """The very page that will be printed, before it is.

    ``picture``: that page, a pixel a dot. ``paper``: the sheet it goes on ("A4", "80 mm").
    ``note``: one sentence under the title. Answers: ``Confirmed``, or ``"change"`` where ``changeable``.
    """

    picture: Picture = field(repr=False)
    paper: Words
    facts: tuple[Fact, ...]
    changeable: bool = True
    step: int = 0
    steps: int = 0
    subject: Words | None = None
    note: Words | None = None


class Verdict(StrEnum):
    """What a certificate is worth; the values are the results of ``docs/certificate-format.md``."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET_REGISTERED = "not-yet-registered"
    STATUS_UNKNOWN = "status-unknown"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown-key"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    CHECK_CLOCK = "check-clock"


GENUINE: Final = frozenset(
    {Verdict.VALID, Verdict.EXPIRED, Verdict.REVOKED, Verdict.NOT_YET_REGISTERED, Verdict.STATUS_UNKNOWN}
)
"""The verdicts that may show what the certificate says. Nothing that a forged paper says is ever shown."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do now, and why or how."""

    title: Words
    line: Words | None = None
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and whether it was as it should be."""

    words: Words
    ok: bool


@dataclass(frozen=True)
class Verified(Page[str | Nav]):
    """What became of a paper held under the scanner.

    ``name`` is masked, ``name_full`` is shown while a key is held down; both empty where there is none.
    ``ended`` stands before the rows: since when and why it is no longer good.
    ``notes``: how old the lists are that the answer rests on, and what else was not looked at.
    Answers: ``"again"``. Raises ``ValueError`` for content with a verdict that may show none.
    """

    result: Verdict
    word: Words
    sentence: Words
    rows: tuple[Fact, ...] = ()
    name: str = field(default="", repr=False)
    name_full: str = field(default="", repr=False)
    advice: tuple[Advice, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[Words, ...] = ()
    ended: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        if self.result not in GENUINE and (self.rows or self.name or self.name_full or self.ended):
            raise ValueError(f"{self.result} shows nothing of the paper")
