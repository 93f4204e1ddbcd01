"""Pages of a person's own affairs: the account, its phone, what is kept and who read it, and who stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any, ClassVar, Final

from screens.pages.page import Choice, Confirmed, Nav, Page
from screens.words import Words

MOST_IN_A_CODE: Final = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the notice: what is kept, what for, and how long."""

    what: Words
    why: Words
    until: Words


@dataclass(frozen=True)
class Notify(Page[Confirmed | str | Nav]):
    """What the law wants said before an account is opened.

    ``rights``: what the citizen may ask for later. ``agree`` is the primary key's word, ``decline`` that of the other.
    ``holder`` is masked. Answers: ``Confirmed``, or ``"decline"``.
    """

    title: Words
    lead: Words
    kept: tuple[Kept, ...]
    rights: Words
    agree: Words
    decline: Words
    holder: str = field(repr=False)


@dataclass(frozen=True)
class Bind(Page[str | Nav]):
    """A code for the phone to scan, and boxes for the four digits that only the phone then shows.

    ``code``: what the QR code says. ``lives``: seconds from now until it is of no use any more.
    ``kiosk``: this machine and its place, as the phone names it too. ``holder`` is masked. ``purpose`` is the title.
    Answers: four digits; ``"skip"``; or ``"expired"`` by itself when ``lives`` seconds are over.
    Raises ``ValueError`` for a code that would be too dense for a phone.
    """

    code: str = field(repr=False)
    lives: int
    kiosk: Words
    holder: str = field(repr=False)
    purpose: Words
    lead: Words
    skip: Words
    problem: Words | None = None
    seconds: ClassVar[int] = 120

    def __post_init__(self) -> None:
        if not 0 < len(self.code) <= MOST_IN_A_CODE:
            raise ValueError(f"a code says 1 to {MOST_IN_A_CODE} characters")


@dataclass(frozen=True)
class LayAgain(Page[object]):
    """Lay a document down: the one of this visit again, or a better one.

    ``document`` names it, ``icon`` draws it; ``problem`` says why the last one was of no use. ``own``: only what
    lies in the visit's own reader counts, as a passport that is being opened.
    Answers: the ``Holder`` that the session hands in, or a ``Nav`` key.
    """

    title: Words
    lead: Words
    document: Words
    icon: str
    problem: Words | None = None
    own: bool = False
    awaits_document: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Progress:
    """Something applied for, and how far it is: ``step`` of ``steps`` are done, ``line`` says what comes next."""

    what: Words
    line: Words
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One read of this person's data: when ("11-20 09:41"), by whom, what of it, and what for."""

    at: str
    who: Words
    what: Words
    why: Words


@dataclass(frozen=True)
class MyPage(Page[str | Nav]):
    """What the hall keeps of this person, how it stands, and who read it.

    ``name`` and ``number`` are masked; ``name_full`` is shown while a key is held down.
    ``seen``: the newest reads of the last thirty days, ``seen_count`` all of them.
    ``certificates``: how many were issued. ``expiring`` and ``channels``: one sentence each, for what ends soon and
    what is bound.
    Answers: ``"print"``, ``"question"`` (a read that the person does not know), ``"certificates"``, ``"expiring"``,
    ``"channels"``, ``"tickets"``, ``"applied"``, ``"reads"``.
    """

    name: str = field(repr=False)
    name_full: str = field(repr=False)
    number: str = field(repr=False)
    applied: tuple[Progress, ...] = field(repr=False)
    seen: tuple[Seen, ...] = field(repr=False)
    seen_count: int
    certificates: int
    expiring: tuple[Words, ...] = field(repr=False)
    channels: tuple[Words, ...] = field(repr=False)


@dataclass(frozen=True)
class Listing(Page[str | Nav]):
    """A titled list; each row is a key. ``deed`` is the primary key, ``empty`` stands where there is no row.

    Answers: the ``key`` of a row or of the deed. A row whose key is "" is only read and cannot be pressed.
    """

    title: Words
    lead: Words | None
    rows: tuple[Choice, ...] = field(repr=False)
    deed: Choice | None = None
    empty: Words | None = None


@dataclass(frozen=True)
class TypeCode(Page[Any]):
    """Capital letters and digits, ``least`` to ``most`` of them: a passport's number, a company's credit code.

    ``letters``: the capital letters that may stand in it. ``masked``: shown as dots, its last two characters apart.
    ``problem`` says what was wrong with the last answer. A code under the scanner is an answer too, as on ``ScanCode``.
    Raises ``ValueError`` for limits that no answer can meet.
    """

    title: Words
    lead: Words
    label: Words
    most: int
    least: int
    letters: str = ascii_uppercase
    problem: Words | None = None
    masked: bool = False
    scans: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not 0 < self.least <= self.most <= 24 or not set(self.letters) <= set(ascii_uppercase):
            raise ValueError("a code has 1 to 24 capital letters and digits")


@dataclass(frozen=True)
class StepUp(Page[str | Nav]):
    """This matter needs more proof of who stands there.

    ``have``: what was shown so far. ``need``: what the matter asks for. Answers: the ``key`` of one of ``ways``.
    """

    title: Words
    lead: Words
    have: Words
    need: Words
    ways: tuple[Choice, ...]
