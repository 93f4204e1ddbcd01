"""The pages of a visit: what one screen shows and what it asks, as plain data.

A flow makes a page, the window shows the screen made for it, and the screen
gives one answer. Nothing here knows Qt, so flows are played in tests by script.
Everything shown to a citizen is ``Words`` or an already masked ``str``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, ClassVar, Final, Generic, TypeVar

from screens.words import Words

Answer = TypeVar("Answer")


class Nav(Enum):
    """The keys of the frame, alike on every page; a page names those that apply."""

    BACK = "back"
    HOME = "home"
    LEAVE = "leave"


ALL: Final = frozenset(Nav)
LEAVE: Final = frozenset({Nav.LEAVE})
NONE: Final[frozenset[Nav]] = frozenset()


@dataclass(frozen=True)
class Page(Generic[Answer]):
    """What every page has; ``Answer`` is the type of what it gives back.

    ``seconds``: how long it waits for an answer (doubled in elder mode).
    ``insists``: at the end of that time the citizen is warned and may stay;
    otherwise the page just ends, with ``None`` as its answer.
    ``scans``: a code under the scanner is an answer too.
    ``farewell``: the card may be taken now without ending the visit; ``awaits_card``: that it was
    taken is an answer (``CARD_TAKEN``).
    """

    seconds: ClassVar[int] = 75
    insists: ClassVar[bool] = True
    scans: ClassVar[bool] = False
    farewell: ClassVar[bool] = False
    awaits_card: ClassVar[bool] = False
    nav: ClassVar[frozenset[Nav]] = ALL


CARD_TAKEN: Final = "card-taken"


class Open(StrEnum):
    """Whether something can be done now. A closed thing always says why."""

    YES = "yes"
    OFFLINE = "offline"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One key: ``key`` is the answer it gives. ``line`` says more, or why it is closed."""

    key: str
    icon: str
    title: Words
    line: Words | None = None
    open: Open = Open.YES


@dataclass(frozen=True, slots=True)
class Wait:
    """How the queue stands: people ahead, estimated minutes, and how old that is.

    ``as_of`` is "14:05" where the numbers are not live, None where they are.
    """

    ahead: int
    minutes: int
    as_of: str | None = None


@dataclass(frozen=True)
class Attract(Page[str]):
    """The screen that waits for people: what to lay down, and what can be done now."""

    documents: tuple[Choice, ...]
    keys: tuple[Choice, ...]
    now_open: tuple[Choice, ...]
    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class OutOfService(Page[None]):
    """The whole kiosk can do nothing now: what, why, where else, and the failure code."""

    title: Words
    lead: Words
    code: str
    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class Reading(Page[None]):
    """A card lies there and is being read."""

    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking for today: ``when`` is "10:00–10:15"."""

    key: str
    title: Words
    when: str
    where: Words
    open: Open = Open.YES


@dataclass(frozen=True)
class Home(Page[str]):
    """After the card: greeting, booking, the services, what the person likely came for.

    ``document`` names the card that lies in the machine; empty where nobody knows whether it still does.
    """

    name: str
    greeting: Words
    document: Words
    booked: Booked | None
    tiles: tuple[Choice, ...]
    suggested: tuple[Choice, ...]
    nav: ClassVar[frozenset[Nav]] = LEAVE


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter that can be put on a ticket. ``why`` says why it is closed."""

    id: str
    name: Words
    line: Words
    groups: frozenset[str]
    minutes: int
    open: Open = Open.YES


@dataclass(frozen=True, slots=True)
class Group:
    """A life stage, a department or the often-used ones: one key of the rail."""

    id: str
    name: Words
    icon: str


@dataclass(frozen=True, slots=True)
class Tab:
    id: str
    name: Words
    icon: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The matters put on the ticket, in the order chosen."""

    matters: tuple[str, ...]


@dataclass(frozen=True)
class Services(Page[Chosen | Nav]):
    """Choose one or several matters (at most ``most``) from tabs, groups and pages."""

    tabs: tuple[Tab, ...]
    matters: tuple[Matter, ...]
    chosen: tuple[str, ...] = ()
    tab: str = ""
    most: int = 5


@dataclass(frozen=True, slots=True)
class About:
    """Asked on the review: tell me more about this matter, or take it off the ticket."""

    matter: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The one main action of the page."""


@dataclass(frozen=True)
class Review(Page[About | Confirmed | Nav]):
    """Everything the ticket will say, and what to bring, before it is printed."""

    matters: tuple[Matter, ...]
    window: Words
    wait: Wait | None
    materials: tuple[Words, ...]
    holder: str
    booked: Booked | None = None


@dataclass(frozen=True)
class Guide(Page[Nav]):
    """One matter explained: who it is for, what to bring, fee, time limit."""

    name: Words
    guide: Words
    materials: tuple[Words, ...]
    fee: Words
    time_limit: Words
    sample: bool = False


class Step(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Printing(Page[None]):
    """The ticket is recorded and on its way; each step is shown when it is known."""

    number: str
    steps: tuple[tuple[Words, Step], ...]
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
class TakeCard(Page[None]):
    """Only the card is left to take; ``alarm``: it has been forgotten."""

    document: Words
    alarm: bool
    seconds: ClassVar[int] = 0
    farewell: ClassVar[bool] = True
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class HaveTicket(Page[str | Nav]):
    """The person waits already for this matter: the ticket, and what can be done with it."""

    number: str
    matters: tuple[Words, ...]
    wait: Wait | None
    window: Words
    note: Words | None
    keys: tuple[Choice, ...]


@dataclass(frozen=True)
class Confirm(Page[Confirmed | Nav]):
    """One grave question; the primary key says the deed, never "yes"."""

    title: Words
    lead: Words
    deed: Words
    icon: str = "circle-alert"


@dataclass(frozen=True)
class Menu(Page[str | Nav]):
    """A few big choices, one column."""

    title: Words
    lead: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class TypeNumber(Page[str | Nav]):
    """The citizen number by keypad (18 characters, the last may be X). ``problem`` says what was wrong."""

    title: Words
    lead: Words
    problem: Words | None = None


@dataclass(frozen=True)
class ScanCode(Page[Any]):
    """Hold a code under the scanner. ``problem`` says why the last one was of no use.

    Answers: the bytes of a code, the scanner's ``Fault`` for what is none, or a ``Nav`` key.
    """

    title: Words
    lead: Words
    problem: Words | None = None
    scans: ClassVar[bool] = True


class Tone(StrEnum):
    """Done, closed (not broken), or broken."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Notice(Page[str | None]):
    """What happened, what to do now, whom to ask. ``code`` is the failure code, "" where nothing failed."""

    tone: Tone
    title: Words
    lead: Words
    can: tuple[Words, ...] = ()
    keys: tuple[Choice, ...] = ()
    code: str = ""
    seconds: ClassVar[int] = 30
    insists: ClassVar[bool] = False
    farewell: ClassVar[bool] = True
    nav: ClassVar[frozenset[Nav]] = LEAVE
