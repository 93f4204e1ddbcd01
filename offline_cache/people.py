"""What the hall says about one person, to the kiosk where their document lies (docs/sync.md, "Who").

All of it dies with the visit. Each reading function raises ``Refused`` for what is not as agreed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from offline_cache.board import Answered, Natural, checked

AccountId = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{16}$")]
BindId = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{26}$")]
Line = Annotated[str, StringConstraints(max_length=120)]
Hash = Annotated[bytes, Field(min_length=32, max_length=32)]
Why = Annotated[str, StringConstraints(pattern=r"^[a-z-]{0,24}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


@dataclass(frozen=True, slots=True)
class Who:
    """A document that lies there, as the hall is told of it. ``level`` is a word of the levels."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    document: str
    state: str
    level: str

    def told(self) -> dict[str, str]:
        return {each: getattr(self, each) for each in ("name", "number", "document", "state", "level")}


class Said(Answered):
    zh: Line
    en: Line


class Channel(Answered):
    """A bound phone: by which channel, its masked account, since when, and from when it counts (ms)."""

    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,24}$")]
    shown: Line = Field(repr=False)
    since: Natural
    counts_from: Natural


class Applied(Answered):
    what: Said
    where: Said
    at: Natural
    step: Annotated[int, Field(ge=0, le=9)]
    steps: Annotated[int, Field(ge=1, le=9)]


class Ticket(Answered):
    number: Line
    what: Said
    state: Said
    at: Natural


class Certificate(Answered):
    short: Line
    what: Said
    at: Natural
    until: Day
    state: Said
    copies: Annotated[int, Field(ge=0, le=99)]


class Expiring(Answered):
    what: Said
    until: Day


class Read(Answered):
    """One look at this person's data."""

    at: Natural
    who: Said
    what: Said
    why: Said


Of = Literal["applied", "tickets", "certificates", "reads"]
"""The lists that go on behind the page."""


class Older(Answered):
    """Where each list goes on, for ``HallClient.older``; None where all of it is there."""

    applied: Natural | None
    tickets: Natural | None
    certificates: Natural | None
    reads: Natural | None


class Part(Answered):
    """More of a list, and where it goes on."""

    rows: Sequence[Answered]
    before: Natural | None


class _Applied(Part):
    rows: Annotated[list[Applied], Field(max_length=50)]


class _Tickets(Part):
    rows: Annotated[list[Ticket], Field(max_length=50)]


class _Certificates(Part):
    rows: Annotated[list[Certificate], Field(max_length=50)]


class _Reads(Part):
    rows: Annotated[list[Read], Field(max_length=50)]


_PARTS: Final[dict[Of, type[Part]]] = {
    "applied": _Applied,
    "tickets": _Tickets,
    "certificates": _Certificates,
    "reads": _Reads,
}


class Me(Answered):
    """A person's own page; the newest of each first, at most 20. ``read_count`` is of the last 30 days."""

    applied: Annotated[list[Applied], Field(max_length=20)]
    tickets: Annotated[list[Ticket], Field(max_length=20)]
    certificates: Annotated[list[Certificate], Field(max_length=20)]
    expiring: Annotated[list[Expiring], Field(max_length=20)]
    channels: Annotated[list[Channel], Field(max_length=20)]
    reads: Annotated[list[Read], Field(max_length=20)]
    read_count: Natural
    certificate_count: Natural
    older: Older

    def more(self, of: Of, part: Part) -> Me:
        """The page with ``part`` behind what it has of this list."""
        rows, older = [*getattr(self, of), *part.rows], self.older.model_copy(update={of: part.before})
        return self.model_copy(update={of: rows, "older": older})


class Account(Answered):
    """What the hall knows of a person. ``account`` is None where there is none; ``notice`` is what was agreed to."""

    account: AccountId | None
    channels: Annotated[list[Channel], Field(max_length=20)]
    notice: Natural


class _Mine(Answered):
    page: Me | None


class Begun(Answered):
    """A code to be scanned: ``url`` is what it says, ``until`` when it dies (ms, by the hall's clock)."""

    bind: BindId
    url: Annotated[str, StringConstraints(pattern=r"^HTTPS://[A-Z0-9.:-]{1,100}/B/[A-Z2-7]{26}$")]
    until: Natural


class Compared(Answered):
    """What became of four digits: ``shown`` and ``phone`` name the phone where they matched."""

    state: Literal["waiting", "wrong", "matched", "void"]
    shown: Line = Field(repr=False)
    phone: Hash | None = Field(repr=False)
    why: Why


class Bound(Answered):
    done: bool
    counts_from: Natural | None
    why: Why


class _Unbound(Answered):
    done: bool


def account(payload: dict[str, Any]) -> Account:
    return checked(Account, payload)


def mine(payload: dict[str, Any]) -> Me | None:
    return checked(_Mine, payload).page


def part(of: Of, payload: dict[str, Any]) -> Part:
    return checked(_PARTS[of], payload)


def begun(payload: dict[str, Any]) -> Begun:
    return checked(Begun, payload)


def compared(payload: dict[str, Any]) -> Compared:
    return checked(Compared, payload)


def bound(payload: dict[str, Any]) -> Bound:
    return checked(Bound, payload)


def unbound(payload: dict[str, Any]) -> bool:
    return checked(_Unbound, payload).done


def asked(who: Who, **more: object) -> Mapping[str, object]:
    """The body of a request about ``who``."""
    return {"who": who.told(), **more}
