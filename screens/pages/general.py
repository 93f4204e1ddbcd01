"""Pages that belong to no one service: waiting, reading, asking, telling."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from screens.pages.page import LEAVE, NONE, Choice, Confirmed, Nav, Page
from screens.words import Words


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


@dataclass(frozen=True)
class Moment(Page[None]):
    """The visit is being brought to its end. Says nothing of whose it is."""

    seconds: ClassVar[int] = 0
    nav: ClassVar[frozenset[Nav]] = NONE


@dataclass(frozen=True)
class Confirm(Page[Confirmed | Nav]):
    """One grave question; the primary key says the deed, never "yes"."""

    title: Words
    lead: Words
    deed: Words
    icon: str = "circle-alert"


@dataclass(frozen=True)
class Menu(Page[str | Nav]):
    """A few big choices, one column.

    A question of a form says ``step`` of ``steps`` and its ``subject`` above the title; 0 steps says neither.
    """

    title: Words
    lead: Words | None
    choices: tuple[Choice, ...]
    step: int = 0
    steps: int = 0
    subject: Words | None = None


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
