"""What technicians found and filled in at this kiosk: the guided tests of its devices, and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from offline_cache.clock import Clock
from offline_cache.store import Store

MOST: Final = 500
"""Tests that are kept, the newest of all devices together."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """``at`` is milliseconds since 1970, ``by`` the staff number of who was there."""

    device: str
    passed: bool
    at: int
    by: str
    note: str


class DeviceTests:
    """Usable from any thread; every call raises ``StoreError`` where the store cannot be used."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def note(self, device: str, passed: bool, by: str, note: str = "") -> None:
        """Put one test on record, durable at the return."""
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO device_tests (device, passed, at, by, note) VALUES (?, ?, ?, ?, ?)",
                (device, int(passed), self._clock.now(), by, note),
            )
            database.execute("DELETE FROM device_tests WHERE test <= (SELECT max(test) FROM device_tests) - ?", (MOST,))

    def latest(self) -> dict[str, TestResult]:
        """The last test of each device: the last that was noted, whatever the clock said then."""
        rows = self._store.rows(
            """SELECT device, passed, at, by, note FROM device_tests
               WHERE test IN (SELECT max(test) FROM device_tests GROUP BY device)"""
        )
        return {device: TestResult(device, passed == 1, at, by, note) for device, passed, at, by, note in rows}


@dataclass(frozen=True, slots=True)
class Supply:
    """Paper since it was last filled in. ``filled`` is milliseconds since 1970; ``capacity`` and ``used`` are
    millimetres of a roll, sheets of a tray."""

    filled: int
    capacity: int
    used: int


class Supplies:
    """Usable from any thread; every call raises ``StoreError`` where the store cannot be used."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def filled(self, device: str, capacity: int) -> None:
        """New paper lies in ``device``, and nothing of it is used."""
        with self._store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO supplies (device, filled, capacity, used) VALUES (?, ?, ?, 0)",
                (device, self._clock.now(), capacity),
            )

    def used(self, device: str, amount: int) -> None:
        """So much more is gone. Nothing is kept of a device that nobody ever said was filled."""
        with self._store.transaction() as database:
            database.execute("UPDATE supplies SET used = used + ? WHERE device = ?", (amount, device))

    def of(self, device: str) -> Supply | None:
        """None where nobody ever said that it was filled."""
        rows = self._store.rows("SELECT filled, capacity, used FROM supplies WHERE device = ?", device)
        return Supply(*rows[0]) if rows else None
