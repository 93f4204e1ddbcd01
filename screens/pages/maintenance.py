"""Pages of the maintenance mode: for a technician's eyes only, and without a word about any citizen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Final

from screens.pages.certificates import Picture
from screens.pages.page import LEAVE, NONE, Answer, Choice, Nav, Page
from screens.words import Words

PIN_LEAST: Final = 6
PIN_MOST: Final = 8
"""The digits of a PIN. Source: NIST SP 800-73-4 part 2, 2.4.3."""

LEVELS: Final = 10
"""The highest level of volume and brightness; 0 is the lowest."""

_DIGITS: Final = tuple(range(10))


@dataclass(frozen=True, slots=True)
class Badge:
    """Who stands there (技术员 T-014), and which machine it is (03 号机 · K-0203)."""

    who: Words
    place: Words


@dataclass(frozen=True)
class MaintenancePage(Page[Answer]):
    """What every page of the maintenance mode has: the badge in its header, five minutes, and one way out.

    ``bare``: it fills the window, without header and foot.
    """

    badge: Badge
    bare: ClassVar[bool] = False
    seconds: ClassVar[int] = 300
    nav: ClassVar[frozenset[Nav]] = LEAVE


@dataclass(frozen=True)
class EnterPin(MaintenancePage[str | Nav]):
    """The PIN of the work card, by keypad. ``problem`` says what was wrong with the last one.

    ``scrambled``: the ten digits in the order of the keys, from the top left; anew for each page.
    Answers the digits, ``PIN_LEAST`` to ``PIN_MOST``. Raises ``ValueError`` for an order without each digit once.
    """

    title: Words
    lead: Words
    problem: Words | None
    scrambled: tuple[int, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if tuple(sorted(self.scrambled)) != _DIGITS:
            raise ValueError("a keypad has each of the ten digits once")


class Sign(StrEnum):
    """How a part stands: it works, needs a look soon, is broken, or gives no answer."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the kiosk: how it stands in plain words, and its failure code, "" where nothing failed.

    ``test``: there is a test for it.
    """

    key: str
    icon: str
    name: Words
    line: Words
    code: str
    sign: Sign
    test: bool


@dataclass(frozen=True)
class Upkeep(MaintenancePage[str | Nav]):
    """The first page of the maintenance mode: every part, what became of unsure papers, and what can be done.

    ``uncertain``: papers of which nobody knows whether they came out.
    Answers: ``test:<key of a part>``, ``code:<code>``, ``uncertain``, or a deed's key.
    """

    parts: tuple[Part, ...]
    uncertain: Choice | None
    deeds: tuple[Choice, ...]


class TestState(StrEnum):
    """How far one test of several is."""

    WAITS = "waits"
    RUNS = "runs"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test; ``at`` is when it was judged ("09:43"), "" before."""

    name: Words
    state: TestState
    at: str


@dataclass(frozen=True)
class Testing(MaintenancePage[str | Nav]):
    """A guided test: all of them, the one under way (row ``at``), and the question that a person must judge.

    ``points``: what to look at. ``told``: what the device itself said. ``picture``: how the paper should look.
    Answers: a deed's key. ``pass`` is the primary key, ``fail`` stands beside it; ``again``, ``back`` and ``stop``
    below them.
    """

    title: Words
    rows: tuple[TestRow, ...]
    at: int
    question: Words
    points: tuple[Words, ...]
    told: tuple[Words, ...]
    picture: Picture | None = field(repr=False)
    deeds: tuple[Choice, ...]


@dataclass(frozen=True)
class TouchTest(MaintenancePage[str | Nav]):
    """Fields over the whole screen that must each be touched. Answers: ``pass`` when all were, ``fail`` by a key.

    ``columns`` and ``rows`` of an upright panel; a wide one has them the other way round.
    Raises ``ValueError`` for fields too many for a finger: at most 6 columns of 14.
    """

    title: Words
    columns: int
    rows: int

    def __post_init__(self) -> None:
        if not (1 <= self.columns <= 6 and 1 <= self.rows <= 14):
            raise ValueError("there is no room for so many fields")


@dataclass(frozen=True)
class ColourTest(MaintenancePage[str | Nav]):
    """The whole window in one colour after the other, by touch. Answers: ``seen`` after the last."""

    bare: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Finding:
    """A row to be read. ``code``: a failure code with a page of its own, "" for none."""

    icon: str
    title: Words
    line: Words | None = None
    code: str = ""
    sign: Sign | None = None


@dataclass(frozen=True)
class Findings(MaintenancePage[str | Nav]):
    """What was found, row by row, and what can be done about it.

    Answers: a deed's key, or ``code:<code>``. The first deed is the primary key, unless the deeds are ``equal``:
    then none of them looks like the one that is expected.
    """

    title: Words
    lead: Words | None
    rows: tuple[Finding, ...]
    deeds: tuple[Choice, ...]
    equal: bool = False


@dataclass(frozen=True)
class FailureGuide(MaintenancePage[str | Nav]):
    """The page of a failure code: its cause, what the citizen is told, what to do. Answers: ``back``."""

    code: str
    name: Words
    cause: Words
    citizen: Words
    steps: tuple[Words, ...]


@dataclass(frozen=True)
class Adjust(MaintenancePage[str | Nav]):
    """Volume and brightness, 0 to ``LEVELS``; ``brightness`` None: this panel has none that can be set.

    Answers: ``volume:<n>``, ``brightness:<n>``, ``back``. Raises ``ValueError`` for a level that there is not.
    """

    volume: int
    brightness: int | None

    def __post_init__(self) -> None:
        if not all(0 <= level <= LEVELS for level in (self.volume, self.brightness or 0)):
            raise ValueError(f"levels go from 0 to {LEVELS}")


@dataclass(frozen=True)
class AskDeed(MaintenancePage[str | Nav]):
    """One question before a deed. ``grave``: it can't be undone from here. Answers: ``deed``, ``back``."""

    title: Words
    lead: Words
    deed: Words
    icon: str
    grave: bool


@dataclass(frozen=True)
class AtWork(MaintenancePage[None]):
    """A device works; nothing is asked and nothing counts down."""

    title: Words
    lead: Words
    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class Awaiting(MaintenancePage[Any]):
    """Something is waited for that nobody presses. Answers: what came, or a deed's key."""

    title: Words
    lead: Words
    icon: str
    deeds: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class AwaitCard(Awaiting):
    """A card is to be laid down, or to say something; the answer is what its reader tells.

    ``own``: only the reader counts in which this visit's own card lies.
    """

    own: bool = False
    awaits_document: ClassVar[bool] = True


@dataclass(frozen=True)
class AwaitCode(Awaiting):
    """A code is to be held under the scanner; the answer is its bytes, or the scanner's ``Fault``."""

    scans: ClassVar[bool] = True
