"""The far end of the line: what a hall says of certificates, and the thread on which it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from offline_cache.errands import Errands
from offline_cache.errors import Offline
from offline_cache.hall_client import HallClient


@dataclass
class FarEnd:
    """What the hall says to a kiosk that asks it. ``records`` by kind; ``registry`` by short code."""

    records: dict[str, Mapping[str, Any]]
    registry: dict[str, bytes] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)
    _answers: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._answers.set()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Whoever asks waits."""
        self._answers.clear()
        try:
            yield
        finally:
            self._answers.set()

    def record(self, kind: str, name: str, number: str) -> Mapping[str, Any] | None:
        self._reached(f"record {kind}")
        return self.records.get(kind)

    def published(self, path: str, limit: int) -> bytes | None:
        self._reached(path)
        return self.registry.get(path.removeprefix("/c/").partition(".json")[0])

    def _reached(self, what: str) -> None:
        self._answers.wait(10)
        if self.away:
            raise Offline("nobody there")
        self.asked.append(what)


class Line:
    """Errands and the thread that runs them, as the sender does."""

    def __init__(self, far: FarEnd) -> None:
        self._wanted = threading.Event()
        self._ends = False
        self._far = cast(HallClient, far)
        self.errands = Errands(self._wanted.set)
        self._thread = threading.Thread(target=self._run, name="far end", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ends:
            self._wanted.wait()
            self._wanted.clear()
            self.errands.run(self._far)

    def hang_up(self) -> None:
        self._ends = True
        self._wanted.set()
        self._thread.join(5)
        self.errands.close()
