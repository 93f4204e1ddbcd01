"""What kiosks tell and ask about persons, strictly parsed (docs/sync.md)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from hall.people.documents import ALONE, DocumentName, fits
from hall.people.levels import Level
from hall.wire import Body, Day, Language, Line, Person, TicketId, Who

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


class AccountWish(Body):
    """``POST /v1/account``"""

    who: Who


class MeWish(Body):
    """``POST /v1/me``"""

    who: Who
    language: Language
