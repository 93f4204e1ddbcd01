"""What every part of the running hall is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from certificates.template import Template
from hall.authority import Keys
from hall.settings import Settings
from hall.store import Store

Templates = Mapping[tuple[int, int], Template]


class Catalogue(Protocol):
    """The services of the hall, as ``hall.catalogue.load()`` gives them."""

    def bundle(self) -> dict[str, Any]:
        """The payload of the bundle in docs/sync.md, without ``version``."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The composed hall: settings, database, keys, clock, catalogue."""

    settings: Settings
    store: Store
    keys: Keys
    catalogue: Catalogue
    clock: Callable[[], datetime]
    """The time now, aware of its zone."""
    templates: Templates = field(default_factory=dict, repr=False)
    """Every version of a certificate's template that was ever published, by type and version."""
    content: dict[str, Any] = field(init=False, repr=False)
    """The catalogue as kiosks get it; it stays as it is while the hall runs."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", self.catalogue.bundle())

    @property
    def queues(self) -> dict[str, int]:
        """The queues of the catalogue and the usual minutes of one visit in each."""
        return {queue["id"]: queue["minutes"] for queue in self.content["queues"]}

    def now(self) -> int:
        """Milliseconds since 1970."""
        return int(self.clock().timestamp() * 1000)

    def today(self) -> str:
        """The hall's business date, ``2026-03-09``."""
        return self.clock().astimezone(self.settings.zone).date().isoformat()

    def leasable(self) -> tuple[str, str]:
        """The days for which numbers are leased: today, and tomorrow for those who start before the hall is up."""
        here = self.clock().astimezone(self.settings.zone).date()
        return here.isoformat(), (here + timedelta(days=1)).isoformat()
