"""Pages on A4 about the machine itself, and about nobody: the test page of the printer, the readiness report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from certificates.claims import HALL_ZONE
from certificates.sheet import set_page


def trial_page(machine: str, at: int) -> bytes:
    """What a printer that smears, stripes or cuts off would spoil. ``at`` is seconds since 1970.

    Raises ``NotSet``, ``FontsDiffer``.
    """
    moment = datetime.fromtimestamp(at, HALL_ZONE).strftime("%Y-%m-%d %H:%M")
    return set_page("trial", {"machine": machine, "at": moment}, at)


def report_page(report: Mapping[str, Any]) -> bytes:
    """The readiness report, as its JSON says it, on as many pages as it takes. Raises ``NotSet``, ``FontsDiffer``."""
    return set_page("report", report, int(datetime.fromisoformat(report["at"]).timestamp()))
