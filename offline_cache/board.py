"""What the hall says in its signed answers, checked field by field; raises ``Refused`` for anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from offline_cache.envelope import Refused
from offline_cache.leases import Lease
from offline_cache.outbox import Ack

Natural = Annotated[int, Field(ge=0, lt=2**53)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Text = Annotated[str, StringConstraints(max_length=500)]
Person = Annotated[bytes, Field(min_length=32, max_length=32)]


class Answered(BaseModel):
    """The payload of an answer: strict in what it has, and more may come."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


A = TypeVar("A", bound=Answered)


class _Ack(Answered):
    watermark: Natural
    head: Person
    backup: Natural
    parked: Annotated[list[Natural], Field(max_length=1000)]
    expected: Annotated[int, Field(ge=1, lt=2**53)]
    batch: Annotated[int, Field(ge=1, lt=2**31)]


class _Queue(Answered):
    waiting: Natural
    minutes: Natural | None


class _Waiting(Answered):
    person: Person
    number: Word
    queue: Word
    matters: Annotated[list[Word], Field(max_length=50)]
    at: Natural


class _Words(Answered):
    zh: Text
    en: Text


class _Told(Answered):
    person: Person
    text: _Words


class _Board(Answered):
    as_of: Annotated[int, Field(gt=0, lt=2**53)]
    day: str
    bundle: Natural
    sheet: Natural
    watermark: Natural
    queues: Annotated[dict[Word, _Queue], Field(max_length=100)]
    waiting: Annotated[list[_Waiting], Field(max_length=20_000)]
    told: Annotated[list[_Told], Field(max_length=5_000)]
    index: Natural = 0


class _Lease(Answered):
    day: str
    queue: Word
    first: Annotated[int, Field(ge=1, lt=100_000)]
    last: Annotated[int, Field(ge=1, lt=100_000)]


class _Indices(Answered):
    indices: Annotated[list[Annotated[int, Field(ge=0, lt=2**27)]], Field(max_length=1_000)]


class _CertificateKey(Answered):
    kid: Annotated[bytes, Field(min_length=4, max_length=4)]
    nbf: Natural
    exp: Natural


class _Record(Answered):
    found: bool
    fields: Annotated[dict[Word, Text | Natural | None], Field(max_length=32)]


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """What the hall made of a key: its id, and from when until when it is good (seconds since 1970)."""

    kid: bytes
    nbf: int
    exp: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """People waiting in a queue, and the estimated minutes (None: unknown)."""

    waiting: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class BoardTicket:
    """Somebody's ticket that waits at the hall."""

    person: bytes = field(repr=False)
    number: str
    queue: str
    matters: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the hall wants this person told."""

    person: bytes = field(repr=False)
    zh: str = field(repr=False)
    en: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Board:
    """The hall at ``as_of`` (milliseconds since 1970): never shown without saying how old it is."""

    as_of: int
    day: str
    bundle: int
    sheet: int
    watermark: int
    queues: Mapping[str, QueueLine]
    waiting: tuple[BoardTicket, ...] = field(repr=False)
    told: tuple[Told, ...] = field(repr=False)
    index: int = 0
    """The version of the certificates' index that the hall publishes now; 0 where it issues none."""


def ack(payload: dict[str, Any]) -> Ack:
    said = checked(_Ack, payload)
    return Ack(said.watermark, said.head, said.backup, tuple(said.parked), said.expected, said.batch)


def board(payload: dict[str, Any]) -> Board:
    said = checked(_Board, payload)
    return Board(
        said.as_of,
        _day(said.day),
        said.bundle,
        said.sheet,
        said.watermark,
        MappingProxyType({name: QueueLine(line.waiting, line.minutes) for name, line in said.queues.items()}),
        tuple(BoardTicket(w.person, w.number, w.queue, tuple(w.matters), w.at) for w in said.waiting),
        tuple(Told(t.person, t.text.zh, t.text.en) for t in said.told),
        said.index,
    )


def lease(payload: dict[str, Any]) -> Lease:
    said = checked(_Lease, payload)
    if said.last < said.first:
        raise Refused("a lease that ends before it begins")
    return Lease(_day(said.day), said.queue, said.first, said.last)


def indices(payload: dict[str, Any]) -> list[int]:
    return checked(_Indices, payload).indices


def certificate_key(payload: dict[str, Any]) -> CertificateKey:
    said = checked(_CertificateKey, payload)
    return CertificateKey(said.kid, said.nbf, said.exp)


def record(payload: dict[str, Any]) -> Mapping[str, str | int | None] | None:
    said = checked(_Record, payload)
    return MappingProxyType(said.fields) if said.found else None


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Refused("not a day") from None


def checked(model: type[A], payload: dict[str, Any]) -> A:
    """``payload`` as ``model`` says it. Raises ``Refused``, which quotes no content."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"][:2])
        raise Refused(f"{model.__name__.lstrip('_').lower()}: {where} is not as agreed") from None
