"""The readiness report: how every part stands, what was tested and by whom, and whether the kiosk may open.

Ready means: nothing on the list is broken or unknown, every test of what is fitted passed within its time, the
copies add up and the journal is as it was written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from kiosk.maintenance.parts import parts, ready
from kiosk.maintenance.say_trials import NAMES
from kiosk.maintenance.state import State
from kiosk.slip import Kiosk
from offline_cache.clock import HALL_ZONE
from offline_cache.journal_proof import Proof
from screens.words import Words

FORMAT: Final = 1
TESTED_WITHIN: Final = 30 * 86_400_000
"""Milliseconds for which a passed test counts."""


def report(state: State, journal: Proof | None, kiosk: Kiosk, version: str, by: str) -> dict[str, Any]:
    """Everything that is told, as plain values; ``at`` is the hall's time in ISO 8601.

    ``journal`` is None where it can't be read.
    """
    return {
        "format": FORMAT,
        "kiosk": kiosk.id,
        "number": kiosk.number,
        "hall": kiosk.host,
        "at": state.at.isoformat(timespec="seconds"),
        "by": by,
        "version": version,
        "sqlite": sqlite3.sqlite_version,
        "ready": is_ready(state, journal),
        "parts": [
            {
                "part": part.key,
                "name": _both(part.name),
                "sign": part.sign.value,
                "code": part.code,
                "says": _both(part.line),
            }
            for part in parts(state)
        ],
        "tests": [_test(name, state) for name in fitted(state)],
        "copies": {
            kind: {
                "recorded": counts.recorded,
                "in-hand": counts.in_hand,
                "printed": counts.printed,
                "void": counts.void,
                "uncertain": counts.uncertain,
            }
            for kind, counts in state.copies.items()
        },
        "in-doubt": len(state.unsure),
        "journal": _journal(journal) if journal else None,
    }


def _journal(journal: Proof) -> dict[str, Any]:
    return {
        "lines": journal.lines,
        "sealed-until": journal.sealed_until,
        "altered": f"{journal.altered.file}:{journal.altered.line}" if journal.altered else None,
    }


def is_ready(state: State, journal: Proof | None) -> bool:
    """Whether the kiosk may open, as far as it can know."""
    whole = all(counts.balanced for counts in state.copies.values())
    unaltered = journal is not None and journal.altered is None
    return ready(state) and whole and unaltered and not _untested(state)


def fitted(state: State) -> tuple[str, ...]:
    """The tests of what this kiosk has, in their order."""
    optional = {"sheets", "card", "id-card", "scanner"}
    return tuple(name for name in NAMES if name not in optional or name in state.machine.fitted)


def _untested(state: State) -> tuple[str, ...]:
    return tuple(name for name in fitted(state) if not _passed(name, state))


def _passed(name: str, state: State) -> bool:
    result = state.tests.get(name)
    age = state.at.timestamp() * 1000 - result.at if result else 0
    return result is not None and result.passed and age <= TESTED_WITHIN


def _test(name: str, state: State) -> Mapping[str, Any]:
    result = state.tests.get(name)
    told: dict[str, Any] = {"test": name, "name": _both(NAMES[name]), "counts": _passed(name, state)}
    if result:
        at = datetime.fromtimestamp(result.at / 1000, HALL_ZONE).isoformat(timespec="seconds")
        told |= {"passed": result.passed, "at": at, "by": result.by}
    return told


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
