"""What kiosks send, strictly parsed: the bodies of events and of requests (docs/sync.md)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from hall.people.documents import WITH_PHONE, DocumentName, fits, identity
from hall.people.levels import Level
from hall.refusal import Refusal
from offline_cache.envelope import EVENT_LIMIT, Refused, parse

MOST_EVENTS: Final = 500
EVENTS_LIMIT: Final = MOST_EVENTS * (EVENT_LIMIT + 3) + 16
"""Bytes in the longest body of ``POST /v1/events``."""
BODY_LIMIT: Final = 64_000
"""Bytes in the longest body of any other request."""

M = TypeVar("M", bound=BaseModel)

TicketId = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{16}$")]
Day = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
QueueId = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
Number = Annotated[str, StringConstraints(pattern=r"^([0-9]{2}-)?[A-Z][0-9]{3,5}$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$", max_length=64)]
Matter = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Person = Annotated[bytes, Field(min_length=32, max_length=32)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Time = Annotated[int, Field(ge=0, lt=2**53)]
CopyNumber = Annotated[int, Field(ge=1, le=99)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z-]{2,12}$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Who(Body):
    """Whose document lies at the kiosk that asks. Nothing of it is printed by ``repr``."""

    name: Annotated[Line, Field(min_length=1)] = Field(repr=False)
    number: Annotated[str, Field(max_length=18)] = Field(repr=False)
    document: DocumentName
    state: Annotated[str, Field(max_length=3)] = Field(repr=False)
    level: Level

    @model_validator(mode="after")
    def _what_this_document_can_say(self) -> Who:
        if not fits(self.document, self.number, self.state) or self.level not in WITH_PHONE[self.document]:
            raise ValueError("not what this document can say")
        return self

    @property
    def identity(self) -> str:
        """One name for one person, whichever of their documents lies there."""
        return identity(self.document, self.number, self.state)


class Acting(Body):
    """For whom a ticket is taken, where it is somebody else: a ward's guardian, a company's agent."""

    kind: Literal["ward", "agent"]
    masked: Line


class Issued(Body):
    """``ticket.issued``; what a kiosk of an earlier release does not say is None."""

    id: TicketId
    day: Day
    number: Number
    queue: QueueId
    matters: Annotated[list[Matter], Field(min_length=1, max_length=16)]
    via: Literal["card", "typed", "none", "booking"]
    person: Person | None
    booking: Person | None
    ahead: Count | None
    minutes: Count | None
    masked: Line
    language: Language
    level: Level | None = None
    account: TicketId | None = None
    acting: Acting | None = None


class Settled(Body):
    """``ticket.settled``"""

    id: TicketId
    copy_: CopyNumber = Field(alias="copy")
    outcome: Literal["printed", "void", "uncertain"]
    fault: Annotated[Line, Field(max_length=32)] | None


Staff = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,16}$")]
"""A technician's number, as their card says it."""


class Found(Body):
    """``ticket.found``, and the same of other papers: what a technician found of a copy that was uncertain."""

    id: TicketId
    copy_: CopyNumber = Field(alias="copy")
    found: Literal["whole", "spoilt", "gone"]
    by: Staff


class Copied(Body):
    """``ticket.copied``"""

    id: TicketId
    copy_: CopyNumber = Field(alias="copy")


class Cancelled(Body):
    """``ticket.cancelled``"""

    day: Day
    number: Number
    person: Person


class Heartbeat(Body):
    """``POST /v1/heartbeat``"""

    version: Line
    sqlite: Line
    faults: Annotated[list[Line], Field(max_length=64)]
    paper: Line
    outbox: Count
    oldest: Time | None
    leases: Annotated[list[tuple[Day, QueueId, Count, Count]], Field(max_length=256)]
    acked: Time
    at: Time


class LeaseWish(Body):
    """``POST /v1/leases``"""

    day: Day
    queue: QueueId
    left: Count


def read(kind: type[M], data: bytes) -> M:
    """The request in ``data``. Raises ``Refusal`` 400."""
    try:
        value = parse(data, BODY_LIMIT)
        return kind.model_validate(_tuples(value) if kind is Heartbeat else value)
    except (Refused, ValidationError):
        raise Refusal(400, "malformed") from None


def events(data: bytes) -> list[bytes]:
    """The event byte strings in ``data``. Raises ``Refusal`` 400, or 413 for more than 500."""
    try:
        value = parse(data, EVENTS_LIMIT)
    except Refused:
        raise Refusal(400, "malformed") from None
    if not isinstance(value, list) or not all(isinstance(item, bytes) for item in value):
        raise Refusal(400, "malformed")
    if len(value) > MOST_EVENTS:
        raise Refusal(413, "too-long")
    return value


def _tuples(value: Any) -> Any:
    """CBOR knows arrays only; a lease is a tuple of four."""
    if isinstance(value, dict) and isinstance(value.get("leases"), list):
        leases = [tuple(item) if isinstance(item, list) else item for item in value["leases"]]
        return {**value, "leases": leases}
    return value
