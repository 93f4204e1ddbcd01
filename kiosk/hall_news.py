"""What the sender hears from the hall, as news for the shift: catalogue, day sheet, how the lines stand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from devices.holder import Holder
from kiosk import catalogue, day_sheet
from kiosk.day_sheet import DaySheet
from kiosk.line import Standing
from offline_cache.bundle import Kind
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE
from offline_cache.view import HallView
from screens.words import Words


class HallNews:
    """Lives on the sender's thread; ``tell`` carries its news to the GUI thread as changes of the ``Machine``."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._sheet: DaySheet | None = None
        self._bundle = -1
        self._sheet_version = ("", -1)
        self._told: dict[bytes, tuple[Words, ...]] = {}
        self._said: set[tuple[bytes, Words]] = set()
        self.used: set[bytes] = set()
        """Codes of bookings checked in here; the hall's next sheet leaves them out."""
        self.tell: Callable[[dict[str, Any]], None] = _no_one

    def take_told(self, person: bytes) -> Words | None:
        """What the hall wants this person told, each text once. May be called from any thread."""
        texts = [text for text in self._told.get(person, ()) if (person, text) not in self._said]
        self._said.update((person, text) for text in texts)
        return Words(" ".join(text.zh for text in texts), " ".join(text.en for text in texts)) if texts else None

    def sheet(self) -> DaySheet | None:
        return self._sheet

    def person(self, holder: Holder) -> bytes | None:
        """Today's name for this holder; None without today's key."""
        sheet, now = self._sheet, datetime.fromtimestamp(self._cache.clock.now() / 1000, HALL_ZONE)
        return sheet.person(holder.identity) if sheet and sheet.day == now.date().isoformat() else None

    def recall(self) -> None:
        """At the start: what the kiosk knew when it went off."""
        self.tell(self._documents())

    def heard(self, view: HallView) -> None:
        queues = {}
        if view.board is not None:
            as_of = datetime.fromtimestamp(view.board.as_of / 1000, HALL_ZONE)
            queues = {
                queue: Standing(line.waiting, line.minutes, as_of)
                for queue, line in view.board.queues.items()
                if line.minutes is not None
            }
            told: dict[bytes, tuple[Words, ...]] = {}
            for each in view.board.told:
                told[each.person] = (*told.get(each.person, ()), Words(each.zh, each.en))
            self._told = told
        fault = view.fault.value if view.fault and not view.online else ""
        self.tell({"online": view.online, "queues": queues, "hall_fault": fault, **self._documents()})

    def _documents(self) -> dict[str, Any]:
        """The documents that are new since the last look, parsed once each.

        One that was stored by another release of this software may break today's rules: it is left.
        """
        documents, news = self._cache.documents, {}
        version = documents.version(Kind.BUNDLE)[1]
        if version != self._bundle and (bundle := documents.current(Kind.BUNDLE)):
            self._bundle = version
            with suppress(ValueError):
                news["catalogue"] = catalogue.checked(dict(bundle.payload))
        sheet_version = documents.version(Kind.DAY)
        if sheet_version != self._sheet_version and (sheet := documents.current(Kind.DAY)):
            if sheet_version[0] != self._sheet_version[0]:  # another day, other keys and codes
                self._said.clear()
                self.used.clear()
            self._sheet_version = sheet_version
            with suppress(ValueError):
                self._sheet = day_sheet.checked(dict(sheet.payload))
        return news


def _no_one(_news: dict[str, Any]) -> None:
    """Nobody listens yet."""
