"""``run``, ``enrol CODE ADDRESS``, ``diagnose`` and ``journal verify``: the commands of a technician."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from kiosk import audit, launch, settings
from kiosk.faults import Fault
from offline_cache.cache import Cache
from offline_cache.enrolment import Enrolment
from offline_cache.envelope import Refused
from offline_cache.errors import Busy, SyncError
from offline_cache.store import StoreError, StoreInUse

PATIENCE_S: Final = 30.0
"""Seconds for which a hall that is busy is asked again, each time when it says."""

PAUSE_S: Final = 1.0
"""The least between two of these times."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="kiosk", description="The Keting kiosk")
    parser.add_argument("--config", type=Path, default=Path("/etc/keting/kiosk.toml"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the kiosk")
    enrol = commands.add_parser("enrol", help="come to a hall with the code it gave out")
    enrol.add_argument("code", help="KT1-…")
    enrol.add_argument("address", help="https://host:port of the hall")
    journal = commands.add_parser("journal", help="ask whether the journal is as it was written")
    journal.add_argument("deed", choices=("verify",))
    journal.add_argument("--config", type=Path, default=argparse.SUPPRESS)
    look = commands.add_parser("diagnose", help="how everything stands, and the guided tests; the kiosk must not run")
    look.add_argument("--tests", action="store_true", help="go on to the maintenance mode, in this terminal")
    look.add_argument("--report", type=Path, help="leave the signed readiness report in this folder")
    look.add_argument("--json", action="store_true", help="say it as JSON")
    look.add_argument("--english", action="store_true")
    look.add_argument("--config", type=Path, default=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.command == "journal":
        return audit.verify(asked.config)
    if asked.command == "run":
        return _run(asked.config)
    try:
        if asked.command == "diagnose":
            return _diagnose(asked)
        return _enrol(settings.load(asked.config), asked.code, asked.address)
    except (settings.SettingsError, SyncError, Refused, StoreError, StoreInUse) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return 1


def _enrol(chosen: settings.Settings, code: str, address: str) -> int:
    cache = Cache(chosen.data)
    try:
        enrolment = _enrolled(cache, code, address, time.monotonic() + PATIENCE_S)
    finally:
        cache.close()
    print(f"{enrolment.kiosk}, number {enrolment.number}, epoch {enrolment.epoch}, at {enrolment.hall}")  # noqa: T201
    return 0


def _enrolled(cache: Cache, code: str, address: str, until: float) -> Enrolment:
    while True:
        try:
            return cache.enrol(code, address)
        except Busy as busy:
            pause = max(PAUSE_S, busy.retry_after)
            if time.monotonic() + pause > until:
                raise
            time.sleep(pause)


def _diagnose(asked: argparse.Namespace) -> int:
    from kiosk.diagnose import Asked, diagnose

    try:
        return diagnose(settings.load(asked.config), Asked(asked.tests, asked.report, asked.json, asked.english))
    except StoreInUse:
        stop = "the kiosk is running. Stop it first: systemctl stop keting-kiosk"
        print(f"{Fault.IN_USE.value}: {stop}", file=sys.stderr)  # noqa: T201
        return 1


def _run(config: Path) -> int:
    """The kiosk; a page that says so where it cannot start, whatever the reason."""
    application = launch.with_qt()(sys.argv[:1])
    chosen: settings.Settings | None = None
    try:
        chosen = settings.load(config)

        from kiosk.app import Kiosk

        kiosk = Kiosk(chosen, application)
        kiosk.open()
    except Exception as error:  # noqa: BLE001 - nobody is served by a black screen
        from kiosk import splash

        return splash.show(application, error, chosen)
    return kiosk.stay()
