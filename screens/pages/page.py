"""What every page has, and the small things that many pages show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import ClassVar, Final, Generic, TypeVar

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
    ``awaits_document``: a document laid down is an answer too (its ``Holder``), and does not change the visit.
    """

    seconds: ClassVar[int] = 75
    insists: ClassVar[bool] = True
    scans: ClassVar[bool] = False
    farewell: ClassVar[bool] = False
    awaits_card: ClassVar[bool] = False
    awaits_document: ClassVar[bool] = False
    nav: ClassVar[frozenset[Nav]] = ALL


CARD_TAKEN: Final = "card-taken"


class Open(StrEnum):
    """Whether something can be done now. A closed thing always says why.

    ``STEP``: it can, once the person has shown more of who they are.
    """

    YES = "yes"
    OFFLINE = "offline"
    STEP = "step"
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
class Confirmed:
    """The one main action of the page."""
