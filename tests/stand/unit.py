"""A unit file of systemd, read strictly: what the small supervisor carries out, and what it must leave to systemd.

A key that is neither is refused, so that no unit says something that tests do not know of.
"""

from __future__ import annotations

import re
import shlex
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.stand import sandbox

_SYSTEMDS: Final = re.compile(
    r"Description|Documentation|RequiresMountsFor|BindsTo|After|Wants|OnFailure|WantedBy"
    r"|Memory(High|Max|SwapMax)|OOMPolicy|TasksMax"
    r"|User|SupplementaryGroups|UMask|(State|Runtime)Directory(Mode)?"
    r"|CapabilityBoundingSet|PrivateTmp|LockPersonality|KeyringMode|RemoveIPC"
    r"|Protect(System|Home|Proc|Clock|Hostname|Kernel(Logs|Modules|Tunables)|ControlGroups)"
    r"|Restrict(Namespaces|Realtime|SUIDSGID)"
    r"|DevicePolicy|DeviceAllow|SystemCallArchitectures"
)
"""Keys that only systemd can carry out: order, limits of memory, what is seen of folders and devices."""

_UNITS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "": 1.0}


class Refused(Exception):
    """The unit says something that the supervisor cannot carry out."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Times are in seconds. ``start`` and ``stopped`` are the words of a command, ``sandbox`` is for ``sandbox.py``."""

    start: tuple[str, ...]
    stopped: tuple[str, ...]
    environment: dict[str, str]
    watchdog: float
    watchdog_signal: signal.Signals
    restart_pause: float
    within_start: float
    within_stop: float
    within_abort: float
    starts: int
    starts_within: float
    sandbox: str


def read(path: Path) -> Unit:
    """Raises ``Refused``."""
    said = _Said(path)
    said.must("Type", "notify")
    said.must("NotifyAccess", "main")
    said.must("Restart", "always")
    said.must("KillMode", "mixed")
    said.must("LimitCORE", "0")
    said.must("NoNewPrivileges", "yes")
    said.must("MemoryDenyWriteExecute", "yes")
    said.must("SystemCallErrorNumber", "EPERM")
    unit = Unit(
        start=_words(said.one("ExecStart")),
        stopped=_words(said.one("ExecStopPost")),
        environment=dict(_assignment(each) for each in said.take("Environment")),
        watchdog=_seconds(said.one("WatchdogSec")),
        watchdog_signal=_signal(said.one("WatchdogSignal")),
        restart_pause=_seconds(said.one("RestartSec")),
        within_start=_seconds(said.one("TimeoutStartSec")),
        within_stop=_seconds(said.one("TimeoutStopSec")),
        within_abort=_seconds(said.one("TimeoutAbortSec")),
        starts=int(said.one("StartLimitBurst")),
        starts_within=_seconds(said.one("StartLimitIntervalSec")),
        sandbox=sandbox.rules(said.take("SystemCallFilter"), said.one("RestrictAddressFamilies")),
    )
    said.nothing_else()
    return unit


class _Said:
    """What the file says, taken out key by key."""

    def __init__(self, path: Path) -> None:
        self._keys: dict[str, list[str]] = {}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            said = line.strip()
            if not said or said.startswith(("#", ";", "[")):
                continue
            key, is_key, value = said.partition("=")
            if not is_key or not key.isidentifier() or value.endswith("\\"):
                raise Refused(f"{path.name}:{number}: {said}")
            self._keys.setdefault(key, []).append(value.strip())

    def take(self, key: str) -> list[str]:
        return self._keys.pop(key, [])

    def one(self, key: str) -> str:
        values = self.take(key)
        if len(values) != 1:
            raise Refused(f"{key} is there {len(values)} times")
        return values[0]

    def must(self, key: str, value: str) -> None:
        if (said := self.one(key)) != value:
            raise Refused(f"{key}={said}, and only {value} can be carried out")

    def nothing_else(self) -> None:
        if strange := [key for key in self._keys if not _SYSTEMDS.fullmatch(key)]:
            raise Refused(f"unknown: {', '.join(sorted(strange))}")


def _seconds(said: str) -> float:
    number = said.rstrip("abcdefghijklmnopqrstuvwxyz")
    try:
        return float(number) * _UNITS[said.removeprefix(number)]
    except (ValueError, KeyError):
        raise Refused(f"no time: {said}") from None


def _signal(said: str) -> signal.Signals:
    try:
        return signal.Signals[said]
    except KeyError:
        raise Refused(f"no signal: {said}") from None


def _words(command: str) -> tuple[str, ...]:
    """As systemd parses a command: quoted words, ``$$`` is a dollar. What else it replaces is refused."""
    dollars = command.replace("$$", "")
    if "$" in dollars or "%" in dollars or not command.startswith("/"):
        raise Refused(f"not carried out: {command}")
    return tuple(shlex.split(command.replace("$$", "$")))


def _assignment(said: str) -> tuple[str, str]:
    name, is_one, value = said.partition("=")
    if not is_one or any(sign in said for sign in "\"' %$"):
        raise Refused(f"no single assignment: {said}")
    return name, value
