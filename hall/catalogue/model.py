"""What the hall offers: the catalogue as its TOML files say it, checked for shape.

Unknown keys, wrong types and control characters are refused here. Whether the
words are good, complete and different from each other is for ``lint``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from hall.people.levels import Level

T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]
"""A TOML array, frozen. Its items stay strict."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Icon = Id
"""The name of a Lucide drawing."""

QueueId = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
"""The letter in front of the numbers of a group of windows."""

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f]+$", max_length=600)]
"""One line of plain text: nothing in it can steer a screen or a printer."""

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Closing = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Weekday = Annotated[int, Field(ge=0, le=6)]
"""0 is Monday, 6 is Sunday."""

Age = Annotated[int, Field(ge=0, le=120)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Words(Entry):
    zh: Text
    en: Text


class Hall(Entry):
    name: Words
    place: Words


class Hours(Entry):
    """When windows are staffed (one span a line; a day may have several), and when the screens go dark."""

    open: Many[Annotated[tuple[Weekday, Clock, Closing], Strict(False)]]
    night: Annotated[tuple[Clock, Clock], Strict(False)]


class Texts(Entry):
    missed: Words
    """What someone does who did not hear the call."""


class Tile(Entry):
    """What stands on a key of the screen."""

    id: Id
    name: Words
    icon: Icon


class Department(Tile):
    """The owner of matters."""


class Stage(Tile):
    """A time in a life at which people come."""


class Queue(Entry):
    id: QueueId
    name: Words
    minutes: Annotated[int, Field(ge=1, le=60)]
    """What one visit takes on average; the estimate where nothing was measured yet."""


class Service(Tile):
    """One matter that people come for."""

    department: Id
    stages: Many[Id]
    queue: QueueId
    minutes: int
    """Typical time at the window."""
    ages: Annotated[tuple[Age, Age], Strict(False)] | None = None
    """First and last age at which it is worth suggesting; None where age says nothing."""
    guide: Words
    """Whom it is for, how it goes and where it is decided."""
    materials: Many[Words]
    fee: Words
    time_limit: Words
    channel: Literal["window", "kiosk"]
    offline: bool
    """Whether a ticket can be taken while the hall can't be reached (not where a day's places are counted)."""
    needs: Level
    """How sure a kiosk must be of who takes a ticket (docs/sync.md, "Levels")."""
    hot: Annotated[int, Field(ge=0, le=100)]
    """How often it is asked for: 100 is the most frequent."""
    source: Text
    """``sample`` for words made up for a demonstration; else where the words are published."""
    closed: Words | None = None
    """Why nobody can take a ticket for it at present."""


class Catalogue(Entry):
    hall: Hall
    hotline: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,12}$")]
    hours: Hours
    texts: Texts
    departments: Many[Department]
    stages: Many[Stage]
    queues: Many[Queue]
    services: Many[Service]

    def bundle(self) -> dict[str, Any]:
        """The payload that kiosks get, still without its version (docs/sync.md, "The bundle")."""
        return self.model_dump(mode="json")

    def tiles(self) -> tuple[Tile, ...]:
        """Everything that stands on a key: departments, stages, services."""
        return (*self.departments, *self.stages, *self.services)
