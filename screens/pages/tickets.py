"""Pages of a queue ticket, from the first page after the card to what is done with a ticket."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from screens.pages.page import LEAVE, Choice, Confirmed, Nav, Open, Page
from screens.words import Words


@dataclass(frozen=True, slots=True)
class Wait:
    """How the queue stands: people ahead, estimated minutes, and how old that is.

    ``as_of`` is "14:05" where the numbers are not live, None where they are.
    """

    ahead: int
    minutes: int
    as_of: str | None = None


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
class ActingFor:
    """For whom the person at the kiosk acts: what that one is to the matter, and the masked name and number."""

    label: Words
    who: str = field(repr=False)


@dataclass(frozen=True)
class Review(Page[About | Confirmed | Nav]):
    """Everything the ticket will say, and what to bring, before it is printed.

    ``holder`` is the person at the kiosk, masked; ``acting`` the one whose matter it is, where that is somebody else.
    """

    matters: tuple[Matter, ...]
    window: Words
    wait: Wait | None
    materials: tuple[Words, ...]
    holder: str
    booked: Booked | None = None
    acting: ActingFor | None = None


@dataclass(frozen=True)
class Guide(Page[Nav]):
    """One matter explained: who it is for, what to bring, fee, time limit."""

    name: Words
    guide: Words
    materials: tuple[Words, ...]
    fee: Words
    time_limit: Words
    sample: bool = False


@dataclass(frozen=True)
class HaveTicket(Page[str | Nav]):
    """The person waits already for this matter: the ticket, and what can be done with it."""

    number: str
    matters: tuple[Words, ...]
    wait: Wait | None
    window: Words
    note: Words | None
    keys: tuple[Choice, ...]
