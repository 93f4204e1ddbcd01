"""The catalogue as the hall's signed bundle carries it: services, windows, hours, texts.

The shape is in ``docs/sync.md``, "The bundle". A bundle that breaks it is
refused as a whole, and the kiosk goes on with the one it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.assurance import Level, level_of
from screens.words import Words

Line = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=1_500)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
AsList = Field(strict=False)  # CBOR has one kind of list; a tuple here says how long it is


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Said(_Strict):
    zh: Line
    en: Line

    @cached_property
    def words(self) -> Words:
        return Words(self.zh, self.en)


class Told(Said):
    zh: Text
    en: Text


class HallFacts(_Strict):
    name: Said
    place: Said


class Hours(_Strict):
    """When the windows are open: weekday 0 (Monday) to 6, from, to; and when the screen is dark."""

    open: list[Annotated[tuple[Annotated[int, Field(ge=0, le=6)], Clock, Clock], AsList]]
    night: Annotated[tuple[Clock, Clock], AsList]

    def today(self, now: datetime) -> tuple[str, str] | None:
        """The opening time of the day of ``now``, first opening to last closing; None on a closed day."""
        spans = [(start, end) for day, start, end in self.open if day == now.weekday()]
        return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None

    def is_night(self, now: time) -> bool:
        start, end = self.night
        clock = now.strftime("%H:%M")
        return start <= clock < end if start <= end else clock >= start or clock < end


class Texts(_Strict):
    missed: Told


class Department(_Strict):
    id: Id
    name: Said
    icon: Id


class Stage(Department):
    """A stage of life."""


class Queue(_Strict):
    """A group of windows that shares one line; ``minutes`` is what one person takes there."""

    id: Annotated[str, Field(pattern=r"^[A-Z]$")]
    name: Said
    minutes: Annotated[int, Field(ge=1, le=120)]


class Service(_Strict):
    """One matter. ``needs`` is the least proof of who is there that it takes."""

    id: Id
    name: Said
    department: Id
    stages: list[Id]
    queue: str
    minutes: Annotated[int, Field(ge=1, le=240)]
    ages: Annotated[tuple[int, int], AsList] | None
    guide: Told
    materials: Annotated[list[Told], Field(max_length=20)]
    fee: Told
    time_limit: Told
    channel: Literal["window"]
    offline: bool
    needs: Literal["none", "typed", "social-card", "phone", "passport", "id-card", "strong"]
    hot: Annotated[int, Field(ge=0, le=100)]
    icon: Id
    source: Line
    closed: Said | None

    @property
    def level(self) -> Level:
        return level_of(self.needs)


class Catalogue(_Strict):
    version: Annotated[int, Field(ge=1)]
    hall: HallFacts
    hotline: Annotated[str, Field(pattern=r"^[0-9]{3,12}$")]
    hours: Hours
    texts: Texts
    departments: Annotated[list[Department], Field(max_length=40)]
    stages: Annotated[list[Stage], Field(max_length=20)]
    queues: Annotated[list[Queue], Field(min_length=1, max_length=26)]
    services: Annotated[list[Service], Field(min_length=1, max_length=2_000)]

    @model_validator(mode="after")
    def _names_are_known(self) -> Catalogue:
        queues = {queue.id for queue in self.queues}
        stages = {stage.id for stage in self.stages}
        departments = {department.id for department in self.departments}
        for named in (self.services, self.queues, self.stages, self.departments):
            if len({each.id for each in named}) != len(named):
                raise ValueError("two things with one id")
        for service in self.services:
            if (
                service.queue not in queues
                or service.department not in departments
                or not stages >= set(service.stages)
            ):
                raise ValueError(f"service {service.id} names what is not there")
        return self

    @cached_property
    def by_id(self) -> dict[str, Service]:
        return {service.id: service for service in self.services}

    def needed(self, services: Iterable[str]) -> Level:
        """The proof that the most demanding of these services needs."""
        return max((self.by_id[service].level for service in services), default=Level.NONE)

    def queue(self, queue_id: str) -> Queue:
        return next(queue for queue in self.queues if queue.id == queue_id)

    def for_age(self, age: int) -> list[Service]:
        """What people of this age come for, most usual first. Computed here, kept nowhere."""
        fitting = [s for s in self.services if s.ages and s.ages[0] <= age <= s.ages[1] and not s.closed]
        return sorted(fitting, key=lambda service: -service.hot)


def checked(payload: dict[str, Any]) -> Catalogue:
    """The catalogue in a bundle's payload. Raises ``ValueError``."""
    return Catalogue.model_validate(payload)
