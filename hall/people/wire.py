"""What kiosks tell and ask about persons, strictly parsed (docs/sync.md)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from hall.people.documents import ALONE, DocumentName, birth_of, citizen, fits
from hall.people.levels import Level
from hall.wire import Body, Day, Language, Line, Person, TicketId, Time, Who

Of = Literal["applied", "tickets", "certificates", "reads"]
"""The lists of a person's page that go on behind it."""

Version = Annotated[int, Field(ge=1, le=65_535)]


def _calendar(text: str) -> str:
    if text:
        date.fromisoformat(text)
    return text


DayOrNone = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"), AfterValidator(_calendar)]
"""A day of the calendar, or nothing."""


class AccountOpened(Body):
    """``account.opened``"""

    id: TicketId
    person: Person | None
    document: DocumentName
    level: Level
    notice: Version
    language: Language

    @model_validator(mode="after")
    def _no_more_than_the_document_proves(self) -> AccountOpened:
        if self.level not in ALONE[self.document]:
            raise ValueError("a level that this document does not prove")
        return self


class AccountClosed(Body):
    """``account.closed``"""

    account: TicketId


class ExtractIssued(Body):
    """``extract.issued``: a person's own page, about to be on paper."""

    id: TicketId
    day: Day
    account: TicketId


class ExtractSettled(Body):
    """``extract.settled``"""

    id: TicketId
    copy_: Literal[1] = Field(alias="copy")
    outcome: Literal["printed", "void", "uncertain"]
    fault: Annotated[Line, Field(max_length=32)] | None


class Told(Body):
    """What an opening seals of its person."""

    name: Annotated[Line, Field(min_length=1)] = Field(repr=False)
    number: str = Field(repr=False)
    document: DocumentName
    state: str = Field(repr=False)
    birth: DayOrNone = Field(repr=False)
    expires: DayOrNone = Field(repr=False)

    @model_validator(mode="after")
    def _a_number_of_this_document(self) -> Told:
        if not fits(self.document, self.number, self.state):
            raise ValueError("not a number of this document")
        return self

    @model_validator(mode="after")
    def _born_when_the_number_says(self) -> Told:
        """Anybody can write a day on a card; a number of 18 characters holds its own."""
        if citizen(self.number) and self.birth not in ("", birth_of(self.number)):
            raise ValueError("another birth than the number's")
        return self


class Kept(Told):
    """What an account seals of its person: an opening, and what later ones told of other documents."""

    others: Annotated[str, StringConstraints(pattern=r"^([a-z-]{1,24} [0-9]{4}-[0-9]{2}-[0-9]{2}(,|$))*$")] = Field(
        default="", repr=False
    )
    """The end of each: ``social-card 2027-01-01,passport 2030-01-31``."""


class AccountWish(Body):
    """``POST /v1/account``"""

    who: Who


class MeWish(Body):
    """``POST /v1/me``"""

    who: Who


class OlderWish(Body):
    """``POST /v1/me/older``"""

    who: Who
    list_: Of = Field(alias="list")
    before: Time
